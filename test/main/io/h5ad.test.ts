import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../../src-main/io/registry.ts';
import type { Column, Dataset } from '../../../src-main/matrix/dataset.ts';
import { rowsOf, sharedData, temporary } from './temporary.ts';
import { writeH5 } from './write-h5.ts';
import type { H5Tree } from './write-h5.ts';

const { folder } = temporary();
const formats = join(sharedData, 'formats/h5ad');

async function withFile<T>(path: string, then: (dataset: Dataset) => Promise<T>): Promise<T> {
  const dataset = await openDataset(path);
  try {
    return await then(dataset);
  } finally {
    await dataset.close();
  }
}

async function small(name: string, more: Record<string, H5Tree>): Promise<string> {
  const path = join(folder, name);
  await writeH5(path, {
    obs: { '@': { _index: 'id' }, id: ['a', 'b', 'c'] },
    var: { '@': { _index: 'id' }, id: ['Sox9', 'Gad1'] },
    ...more,
  });
  return path;
}

const rows = [
  [1, 0],
  [0, 2.5],
  [3, 4],
];
const attributes = (kind: string): H5Tree => ({ 'encoding-type': kind, shape: Int32Array.of(3, 2) });

describe('openH5ad', () => {
  it.each<[string, H5Tree]>([
    ['dense', { data: Float64Array.of(1, 0, 0, 2.5, 3, 4), shape: [3, 2] }],
    ['chunked', { data: Float64Array.of(1, 0, 0, 2.5, 3, 4), shape: [3, 2], chunks: [2, 1] }],
    [
      'csr',
      {
        '@': attributes('csr_matrix'),
        data: Float32Array.of(1, 2.5, 4, 3),
        indices: Int32Array.of(0, 1, 1, 0),
        indptr: Int32Array.of(0, 1, 2, 4),
      },
    ],
    [
      'csc',
      {
        '@': attributes('csc_matrix'),
        data: Float32Array.of(1, 3, 2.5, 4),
        indices: Int32Array.of(0, 2, 1, 2),
        indptr: Int32Array.of(0, 2, 4),
      },
    ],
  ])('reads a %s X', async (layout, X) => {
    const path = await small(`${layout}.h5ad`, { X });
    await withFile(path, async (dataset) => {
      const { cells, genes, source } = await dataset.open();
      expect([cells, genes]).toEqual([
        ['a', 'b', 'c'],
        ['Sox9', 'Gad1'],
      ]);
      expect(await rowsOf(source)).toEqual(rows);
      expect(dataset.matrices[0]?.layout).toBe(layout === 'chunked' ? 'dense' : layout);
    });
  });

  it('reads layers and raw with its own genes, and lists them when asked for another', async () => {
    const layer = { data: Float32Array.of(9, 8, 7, 6, 5, 4), shape: [3, 2] };
    const raw = {
      X: { data: Float32Array.of(1, 2, 3), shape: [3, 1] },
      var: { '@': { _index: 'id' }, id: ['Ttr'] },
    };
    const path = await small('layers.h5ad', { X: layer, layers: { counts: layer }, raw });
    await withFile(path, async (dataset) => {
      expect(await rowsOf((await dataset.open('layers/counts')).source)).toEqual([
        [9, 8],
        [7, 6],
        [5, 4],
      ]);
      const opened = await dataset.open('raw/X');
      expect(opened.genes).toEqual(['Ttr']);
      expect(await rowsOf(opened.source)).toEqual([[1], [2], [3]]);
      await expect(dataset.open('raw')).rejects.toThrow('has no matrix raw: it has X, raw/X, layers/counts');
    });
  });

  it.each<[string, H5Tree, Column]>([
    ['number', Float64Array.of(1, NaN, 3), { name: 'k', kind: 'number', values: Float64Array.of(1, NaN, 3) }],
    ['text', ['x', 'y', ''], { name: 'k', kind: 'text', values: ['x', 'y', ''] }],
    [
      'category',
      { codes: Int8Array.of(1, -1, 0), categories: ['glia', 'neuron'] },
      { name: 'k', kind: 'category', categories: ['glia', 'neuron'], codes: Int32Array.of(1, -1, 0) },
    ],
    [
      'nullable number',
      { values: Int32Array.of(4, 5, 6), mask: Uint8Array.of(0, 1, 0) },
      { name: 'k', kind: 'number', values: Float64Array.of(4, NaN, 6) },
    ],
  ])('reads a column that is a %s', async (kind, k, expected) => {
    const path = await small(`${kind}.h5ad`, {
      obs: { '@': { _index: 'id' }, id: ['a', 'b', 'c'], k },
    });
    await withFile(path, (dataset) => {
      expect(dataset.obs).toEqual([expected]);
      return Promise.resolve();
    });
  });

  it('finds positions in obsm, under other names, and in obs', async () => {
    const xyz = { data: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), shape: [3, 3] };
    const index = { '@': { _index: 'id' }, id: ['a', 'b', 'c'] };
    const cases: [string, Record<string, H5Tree>, string, number[]][] = [
      ['xyz', { obsm: { X_spatial: xyz, X_umap: xyz } }, 'obsm/X_spatial', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
      [
        'obs',
        {
          obs: { ...index, center_x: Float64Array.of(1, 2, 3), center_y: Float64Array.of(4, 5, 6) },
        },
        'obs/center_x, center_y',
        [1, 4, 2, 5, 3, 6],
      ],
    ];
    for (const [name, more, source, values] of cases)
      await withFile(await small(`${name}.h5ad`, more), (dataset) => {
        expect(dataset.coordinates?.source).toBe(source);
        expect([...dataset.coordinates!.values]).toEqual(values);
        return Promise.resolve();
      });
  });

  it('gives the ids beside the symbols', async () => {
    const table = { '@': { _index: 'id' }, id: ['Sox9', 'Gad1'], gene_ids: ['ENSMUSG1', 'ENSMUSG2'] };
    const path = await small('ids.h5ad', {
      X: { data: new Float32Array(6), shape: [3, 2] },
      var: table,
    });
    await withFile(path, async (dataset) =>
      expect((await dataset.open()).geneIds).toEqual(['ENSMUSG1', 'ENSMUSG2']),
    );
  });
});

