import type { StopSignal } from '../../src-shared/contract/errors.ts';
import { throwIfStopped } from '../../src-shared/contract/errors.ts';
import type { MatrixSource } from '../matrix/csr.ts';
import { BlockBuilder } from './block-builder.ts';
import type { Hdf5File } from './hdf5.ts';
import type { NumberArray } from './hdf5-protocol.ts';
import { turned } from './turn.ts';
import type { Entries } from './turn.ts';

/** Entries read at once: at most 8 bytes each for index and value. */
const PIECE = 1 << 22;

/** Where a compressed sparse matrix stands in a file: `path`/data, `path`/indices, `path`/indptr. */
export interface SparsePlace {
  readonly file: Hdf5File;
  readonly path: string;
  /** Length of the compressed axis (indptr has one more) and of the other one. */
  readonly major: number;
  readonly minor: number;
}

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

async function* pieces({ file, path, minor }: SparsePlace, entries: number): AsyncGenerator<Piece> {
  for (let from = 0; from < entries; from += PIECE) {
    const to = Math.min(entries, from + PIECE);
    const indices = await file.slice(`${path}/indices`, [from], [to]);
    const values = await file.slice(`${path}/data`, [from], [to]);
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i]!;
      if (!(index >= 0 && index < minor && Number.isInteger(index)))
        throw file.damaged(
          `${path}/indices`,
          `points at ${index} in entry ${from + i + 1}, outside 0 … ${minor - 1}`,
        );
    }
    yield { from, indices, values };
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
  return {
    file: place.file.path,
    element: place.path.replace(/^\//, ''),
    rows: place.major,
    columns,
    ...(keep ? {} : { entries }),
    async *blocks(signal?: StopSignal) {
      const builder = new BlockBuilder(columns, keep);
      for await (const { from, indices, values } of pieces(place, entries)) {
        throwIfStopped(signal);
        for (let i = 0; i < indices.length; i++) {
          while (indptr[builder.row + 1]! <= from + i) {
            builder.endRow();
            if (builder.full) yield builder.take();
          }
          builder.add(indices[i]!, values[i]!);
        }
      }
      while (builder.row < place.major) {
        builder.endRow();
        if (builder.full) yield builder.take();
      }
      yield builder.take();
    },
  };
}

/** Cells × genes compressed by genes (CSC), turned. */
export async function sparseColumns(place: SparsePlace): Promise<MatrixSource> {
  const indptr = await pointers(place);
  const entries = indptr[place.major]!;
  const about = {
    file: place.file.path,
    element: place.path.replace(/^\//, ''),
    rows: place.minor,
    columns: place.major,
    entries,
  };
  return turned(about, async function* (): AsyncGenerator<Entries> {
    let gene = 0;
    for await (const { from, indices, values } of pieces(place, entries)) {
      const columns = new Int32Array(indices.length);
      for (let i = 0; i < columns.length; i++) {
        while (indptr[gene + 1]! <= from + i) gene++;
        columns[i] = gene;
      }
      yield {
        length: columns.length,
        rows: Int32Array.from(indices),
        columns,
        values: Float64Array.from(values),
      };
    }
  });
}
