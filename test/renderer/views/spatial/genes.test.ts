import { describe, expect, it } from 'vitest';
import { firstGene, rankedGenes, readGenes } from '../../../../src-renderer/views/spatial/genes.ts';

type Row = readonly [name: string, measured: 0 | 1, imputed: 0 | 1, expected: number, detected: number];

function genesOf(rows: readonly Row[]) {
  return readGenes({
    names: rows.map(([name]) => name),
    measured: Uint8Array.from(rows, ([, measured]) => measured),
    imputed: Uint8Array.from(rows, ([, , imputed]) => imputed),
    expected: Float32Array.from(rows, ([, , , expected]) => expected),
    mean: Float32Array.from(rows, () => 1),
    detected: Float32Array.from(rows, ([, , , , detected]) => detected),
  });
}

const genes = genesOf([
  ['Sstr2', 0, 1, 0.2, NaN],
  ['Gad2', 1, 1, 0.5, 0.9],
  ['SST', 0, 1, 0.1, NaN],
  ['Gad1', 1, 1, 0.6, 0.5],
  ['Gadd45b', 0, 1, 0.7, NaN],
  ['Igad', 1, 0, NaN, 1],
  ['Sstr1', 0, 1, 0.4, NaN],
]);
const found = (typed: string, limit?: number) =>
  rankedGenes(genes, typed, limit).map((gene) => genes.names[gene]);

describe('rankedGenes', () => {
  it('puts the very name first, then names that begin so, whatever the case', () => {
    expect(found('sst')).toEqual(['SST', 'Sstr1', 'Sstr2']);
  });

  it('puts measured genes first among equals, then those that can be trusted more, and others that contain it last', () => {
    expect(found(' GAD ')).toEqual(['Gad1', 'Gad2', 'Gadd45b', 'Igad']);
  });

  it('lists everything without a word, no more than asked, and nothing for what is unknown', () => {
    expect(found('')).toHaveLength(7);
    expect(found('', 2)).toEqual(['Gad1', 'Gad2']);
    expect(found('zzz')).toEqual([]);
  });
});

describe('firstGene', () => {
  it('is measured and imputed, and seen in some cells but not in all', () => {
    expect(firstGene(genes)).toBe('Gad1');
    expect(firstGene(genesOf([]))).toBeUndefined();
  });
});
