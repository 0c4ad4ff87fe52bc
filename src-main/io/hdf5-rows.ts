import { availableParallelism } from 'node:os';
import type { StopSignal } from '../../src-shared/contract/errors.ts';
import { throwIfStopped } from '../../src-shared/contract/errors.ts';
import { firstOutside } from '../matrix/packed.ts';
import type { PackedBlock } from '../matrix/packed.ts';
import { packLists } from './hdf5-band.ts';
import type { Hdf5File } from './hdf5.ts';
import type { NumberArray } from './hdf5-protocol.ts';
import { listPart } from './hdf5-raw.ts';
import type { RawList } from './hdf5-raw.ts';
import { inOrder } from './in-order.ts';
import { ReaderThread } from './reader-thread.ts';

/** Entries and rows of a band: about 40 MB while it is read and packed, 6 MB afterwards. */
const BAND_ENTRIES = 1 << 21;
const BAND_ROWS = 1 << 18;
/** Elements of a compressed chunk from which on bands would unpack the same chunk too often. */
const LARGE_CHUNK = BAND_ENTRIES >> 2;
/** Threads that unpack chunks; more wait for the disk or for the thread that computes. */
const MAX_THREADS = 4;

/** Where a compressed sparse matrix stands in a file: `path`/data, `path`/indices, `path`/indptr. */
export interface SparsePlace {
  readonly file: Hdf5File;
  readonly path: string;
  /** Length of the compressed axis (indptr has one more) and of the other one. */
  readonly major: number;
  readonly minor: number;
}

export interface SparseLists {
  readonly indices: RawList;
  readonly data: RawList;
}

/** Both lists of a sparse matrix where they can be read without the library. */
export async function rawLists({ file, path }: SparsePlace): Promise<SparseLists | undefined> {
  const [indices, data] = [await file.located(`${path}/indices`), await file.located(`${path}/data`)];
  if (!indices || !data) return undefined;
  const packed = [indices, data].filter((list) => list.deflated || list.shuffled);
  return packed.some((list) => list.chunk > LARGE_CHUNK) ? undefined : { indices, data };
}

interface Band {
  readonly firstRow: number;
  readonly from: number;
  readonly indptr: Float64Array;
}

/** First rows of bands of whole rows, each as large as the limits allow, and the number of rows. */
function bandBorders(indptr: Float64Array, entries: number): number[] {
  const rows = indptr.length - 1;
  const borders = [0];
  for (let row = 1; row <= rows; row++) {
    const start = borders.at(-1)!;
    const full = row < rows && indptr[row + 1]! - indptr[start]! > entries;
    if (full || row === rows || row - start === BAND_ROWS) borders.push(row);
  }
  return borders;
}

/**
 * The rows of a sparse matrix in packed blocks, each packed while others are read: by a few threads that unpack
 * chunks natively, or, where only the library can read the file, by the file's own thread.
 */
export async function* packedRows(
  place: SparsePlace,
  indptr: Float64Array,
  {
    columns,
    keep,
    lists,
  }: { columns: number; keep?: Int32Array | undefined; lists: SparseLists | undefined },
  signal?: StopSignal,
  entries = BAND_ENTRIES,
): AsyncGenerator<PackedBlock> {
  const borders = bandBorders(indptr, entries);
  const bands = borders.length - 1;
  const bandOf = (i: number): Band => {
    const [firstRow, end] = [borders[i]!, borders[i + 1]!];
    const from = indptr[firstRow]!;
    return { firstRow, from, indptr: indptr.slice(firstRow, end + 1).map((pointer) => pointer - from) };
  };
  // The file's own thread is the first of them.
  const wanted = lists === undefined ? 1 : Math.min(availableParallelism(), MAX_THREADS, bands);
  const helpers = await Promise.all(Array.from({ length: wanted - 1 }, () => ReaderThread.take()));
  const read = (i: number): Promise<PackedBlock> => {
    const request = { ...bandOf(i), columns, keep };
    if (lists === undefined) return throughLibrary(place, request);
    return throughThread(place, lists, request, helpers[(i % wanted) - 1]);
  };
  try {
    for await (const block of inOrder(bands, 2 * wanted, read)) {
      throwIfStopped(signal);
      yield block;
    }
  } finally {
    await Promise.all(helpers.map((thread) => thread.giveBack()));
  }
}

type Request = Band & { readonly columns: number; readonly keep: Int32Array | undefined };

async function throughThread(
  { file, path, minor }: SparsePlace,
  { indices, data }: SparseLists,
  request: Request,
  thread: ReaderThread | undefined,
): Promise<PackedBlock> {
  const { from } = request;
  const to = from + request.indptr.at(-1)!;
  const parts = { indices: listPart(indices, from, to), data: listPart(data, from, to) };
  const band = await file.band({ ...request, ...parts, minor }, path, thread);
  if (band.kind === 'rows') return band.block;
  if (band.wrong === undefined) throw file.unreadable(`${path}/${band.list}`, new Error(band.words));
  throw outside(file, path, band.wrong.index, band.wrong.entry, minor);
}

async function throughLibrary({ file, path, minor }: SparsePlace, request: Request): Promise<PackedBlock> {
  const { from } = request;
  const to = from + request.indptr.at(-1)!;
  const indices = await wholeSlice(file, `${path}/indices`, from, to);
  const values = await wholeSlice(file, `${path}/data`, from, to);
  const wrong = firstOutside(indices, minor);
  if (wrong >= 0) throw outside(file, path, indices[wrong]!, from + wrong, minor);
  return packLists(request, indices, values);
}

export function outside(file: Hdf5File, path: string, index: number, entry: number, minor: number): Error {
  return file.damaged(
    `${path}/indices`,
    `points at ${index} in entry ${entry + 1}, outside 0 … ${minor - 1}`,
  );
}

/** Part of a list, however long: a single row may hold more than one read may hand over. */
async function wholeSlice(file: Hdf5File, path: string, from: number, to: number): Promise<NumberArray> {
  const step = 2 * BAND_ENTRIES;
  if (to - from <= step) return file.slice(path, [from], [to]);
  const whole = new Float64Array(to - from);
  for (let at = from; at < to; at += step)
    whole.set(await file.slice(path, [at], [Math.min(to, at + step)]), at - from);
  return whole;
}