describe.skipIf(!existsSync(formats))('real AnnData files (needs ../shared/data)', () => {
  const column = (dataset: Dataset, name: string): Column => dataset.obs.find((one) => one.name === name)!;

  it('old categoricals point at their categories (0.7)', () =>
    withFile(join(formats, 'anndata-0.7.0.h5ad'), (dataset) => {
      const found = column(dataset, 'obs_cat');
      if (found.kind !== 'category') throw new Error(found.kind);
      expect(found.categories.length).toBe(22);
      expect([...found.codes.subarray(0, 3)]).toEqual([8, 10, 2]);
      expect(dataset.matrices.map(({ name }) => name)).toEqual([
        'X',
        'raw/X',
        'layers/array',
        'layers/sparse',
      ]);
      return Promise.resolve();
    }));

  it('compound tables find their categories in uns (0.5)', () =>
    withFile(join(formats, 'compound-obs-nan.h5ad'), (dataset) => {
      const found = column(dataset, 'louvain');
      if (found.kind !== 'category') throw new Error(found.kind);
      expect(found.categories.slice(0, 3)).toEqual(['CD4 T cells', 'CD14+ Monocytes', 'B cells']);
      expect([...found.codes.subarray(0, 2)]).toEqual([0, 2]);
      const counts = column(dataset, 'n_genes');
      expect(counts.kind === 'number' && counts.values[1]).toBe(1352);
      return Promise.resolve();
    }));

  it('booleans, nullable arrays and all layers of anndataR are read, dense, CSR and CSC alike', () =>
    withFile(join(formats, 'anndataR-layers.h5ad'), async (dataset) => {
      const names = dataset.matrices.map(({ name }) => name).filter((name) => name.includes('counts'));
      expect(names).toEqual(['layers/counts', 'layers/csc_counts', 'layers/dense_counts']);
      const [csr, csc, dense] = await Promise.all(
        names.map(async (name) => rowsOf((await dataset.open(name)).source)),
      );
      expect(csc).toEqual(csr);
      expect(dense).toEqual(csr);
      for (const name of ['Bool', 'BoolNA']) expect(column(dataset, name).kind).toBe('category');
      expect(column(dataset, 'IntNA').kind).toBe('number');
      expect(dataset.warnings).toEqual([]);
    }));

  it('positions come from obsm/spatial', () =>
    withFile(join(formats, 'osmfish-spatial.h5ad'), (dataset) => {
      expect(dataset.coordinates?.dimensions).toBe(2);
      expect(dataset.coordinates?.values[0]).toBeCloseTo(18171.23, 1);
      return Promise.resolve();
    }));
});
