import type { StopSignal } from '../../src-shared/contract/errors.ts';
import type { MatrixSource } from '../matrix/csr.ts';
import { firstOutside, unpack } from '../matrix/packed.ts';
import type { PackedBlock } from '../matrix/packed.ts';
import type { NumberArray } from './hdf5-protocol.ts';
import { outside, packedRows, rawLists } from './hdf5-rows.ts';
import type { SparseLists, SparsePlace } from './hdf5-rows.ts';
import { inOrder } from './in-order.ts';
import { ReaderThread } from './reader-thread.ts';
import { turned } from './turn.ts';
import type { Entries } from './turn.ts';

/** Entries read at once: at most 8 bytes each for index and value. */
const PIECE = 1 << 22;

/** Pointers and entry count of a sparse matrix, checked: monotone, from 0 to the number of entries. */
async function pointers(place: SparsePlace): Promise<Float64Array> {
  const { file, path, major } = place;
  const [data, indices] = [await file.dataset(`${path}/data`), await file.dataset(`${path}/indices`)];
  const pointer = await file.dataset(`${path}/indptr`);
  for (const [name, list] of Object.entries({ data, indices, indptr: pointer }))
    if (list?.shape.length !== 1) throw file.damaged(`${path}/${name}`, 'is missing or is no plain list');
  const entries = data!.shape[0]!;
  if (indices!.shape[0] !== entries)
    throw file.damaged(path, `has ${entries} values and ${indices!.shape[0]!} indices; the file is damaged`);
  if (pointer!.shape[0] !== major + 1)
    throw file.damaged(`${path}/indptr`, `has ${pointer!.shape[0]!} pointers instead of ${major + 1}`);
  const indptr = await file.numbers(`${path}/indptr`);
  for (let i = 0; i < major; i++)
    if (!(indptr[i + 1]! >= indptr[i]!))
      throw file.damaged(`${path}/indptr`, `decreases at position ${i + 2}`);
  if (indptr[0] !== 0 || indptr[major] !== entries)
    throw file.damaged(
      `${path}/indptr`,
      `runs from ${indptr[0]!} to ${indptr[major]!} instead of 0 to ${entries}`,
    );
  return indptr;
}

interface Piece {
  readonly from: number;
  readonly indices: NumberArray;
  readonly values: NumberArray;
}

/** Entries as they stand, the next ones read while some are looked at. */
async function* pieces(place: SparsePlace, entries: number, lists?: SparseLists): AsyncGenerator<Piece> {
  const { file, path, minor } = place;
  const helper = lists && entries > PIECE ? await ReaderThread.take() : undefined;
  const read = async (i: number): Promise<Piece> => {
    const [from, to] = [i * PIECE, Math.min(entries, (i + 1) * PIECE)];
    const [indices, values] = await Promise.all(
      lists === undefined
        ? [file.slice(`${path}/indices`, [from], [to]), file.slice(`${path}/data`, [from], [to])]
        : [
            file.raw(`${path}/indices`, lists.indices, from, to),
            file.raw(`${path}/data`, lists.data, from, to, helper),
          ],
    );
    return { from, indices, values };
  };
  try {
    for await (const piece of inOrder(Math.ceil(entries / PIECE), 2, read)) {
      const wrong = firstOutside(piece.indices, minor);
      if (wrong >= 0) throw outside(file, path, piece.indices[wrong]!, piece.from + wrong, minor);
      yield piece;
    }
  } finally {
    await helper?.giveBack();
  }
}

/** Cells × genes compressed by cells (CSR, and the genes × cells CSC of 10x). `keep` renumbers or drops genes. */
export async function sparseRows(
  place: SparsePlace,
  columns: number,
  keep?: Int32Array,
): Promise<MatrixSource> {
  const indptr = await pointers(place);
  const entries = indptr[place.major]!;
  const lists = await rawLists(place);
  const packed = (signal?: StopSignal): AsyncGenerator<PackedBlock> =>
    packedRows(place, indptr, { columns, keep, lists }, signal);
  return {
    file: place.file.path,
    element: place.path.replace(/^\//, ''),
    rows: place.major,
    columns,
    ...(keep ? {} : { entries }),
    packed,
    async *blocks(signal) {
      for await (const block of packed(signal)) yield unpack(block);
    },
  };
}

/** Cells × genes compressed by genes (CSC), turned. */
export async function sparseColumns(place: SparsePlace): Promise<MatrixSource> {
  const indptr = await pointers(place);
  const entries = indptr[place.major]!;
  const lists = await rawLists(place);
  const about = {
    file: place.file.path,
    element: place.path.replace(/^\//, ''),
    rows: place.minor,
    columns: place.major,
    entries,
  };
  return turned(about, async function* (): AsyncGenerator<Entries> {
    let gene = 0;
    for await (const { from, indices, values } of pieces(place, entries, lists)) {
      const columns = new Int32Array(indices.length);
      for (let i = 0; i < columns.length; i++) {
        while (indptr[gene + 1]! <= from + i) gene++;
        columns[i] = gene;
      }
      yield {
        length: columns.length,
        rows: indices instanceof Int32Array ? indices : Int32Array.from(indices),
        columns,
        values: Float64Array.from(values),
      };
    }
  });
}
