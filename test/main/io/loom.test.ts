import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../../src-main/io/registry.ts';
import { rowsOf, sharedData, temporary } from './temporary.ts';
import { writeH5 } from './write-h5.ts';
import type { H5Tree } from './write-h5.ts';

const { folder } = temporary();

async function loom(name: string, more: Record<string, H5Tree>): Promise<string> {
  const path = join(folder, name);
  await writeH5(path, {
    matrix: { data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3], chunks: [1, 2] },
    row_attrs: { Gene: ['Sox9', 'Gad1'], Accession: ['E1', 'E2'] },
    col_attrs: { CellID: ['a', 'b', 'c'], X: Float64Array.of(1, 2, 3), Y: Float64Array.of(4, 5, 6) },
    ...more,
  });
  return path;
}

describe('openLoom', () => {
  it('turns genes × cells and finds names, ids and positions', async () => {
    const dataset = await openDataset(await loom('small.loom', {}));
    const { cells, genes, geneIds, source } = await dataset.open();
    expect([cells, genes, geneIds]).toEqual([
      ['a', 'b', 'c'],
      ['Sox9', 'Gad1'],
      ['E1', 'E2'],
    ]);
    expect(await rowsOf(source)).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect([...dataset.coordinates!.values]).toEqual([1, 4, 2, 5, 3, 6]);
    await dataset.close();
  });

  it('reads layers', async () => {
    const layers = { spliced: { data: Float32Array.of(9, 8, 7, 6, 5, 4), shape: [2, 3] } };
    const dataset = await openDataset(await loom('layers.loom', { layers }));
    expect(await rowsOf((await dataset.open('layers/spliced')).source)).toEqual([
      [9, 6],
      [8, 5],
      [7, 4],
    ]);
    await dataset.close();
  });

  it.each<[string, Record<string, H5Tree>, string]>([
    ['names', { row_attrs: { Alias: ['x', 'y'] } }, '/row_attrs has no Gene attribute'],
    ['cells', { col_attrs: { CellID: ['a', 'b'] } }, '/col_attrs/CellID has 2 values instead of 3'],
    [
      'cube',
      { matrix: { data: new Float32Array(6), shape: [1, 2, 3] } },
      '/matrix is no matrix with two axes',
    ],
  ])('refuses a file with wrong %s', async (name, more, words) => {
    await expect(openDataset(await loom(`${name}.loom`, more))).rejects.toThrow(words);
  });
});

const real = join(sharedData, 'formats/loom');
describe.skipIf(!existsSync(real))('real Loom files (needs ../shared/data)', () => {
  it('positions stand in two columns or in one of two values a cell', async () => {
    for (const [name, first] of [
      ['osmfish.loom', 18171.230942376023],
      ['starmap-mpfc.loom', undefined],
    ] as const) {
      const dataset = await openDataset(join(real, name));
      expect(dataset.coordinates?.values.length).toBe(2 * dataset.matrices[0]!.cells);
      if (first !== undefined) expect(dataset.coordinates?.values[0]).toBe(first);
      await dataset.close();
    }
  });
});
