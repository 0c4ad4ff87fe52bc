import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { presets } from '../../../../src-shared/domain/presets.ts';
import { publishedPairs, publishedTables } from '../../../../src-shared/domain/published-pairs.ts';
import { openDataset } from '../../../../src-main/io/registry.ts';
import { presetOfPair, recognise } from '../../../../src-main/service/dataset/known.ts';
import { sharedData } from '../../io/temporary.ts';

const some = (count: number, first: readonly string[] = []): string[] => [
  ...first,
  ...Array.from({ length: count - first.length }, (_, i) => `Other${i}`),
];

describe('recognise', () => {
  it.each(Object.entries(publishedTables))(
    'knows %s by its size and genes',
    (name, { cells, genes, marks }) => {
      expect(recognise({ cells: some(cells), genes: some(genes, marks) })?.table).toBe(name);
      expect(recognise({ cells: some(cells), genes: some(genes) })).toBeUndefined();
      expect(recognise({ cells: some(Math.round(cells * 0.9)), genes: some(genes, marks) })).toBeUndefined();
    },
  );
});

describe('the published pairs', () => {
  it('are the seven presets of the paper, of a spatial table and a reference each', () => {
    const plain = ['recommended', 'paper', 'paper-as-released'];
    const names = Object.keys(presets).filter((name) => !plain.includes(name));
    expect(publishedPairs.map(({ preset }) => preset).sort()).toEqual(names.sort());
    for (const { spatial, reference } of publishedPairs) {
      expect(publishedTables[spatial].role).toBe('spatial');
      expect(publishedTables[reference].role).toBe('reference');
    }
  });

  it('settle which preset is meant when a table is in several', () => {
    expect(presetOfPair('osmFISH_AllenSSp', 'osmFISH_Zeisel')).toBe('osmFISH_Zeisel');
    expect(presetOfPair('STARmap_AllenVISp', 'osmFISH_AllenVISp')).toBe('STARmap_AllenVISp');
    expect(presetOfPair('MERFISH_Moffitt', 'osmFISH_Zeisel')).toBeUndefined();
    expect(presetOfPair('MERFISH_Moffitt', null)).toBeUndefined();
  });
});

const pairs = join(sharedData, 'pairs');
describe.skipIf(!existsSync(pairs))('real tables (needs ../shared/data)', () => {
  it.each([
    ['osmfish_allen/st_counts.csv.gz', 'osmFISH'],
    // Cut down to the shared genes, or of other cells than the published table.
    ['osmfish_allen/sc_counts.csv.gz', undefined],
    ['osmfish_zeisel/st_counts.csv.gz', undefined],
    ['merfish_moffitt/st_counts.csv.gz', undefined],
    ['merfish_moffitt/sc_counts.csv.gz', undefined],
    ['starmap_zeisel/st_counts.csv.gz', undefined],
    ['reference_zeisel550/counts.csv.gz', undefined],
  ])('%s is %s', async (name, table) => {
    const dataset = await openDataset(join(pairs, name));
    expect(recognise(await dataset.open())?.table).toBe(table);
    await dataset.close();
  });
});
