import { describe, expect, it } from 'vitest';
import { matchGeneSets } from '../../../src-main/analysis/gene-set-matching.ts';

const set = (name: string, ...genes: string[]) => ({ name, description: '', genes });

describe('genes of sets in the data', () => {
  it('exact first, then in other case, with a warning', () => {
    const names = ['Actb', 'ACTG1', 'Actg1', 'Gapdh', 'X'];
    const found = matchGeneSets([set('A', 'ACTG1', 'ACTB', 'gapdh', 'NONE')], names, { least: 1 });
    expect([...found.sets[0]!.genes]).toEqual([0, 1, 3]);
    expect(found).toMatchObject({ exact: 1, byCase: 2, unknown: 1 });
    expect(found.warnings).toHaveLength(1);
    expect(found.warnings[0]!.message).toMatch(/^2 of 3 genes .* other case/u);
  });

  it('no warning where all stand as they are; names are counted once over all sets', () => {
    const found = matchGeneSets([set('A', 'X', 'Y', 'Q'), set('B', 'Y', 'Q')], ['X', 'Y'], { least: 1 });
    expect(found).toMatchObject({ exact: 2, byCase: 0, unknown: 1, warnings: [] });
  });

  it('a name that two genes could answer to finds neither', () => {
    const found = matchGeneSets([set('A', 'actg1', 'X')], ['ACTG1', 'Actg1', 'X'], { least: 1 });
    expect([...found.sets[0]!.genes]).toEqual([2]);
    expect(found.unknown).toBe(1);
  });

  it('names of one gene in different case count it once', () => {
    const found = matchGeneSets([set('A', 'Actb', 'ACTB')], ['Actb'], { least: 1 });
    expect([...found.sets[0]!.genes]).toEqual([0]);
  });

  it('leaves out genes that are not eligible, then sets by what is left', () => {
    const names = Array.from({ length: 600 }, (_, i) => `G${i}`);
    const eligible = new Uint8Array(600).fill(1);
    eligible[3] = 0;
    const sets = [
      set('four left', ...names.slice(0, 5)),
      set('five', ...names.slice(4, 9)),
      set('five hundred', ...names.slice(100, 600)),
      set('one more', ...names.slice(99, 600)),
      set('none', 'H1', 'H2'),
    ];
    const found = matchGeneSets(sets, names, { eligible });
    expect(found.sets.map(({ name, genes }) => [name, genes.length])).toEqual([
      ['five', 5],
      ['five hundred', 500],
    ]);
    expect(found).toMatchObject({ tooSmall: 2, tooLarge: 1 });
    expect(found.background).toHaveLength(599);
    expect(found.background.includes(3)).toBe(false);
    expect(() => matchGeneSets(sets, names, { eligible: new Uint8Array(5) })).toThrow(RangeError);
  });
});
