import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { File, ready } from 'h5wasm/node';
import { afterEach, describe, expect, it } from 'vitest';
import { StoppedError, UserError } from '../../../src-shared/contract/errors.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { Hdf5File } from '../../../src-main/io/hdf5.ts';
import { locateList } from '../../../src-main/io/hdf5-locate.ts';
import { listPart, readList } from '../../../src-main/io/hdf5-raw.ts';
import { packedRows, rawLists } from '../../../src-main/io/hdf5-rows.ts';
import { sparseColumns, sparseRows } from '../../../src-main/io/hdf5-sparse.ts';
import { unpack } from '../../../src-main/matrix/packed.ts';
import { rowsOf, sharedData, temporary } from './temporary.ts';

const { folder } = temporary();
const open: Hdf5File[] = [];
afterEach(() => Promise.all(open.splice(0).map((file) => file.close())));

const formats = join(sharedData, 'formats', 'h5ad');
const [CELLS, GENES] = [300, 40];

/** A random table of counts, some cells empty, and its entries cell by cell. */
function table() {
  const random = new Random(2);
  const dense = Array.from({ length: CELLS }, (_, cell) =>
    Array.from({ length: GENES }, () => (cell % 9 === 0 || random.below(4) ? 0 : 1 + random.below(300))),
  );
  const [indptr, indices, data] = [[0], [] as number[], [] as number[]];
  for (const cells of dense) {
    cells.forEach((value, gene) => {
      if (value === 0) return;
      indices.push(gene);
      data.push(value);
    });
    indptr.push(indices.length);
  }
  return { dense, indptr, indices, data };
}

type Lists = Record<'indptr' | 'indices' | 'data', Float32Array | Float64Array | Int32Array | BigInt64Array>;

async function written(name: string, lists: Lists, packing: object): Promise<Hdf5File> {
  const path = join(folder, name);
  await ready;
  const file = new File(path, 'w');
  for (const [key, data] of Object.entries(lists))
    file.create_dataset({ name: key, data, shape: [data.length], ...packing });
  file.close();
  const reopened = await Hdf5File.open(path);
  open.push(reopened);
  return reopened;
}

const wide = (list: number[]) => BigInt64Array.from(list, (value) => BigInt(value));
const example = table();
const narrow: Lists = {
  indptr: Int32Array.from(example.indptr),
  indices: Int32Array.from(example.indices),
  data: Float32Array.from(example.data),
};
const kinds: [string, Lists, object][] = [
  ['plain', narrow, {}],
  ['chunked', narrow, { chunks: [100] }],
  ['gzip', narrow, { chunks: [100], compression: 'gzip' }],
  ['int64', { ...narrow, indices: wide(example.indices), data: wide(example.data) }, { chunks: [64] }],
  ['float64', { ...narrow, data: Float64Array.from(example.data) }, { chunks: [64], compression: 'gzip' }],
];

async function bands(file: Hdf5File, raw: boolean, entries: number): Promise<number[][]> {
  const place = { file, path: '', major: CELLS, minor: GENES };
  const lists = await rawLists(place);
  // Otherwise the comparison would be one of the library with itself.
  expect(lists).toBeDefined();
  const indptr = Float64Array.from(example.indptr);
  const about = { columns: GENES, lists: raw ? lists : undefined };
  return rowsOf({
    ...{ file: '', element: '', rows: CELLS, columns: GENES },
    async *blocks() {
      for await (const block of packedRows(place, indptr, about, undefined, entries)) yield unpack(block);
    },
  });
}

describe('rows of a compressed sparse matrix', () => {
  it.each(kinds)('are the same without the library as with it: %s', async (name, lists, packing) => {
    const file = await written(`${name}.h5`, lists, packing);
    for (const entries of [1, 150, 1 << 20])
      for (const raw of [true, false]) expect(await bands(file, raw, entries)).toEqual(example.dense);
  });

  it.each(kinds)('are the same turned, when the file goes gene by gene: %s', async (name, lists, packing) => {
    const file = await written(`${name}-turned.h5`, lists, packing);
    const turned = await sparseColumns({ file, path: '', major: CELLS, minor: GENES });
    const across = example.dense[0]!.map((_, gene) => example.dense.map((cells) => cells[gene]!));
    expect(await rowsOf(turned)).toEqual(across);
  });

  it('name the entry that points outside', async () => {
    const indices = narrow.indices.slice() as Int32Array;
    indices[777] = GENES;
    const file = await written('outside.h5', { ...narrow, indices }, { chunks: [100] });
    const source = await sparseRows({ file, path: '', major: CELLS, minor: GENES }, GENES);
    await expect(rowsOf(source)).rejects.toThrow('/indices points at 40 in entry 778, outside 0 … 39');
  });

  it('refuse a file that is damaged in the middle in one sentence, and the next is read as before', async () => {
    const file = await written('broken.h5', narrow, { chunks: [100], compression: 'gzip' });
    const bytes = readFileSync(file.path);
    const list = locateList(file.path, '/data')!;
    const middle = list.at.length >> 1;
    bytes.fill(0xff, list.at[middle]! + 8, list.at[middle]! + list.stored[middle]! - 8);
    writeFileSync(file.path, bytes);
    const source = await sparseRows({ file, path: '', major: CELLS, minor: GENES }, GENES);
    const error: unknown = await rowsOf(source).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toBe(
      `/data in ${file.path} cannot be read: the HDF5 file is truncated or damaged; copy or download it again.`,
    );
    const sound = await written('sound.h5', narrow, { chunks: [100], compression: 'gzip' });
    expect(await bands(sound, true, 500)).toEqual(example.dense);
  });

  it('stop at the next block when told, and after a caller that leaves early', async () => {
    const file = await written('stopped.h5', narrow, { chunks: [100], compression: 'gzip' });
    const place = { file, path: '', major: CELLS, minor: GENES };
    const about = { columns: GENES, lists: await rawLists(place) };
    const [indptr, controller] = [Float64Array.from(example.indptr), new AbortController()];
    let seen = 0;
    const pass = async (): Promise<void> => {
      for await (const block of packedRows(place, indptr, about, controller.signal, 20)) {
        expect(block.rows).toBeGreaterThan(0);
        if (++seen === 3) controller.abort();
      }
    };
    await expect(pass()).rejects.toThrow(StoppedError);
    expect(seen).toBe(3);
    for await (const block of packedRows(place, indptr, about, undefined, 20)) {
      expect(block.firstRow).toBe(0);
      break;
    }
    expect(await bands(file, true, 20)).toEqual(example.dense);
  });
});

