import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { MatrixSource, RowBlock } from '../../../src-main/matrix/csr.ts';
import type { OpenMatrix } from '../../../src-main/matrix/dataset.ts';
import type { ProcessingSettings } from '../../../src-main/preprocess/processed-domain.ts';

/** The settings of the method as described, for tests. */
export const asDescribed: ProcessingSettings = {
  geneDensity: 0.05,
  cellDensity: 0.1,
  hvgCount: 2000,
  clipSd: 2,
  normalisation: 'sqrt',
  libraryTarget: 'median',
  allGenes: false,
};

function block(rows: readonly ArrayLike<number>[], firstRow: number, columns: number): RowBlock {
  const indptr = new Float64Array(rows.length + 1);
  const indices: number[] = [];
  const values: number[] = [];
  rows.forEach((row, r) => {
    for (let c = 0; c < columns; c++) {
      if (row[c] !== 0) {
        indices.push(c);
        values.push(row[c]!);
      }
    }
    indptr[r + 1] = indices.length;
  });
  return {
    firstRow,
    rows: rows.length,
    columns,
    indptr,
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}

/** A dense table as a source of small blocks, so that borders between blocks are met; counts its passes. */
export function sourceOf(
  rows: readonly ArrayLike<number>[],
  blockRows = 7,
): MatrixSource & { readonly passes: number } {
  const columns = rows[0]?.length ?? 0;
  const made = new Map<number, RowBlock>();
  const source = {
    file: 'counts.csv',
    element: 'matrix',
    rows: rows.length,
    columns,
    passes: 0,
    // eslint-disable-next-line @typescript-eslint/require-await
    async *blocks(): AsyncGenerator<RowBlock> {
      source.passes++;
      for (let first = 0; first < rows.length; first += blockRows) {
        const next = made.get(first) ?? block(rows.slice(first, first + blockRows), first, columns);
        made.set(first, next);
        yield next;
      }
    },
  };
  return source;
}

/** The same with names c0, c1, … and g0, g1, …. */
export function openOf(
  rows: readonly ArrayLike<number>[],
  blockRows = 7,
): OpenMatrix & { readonly source: { readonly passes: number } } {
  const source = sourceOf(rows, blockRows);
  return {
    name: 'matrix',
    source,
    cells: rows.map((_, i) => `c${i}`),
    genes: Array.from({ length: source.columns }, (_, i) => `g${i}`),
  };
}

/** Rows of a matrix in the golden files. */
export function rowsOf({ shape, data }: { shape: number[]; data: number[] }): number[][] {
  return Array.from({ length: shape[0]! }, (_, r) => data.slice(r * shape[1]!, (r + 1) * shape[1]!));
}

export const shared = path.resolve(import.meta.dirname, '../../../../shared');

/** The whole numbers of one line of a comma-separated table from byte `from` on. */
function parseLine(bytes: Buffer, from: number, to: number, columns: number): Float32Array {
  const row = new Float32Array(columns);
  let column = 0;
  for (let i = from; i < to; i++) {
    if (bytes[i] === 44) column++;
    else row[column] = row[column]! * 10 + bytes[i]! - 48;
  }
  return row;
}

/** A gzipped cells × genes table of counts in ../shared/data, whole; quick, since some have forty million entries. */
export function readCounts(file: string): OpenMatrix {
  const bytes = gunzipSync(readFileSync(path.join(shared, 'data', file)));
  let end = bytes.indexOf(10);
  const genes = bytes.toString('utf8', 0, end).trim().split(',').slice(1);
  const cells: string[] = [];
  const rows: Float32Array[] = [];
  for (let start = end + 1; start < bytes.length; start = end + 1) {
    end = bytes.indexOf(10, start);
    if (end < 0) end = bytes.length;
    const comma = bytes.indexOf(44, start);
    cells.push(bytes.toString('utf8', start, comma));
    rows.push(parseLine(bytes, comma + 1, bytes[end - 1] === 13 ? end - 1 : end, genes.length));
  }
  return { name: 'matrix', source: sourceOf(rows, 500), cells, genes };
}
