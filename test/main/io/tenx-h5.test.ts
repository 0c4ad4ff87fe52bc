import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../../src-main/io/registry.ts';
import { rowsOf, temporary } from './temporary.ts';
import { writeH5 } from './write-h5.ts';
import type { H5Tree } from './write-h5.ts';

const { folder } = temporary();

async function tenx(name: string, more: Record<string, H5Tree> = {}): Promise<string> {
  const path = join(folder, name);
  const types = ['Gene Expression', 'Antibody Capture', 'Gene Expression'];
  await writeH5(path, {
    matrix: {
      barcodes: ['AAAC-1', 'TTTG-1'],
      data: Int32Array.of(5, 9, 1, 7),
      indices: Int32Array.of(2, 1, 0, 2),
      indptr: Int32Array.of(0, 3, 4),
      shape: Int32Array.of(3, 2),
      features: { id: ['E1', 'P1', 'E2'], name: ['Sox9', 'CD4', 'Gad1'], feature_type: types },
      ...more,
    },
  });
  return path;
}

describe('openTenxH5', () => {
  it('reads unsorted indices and keeps gene expression only, with a warning', async () => {
    const dataset = await openDataset(await tenx('v3.h5'));
    const { cells, genes, geneIds, source } = await dataset.open();
    expect([cells, genes, geneIds]).toEqual([
      ['AAAC-1', 'TTTG-1'],
      ['Sox9', 'Gad1'],
      ['E1', 'E2'],
    ]);
    expect(await rowsOf(source)).toEqual([
      [1, 5],
      [0, 7],
    ]);
    expect(dataset.warnings.map(({ code }) => code)).toEqual(['feature-types']);
    await dataset.close();
  });

  it.each<[string, Record<string, H5Tree>, string]>([
    ['shape', { shape: Int32Array.of(4, 2) }, '/matrix should be 4 × 2, but lists 3 genes and 2 barcodes'],
    ['huge', { shape: Float64Array.of(2 ** 40, 2) }, '/matrix should be 1099511627776 × 2'],
    ['barcodes', { barcodes: ['AAAC-1'] }, '/matrix should be 3 × 2, but lists 3 genes and 1 barcodes'],
  ])('refuses a wrong %s', async (name, more, words) => {
    await expect(openDataset(await tenx(`${name}.h5`, more))).rejects.toThrow(words);
  });
});