describe('lists found without the library', () => {
  it.each(['earliest', 'v108', 'v110'] as const)('lie where they were written by %s', async (libver) => {
    const path = join(folder, `${libver}.h5`);
    await ready;
    const file = new File(path, 'w', { libver });
    // Few members stand in the group's header; the library's binding cannot write old groups with an index.
    const group = file.create_group('a').create_group('b');
    const members = 7;
    for (let i = 0; i < members; i++)
      group.create_dataset({ name: `list${i}`, data: Int32Array.of(i, i + 1, i + 2) });
    const long = Int32Array.from({ length: 1000 }, (_, i) => i * i);
    file.create_dataset({ name: 'long', data: long, shape: [1000], chunks: [3], compression: 'gzip' });
    file.close();
    for (const i of [0, members >> 1, members - 1]) {
      const list = locateList(path, `/a/b/list${i}`)!;
      expect(list).toMatchObject({ length: 3, size: 4, kind: 'integer', deflated: false });
      expect([...readList(path, list, 1, 3)]).toEqual([i + 1, i + 2]);
    }
    expect(locateList(path, '/a/b/absent')).toBeUndefined();
    expect(locateList(path, '/a/b')).toBeUndefined();
    // Files of 1.10 and later index their chunks in other ways, which are left to the library.
    const list = locateList(path, '/long');
    expect(list === undefined).toBe(libver === 'v110');
    if (list) expect(readList(path, list, 0, 1000)).toEqual(long);
  });

  it.skipIf(!existsSync(formats))('lie in files of many writers (needs ../shared/data)', async () => {
    const seen: string[] = [];
    for (const name of readdirSync(formats)) {
      const file = await Hdf5File.open(join(formats, name));
      open.push(file);
      for (const path of ['/X/data', '/X/indices', '/X/indptr']) {
        const list = (await file.group('/X')) && (await file.located(path));
        if (!list) continue;
        seen.push(`${name}${path}`);
        expect(Float64Array.from(readList(file.path, list, 0, list.length))).toEqual(
          await file.numbers(path),
        );
      }
    }
    expect(seen).toContain('scvelo-csr.h5ad/X/indices');
  });

  it('are left to the library where they are of another kind', async () => {
    const path = join(folder, 'others.h5');
    await ready;
    const file = new File(path, 'w');
    file.create_dataset({ name: 'table', data: new Float32Array(6), shape: [2, 3] });
    file.create_dataset({ name: 'text', data: ['a', 'b'] });
    file.close();
    for (const name of ['table', 'text']) expect(locateList(path, `/${name}`)).toBeUndefined();
    writeFileSync(path, readFileSync(path).subarray(0, 200));
    expect(locateList(path, '/table')).toBeUndefined();
    writeFileSync(path, 'no HDF5 file');
    expect(locateList(path, '/table')).toBeUndefined();
  });

  it('are put together again from shuffled and deflated chunks', () => {
    const path = join(folder, 'shuffled');
    const numbers = Int32Array.from({ length: 10 }, (_, i) => i * 1_000_003 - 5);
    const chunks = [0, 1, 2].map((chunk) => {
      const bytes = new Uint8Array(16);
      const words = new DataView(numbers.buffer);
      for (let i = 0; i < 4 && chunk * 4 + i < 10; i++)
        for (let byte = 0; byte < 4; byte++) bytes[byte * 4 + i] = words.getUint8((chunk * 4 + i) * 4 + byte);
      return deflateSync(bytes);
    });
    writeFileSync(path, Buffer.concat(chunks));
    const stored = Float64Array.from(chunks, ({ length }) => length);
    const at = Float64Array.of(0, stored[0]!, stored[0]! + stored[1]!);
    const shape = { length: 10, size: 4, kind: 'integer', chunk: 4, first: 0 } as const;
    const list = { ...shape, at, stored, deflated: true, shuffled: true };
    expect([...readList(path, list, 0, 10)]).toEqual([...numbers]);
    expect([...readList(path, listPart(list, 5, 9), 5, 9)]).toEqual([...numbers.slice(5, 9)]);
    expect(listPart(list, 5, 8).at).toHaveLength(1);
    expect(() => readList(path, { ...list, at: at.map((place) => place + 1) }, 0, 10)).toThrow();
  });
});
