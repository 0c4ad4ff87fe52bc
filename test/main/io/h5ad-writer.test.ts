import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import h5wasm, { type Dataset, type File, type Group } from 'h5wasm/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../../src-shared/contract/errors.ts';
import type { Csr } from '../../../src-main/matrix/csr.ts';
import { openDataset } from '../../../src-main/io/registry.ts';
import { createH5ad, type H5adContent } from '../../../src-main/io/h5ad-writer.ts';
import { chunkShape } from '../../../src-main/io/h5ad-writer-dense.ts';

let folder: string;
let path: string;
let opened: File | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spagene-h5ad-'));
  path = join(folder, 'x.h5ad');
});
afterEach(() => {
  opened?.close();
  opened = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const reopen = async (): Promise<File> => {
  await h5wasm.ready;
  return (opened = new h5wasm.File(path, 'r'));
};
const dataset = (file: File, name: string): Dataset => file.get(name) as Dataset;
const values = (file: File, name: string): unknown => dataset(file, name).value;
const attribute = (file: File, name: string, key: string): unknown =>
  (file.get(name) as Group).attrs[key]?.value;
const named = (cells: number, genes: number): { obsNames: string[]; varNames: string[] } => ({
  obsNames: Array.from({ length: cells }, (_, i) => `c${i}`),
  varNames: Array.from({ length: genes }, (_, i) => `g${i}`),
});
const small: H5adContent = { ...named(3, 2) };
const csr = (columns: number, rows: [number, number][][]): Csr => ({
  rows: rows.length,
  columns,
  indptr: Uint32Array.from([0, ...rows.map((_, r) => rows.slice(0, r + 1).flat().length)]),
  indices: Int32Array.from(rows.flat(), ([column]) => column),
  values: Float32Array.from(rows.flat(), ([, value]) => value),
});

describe('tables', () => {
  test('columns of every kind, missing values kept', async () => {
    const writer = await createH5ad(path, {
      ...small,
      obs: [
        { name: 'type', kind: 'category', categories: ['b', 'ä'], codes: Int32Array.of(1, -1, 0) },
        { name: 'area', kind: 'number', values: Float64Array.of(0.5, NaN, -3) },
        { name: 'note', kind: 'text', values: ['', 'zwei', '3'] },
      ],
      var: [{ name: 'measured', kind: 'boolean', values: Uint8Array.of(0, 7) }],
    });
    writer.writeX(0, new Float32Array(6));
    await writer.finish();
    const file = await reopen();
    expect(values(file, 'obs/_index')).toEqual(['c0', 'c1', 'c2']);
    expect(attribute(file, 'obs', 'column-order')).toEqual(['type', 'area', 'note']);
    expect(values(file, 'obs/type')).toEqual(Int8Array.of(1, -1, 0));
    const [categories] = attribute(file, 'obs/type', 'categories') as unknown[];
    const follow = file.dereference.bind(file) as (reference: unknown) => unknown;
    expect((follow(categories) as Dataset).value).toEqual(['b', 'ä']);
    expect(values(file, 'obs/area')).toEqual(Float64Array.of(0.5, NaN, -3));
    expect(values(file, 'obs/note')).toEqual(['', 'zwei', '3']);
    expect(dataset(file, 'var/measured').json_value).toEqual([false, true]);
  });

  test('a boolean is the enumeration that h5py writes, its attributes kept', async () => {
    const columns = Array.from({ length: 9 }, (_, i) => ({
      name: `flag${i}`,
      kind: 'boolean' as const,
      values: Uint8Array.of(i % 2, 1),
    }));
    const writer = await createH5ad(path, { ...small, var: columns });
    writer.writeX(0, Float32Array.of(1, 2, 3, 4, 5, 6));
    await writer.finish();
    const file = await reopen();
    for (const { name, values: bits } of columns) {
      const { metadata } = dataset(file, `var/${name}`);
      expect(metadata.type).toBe(8);
      expect(metadata.enum_type?.members).toEqual({ FALSE: 0, TRUE: 1 });
      expect([...(values(file, `var/${name}`) as Int8Array)]).toEqual([...bits]);
      expect(attribute(file, `var/${name}`, 'encoding-type')).toBe('array');
      expect(attribute(file, `var/${name}`, 'encoding-version')).toBe('0.2.0');
    }
    expect(values(file, 'X')).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
  });

  test.each([
    [127, Int8Array],
    [128, Int16Array],
    [40_000, Int32Array],
  ])('%i categories get the narrowest codes', async (count, type) => {
    const categories = Array.from({ length: count }, (_, i) => `k${i}`);
    const codes = Int32Array.of(0, count - 1, -1);
    const writer = await createH5ad(path, {
      ...small,
      obs: [{ name: 'k', kind: 'category', categories, codes }],
    });
    writer.writeX(0, new Float32Array(6));
    await writer.finish();
    expect(values(await reopen(), 'obs/k')).toEqual(type.from(codes));
  });

  test('names that HDF5 cannot hold are changed and reported', async () => {
    const column = (name: string): { name: string; kind: 'number'; values: Float64Array } => ({
      name,
      kind: 'number',
      values: Float64Array.of(1, 2, 3),
    });
    const writer = await createH5ad(path, { ...small, obs: ['a/b', 'a_b', '_index', ''].map(column) });
    expect(writer.warnings.map(({ code }) => code)).toEqual(Array(4).fill('renamed-element'));
    expect(writer.warnings[0]?.message).toContain('“a/b” in obs');
    writer.writeX(0, new Float32Array(6));
    await writer.finish();
    expect(attribute(await reopen(), 'obs', 'column-order')).toEqual(['a_b', 'a_b_1', '_index_1', '_1']);
  });

  test('row names that are not unique are reported', async () => {
    const writer = await createH5ad(path, { obsNames: ['a'], varNames: ['x', 'y', 'x'] });
    expect(writer.warnings).toMatchObject([{ code: 'duplicate-names', place: { element: 'var' } }]);
    await writer.abort();
  });
});

describe('matrices', () => {
  test.each([0, 1])('dense rows in uneven blocks over several bands, gzip %i', async (compression) => {
    const [cells, genes] = [20_000, 7];
    const all = Float32Array.from({ length: cells * genes }, (_, i) => (i * 2654435761) % 1013);
    const writer = await createH5ad(path, {
      ...named(cells, genes),
      x: { layout: 'dense', compression },
      layers: { counts: { layout: 'dense', compression } },
    });
    const take = (start: number, end: number): Float32Array => all.subarray(start * genes, end * genes);
    for (const [start, end] of [
      [0, 1],
      [1, 9000],
      [9000, 9000],
      [9000, 19_999],
      [19_999, 20_000],
    ] as const) {
      writer.writeX(start, take(start, end));
      writer.writeLayer(
        'counts',
        start,
        take(start, end).map((value) => -value),
      );
    }
    await writer.finish();
    const file = await reopen();
    expect(Buffer.from((values(file, 'X') as Float32Array).buffer).equals(Buffer.from(all.buffer))).toBe(
      true,
    );
    const layer = values(file, 'layers/counts') as Float32Array;
    expect(layer.findIndex((value, i) => value !== -all[i]!)).toBe(-1);
    expect(dataset(file, 'X').filters.map(({ id }) => id)).toEqual(compression === 0 ? [] : [1]);
  });

  test('sparse rows, appended in blocks of which one starts inside its arrays', async () => {
    const writer = await createH5ad(path, { ...named(4, 3), x: { layout: 'csr', compression: 1 } });
    writer.writeX(
      0,
      csr(3, [
        [
          [0, 5],
          [2, 6],
        ],
        [],
      ]),
    );
    const later = csr(3, [[[1, 99]], [[1, 7]], [[0, 8]]]);
    writer.writeX(2, { ...later, rows: 2, indptr: later.indptr.subarray(1) });
    await writer.finish();
    const file = await reopen();
    expect(attribute(file, 'X', 'shape')).toEqual(BigInt64Array.of(4n, 3n));
    expect(values(file, 'X/indptr')).toEqual(Int32Array.of(0, 2, 2, 3, 4));
    expect(values(file, 'X/indices')).toEqual(Int32Array.of(0, 2, 1, 0));
    expect(values(file, 'X/data')).toEqual(Float32Array.of(5, 6, 7, 8));
  });

  test('more sparse entries than the buffer holds', async () => {
    const [rows, columns] = [700, 2000];
    const writer = await createH5ad(path, { ...named(rows, columns), x: { layout: 'csr', compression: 1 } });
    const block: Csr = {
      rows: 100,
      columns,
      indptr: Uint32Array.from({ length: 101 }, (_, r) => r * columns),
      indices: Int32Array.from({ length: 100 * columns }, (_, i) => i % columns),
      values: Float32Array.from({ length: 100 * columns }, (_, i) => (i % columns) + 1),
    };
    for (let r = 0; r < rows; r += 100) writer.writeX(r, block);
    await writer.finish();
    const file = await reopen();
    expect(dataset(file, 'X/data').shape).toEqual([rows * columns]);
    const data = values(file, 'X/data') as Float32Array;
    expect(data.findIndex((value, i) => value !== (i % columns) + 1)).toBe(-1);
    expect((values(file, 'X/indptr') as Int32Array)[rows]).toBe(rows * columns);
  });

  test('embeddings keep their type, whole or in blocks', async () => {
    const spatial = Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, NaN);
    const writer = await createH5ad(path, {
      ...small,
      obsm: { spatial: { columns: 2, type: 'float64', values: spatial }, X_spagene: { columns: 1 } },
    });
    writer.writeX(0, new Float32Array(6));
    writer.writeObsm('X_spagene', 0, Float32Array.of(1, 2));
    writer.writeObsm('X_spagene', 2, Float32Array.of(3));
    await writer.finish();
    const file = await reopen();
    expect(values(file, 'obsm/spatial')).toEqual(spatial);
    expect(values(file, 'obsm/X_spagene')).toEqual(Float32Array.of(1, 2, 3));
  });

  test('chunks are narrow, within their limits, and even', () => {
    for (const [rows, columns] of [
      [1, 1],
      [5000, 2000],
      [1_000_000, 2000],
      [1_000_000, 30_000],
      [8193, 17],
    ] as const) {
      const [tall, wide] = chunkShape(rows, columns, 4);
      expect(tall * columns * 4).toBeLessThanOrEqual(64 * 2 ** 20);
      expect(tall * wide).toBeLessThanOrEqual(32_768);
      expect(Math.ceil(rows / tall) * tall).toBeLessThan(rows * 1.01 + 2);
      expect(wide).toBeLessThanOrEqual(columns);
    }
    expect(chunkShape(1_000_000, 2000, 4)[1]).toBeLessThanOrEqual(4);
  });
});

test('uns: nested names, text, numbers, lists, truth values', async () => {
  const uns = {
    a: { version: 'ü 1', seed: 7, rate: 0.25, big: 2 ** 40, on: true, off: false },
    genes: ['x', 'y'],
  };
  const writer = await createH5ad(path, { ...small, uns: { ...uns, list: [1, 2.5], none: [] } });
  writer.writeX(0, new Float32Array(6));
  await writer.finish();
  const file = await reopen();
  const group = file.get('uns/a') as Group;
  const read = Object.fromEntries(group.keys().map((key) => [key, (group.get(key) as Dataset).json_value]));
  expect(read).toEqual(uns.a);
  expect(values(file, 'uns/genes')).toEqual(uns.genes);
  expect(values(file, 'uns/list')).toEqual(Float64Array.of(1, 2.5));
  expect(dataset(file, 'uns/none').shape).toEqual([0]);
});

test('our own reader gives back what was written', async () => {
  const type = {
    name: 'type',
    kind: 'category',
    categories: ['b', 'ä'],
    codes: Int32Array.of(1, -1, 0),
  } as const;
  const area = { name: 'area', kind: 'number', values: Float64Array.of(0.5, NaN, -3) } as const;
  const note = { name: 'note', kind: 'text', values: ['', 'zwei', '3'] } as const;
  const positions = Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
  const writer = await createH5ad(path, {
    ...small,
    obs: [type, area, note],
    var: [{ name: 'measured', kind: 'boolean', values: Uint8Array.of(0, 1) }],
    layers: { counts: { layout: 'csr', compression: 1 } },
    obsm: { spatial: { columns: 2, type: 'float64', values: positions } },
    uns: { spatial_unit: 'micrometre' },
  });
  writer.writeX(0, Float32Array.of(1, 0, 0, 2.5, -3, 4));
  writer.writeLayer('counts', 0, csr(2, [[[1, 5]], [], [[0, 6]]]));
  await writer.finish();
  const read = await openDataset(path);
  try {
    expect(read.format).toBe('h5ad');
    expect(read.warnings).toEqual([]);
    expect(read.matrices.map(({ name, layout }) => [name, layout])).toEqual([
      ['X', 'dense'],
      ['layers/counts', 'csr'],
    ]);
    expect(read.obs).toEqual([type, area, note]);
    expect(read.var).toMatchObject([{ name: 'measured', categories: ['False', 'True'] }]);
    expect(read.coordinates?.values).toEqual(positions);
    expect(read.coordinates?.unit).toBe('micrometre');
    const entries = async (name: string): Promise<number[][]> => {
      const matrix = await read.open(name);
      expect([matrix.cells, matrix.genes]).toEqual([small.obsNames, small.varNames]);
      const found: number[][] = [];
      for await (const block of matrix.source.blocks()) {
        for (let r = 0; r < block.rows; r++) {
          for (let i = block.indptr[r]!; i < block.indptr[r + 1]!; i++) {
            if (block.values[i] !== 0) found.push([block.firstRow + r, block.indices[i]!, block.values[i]!]);
          }
        }
      }
      return found;
    };
    expect(await entries('X')).toEqual([
      [0, 0, 1],
      [1, 1, 2.5],
      [2, 0, -3],
      [2, 1, 4],
    ]);
    expect(await entries('layers/counts')).toEqual([
      [0, 1, 5],
      [2, 0, 6],
    ]);
  } finally {
    await read.close();
  }
});

test('every group and dataset says how it is encoded', async () => {
  const writer = await createH5ad(path, { ...small, uns: { a: { b: [1] } } });
  writer.writeX(0, new Float32Array(6));
  await writer.finish();
  const file = await reopen();
  for (const name of ['/', ...file.paths()]) {
    const type = attribute(file, name, 'encoding-type');
    expect(type, name).toBeTypeOf('string');
    expect(type, name).not.toBe('');
  }
});

describe('unfinished and failing files', () => {
  test('nothing is in place before finish; abort leaves nothing', async () => {
    const writer = await createH5ad(path, small);
    writer.writeX(0, new Float32Array(4));
    expect(readdirSync(folder)).not.toContain('x.h5ad');
    await writer.abort();
    await writer.abort();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('missing rows: finish fails and leaves the old file', async () => {
    writeFileSync(path, 'old');
    const writer = await createH5ad(path, small);
    writer.writeX(0, new Float32Array(4));
    await expect(writer.finish()).rejects.toThrow('only 2 of 3 rows');
    expect(readdirSync(folder)).toEqual(['x.h5ad']);
  });

  test('rows out of order, too many, of the wrong kind, of a matrix not announced', async () => {
    const writer = await createH5ad(path, { ...small, layers: { counts: { layout: 'csr' } } });
    expect(() => writer.writeX(1, new Float32Array(2))).toThrow('row 0 comes next');
    expect(() => writer.writeX(0, new Float32Array(8))).toThrow('do not fit');
    expect(() => writer.writeX(0, new Float32Array(3))).toThrow('do not fit');
    expect(() => writer.writeX(0, csr(2, [[]]))).toThrow('dense');
    expect(() => writer.writeLayer('counts', 0, new Float32Array(2))).toThrow('sparse');
    expect(() => writer.writeLayer('other', 0, new Float32Array(2))).toThrow('not announced');
    await writer.abort();
  });

  test('a column of the wrong length leaves nothing', async () => {
    const obs = [{ name: 'area', kind: 'number' as const, values: new Float64Array(2) }];
    await expect(createH5ad(path, { ...small, obs })).rejects.toThrow('obs/area has 2 values for 3 rows');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a folder that is not there is one clear sentence', async () => {
    const attempt = createH5ad(join(folder, 'gone', 'x.h5ad'), small);
    await expect(attempt).rejects.toThrow(UserError);
    await expect(attempt).rejects.toThrow('is not there (any more)');
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'a folder without permission (skipped for root and on Windows)',
    async () => {
      chmodSync(folder, 0o500);
      await expect(createH5ad(path, small)).rejects.toThrow('You may not write to');
      chmodSync(folder, 0o700);
    },
  );
});
