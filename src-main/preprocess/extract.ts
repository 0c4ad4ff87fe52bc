import type { StopSignal } from '../../src-shared/contract/errors.ts';
import type { MatrixSource, RowBlock } from '../matrix/csr.ts';
import type { RowSink } from '../matrix/row-sink.ts';
import { eachBlock } from './blocks.ts';
import { clipped } from './clip.ts';
import { PositiveMoments } from './moments.ts';
import { scaled } from './scale.ts';
import type { Normalisation } from './scale.ts';

/** What comes out of the matrix, and how each value is processed. */
export interface Extraction {
  /** Rows of the kept cells and columns of the genes that come out, both increasing. */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  /** One limit a gene; NaN clips nothing. */
  readonly limits: Float64Array;
  readonly normalisation: Normalisation;
  /** One factor a kept cell; undefined is 1 everywhere. */
  readonly sizeFactors: Float64Array | undefined;
}

/** Mean and population sd of each gene's processed values over the kept cells, before any rounding to float32. */
export interface Extracted {
  readonly mean: Float64Array;
  readonly sd: Float64Array;
  /** How many values were above their limit. */
  readonly valuesClipped: number;
}

/**
 * Last pass: clips and scales in doubles and writes cells × genes, row-major, into `target` (an array of zeros, or
 * whatever takes the rows of one block of the file after the other; rounded only there if it is not in doubles).
 */
export async function extract(
  source: MatrixSource,
  { rows, columns, limits, normalisation, sizeFactors }: Extraction,
  target: Float32Array | Float64Array | RowSink,
  signal?: StopSignal,
): Promise<Extracted> {
  const gene = new Int32Array(source.columns).fill(-1);
  columns.forEach((column, i) => (gene[column] = i));
  const moments = new PositiveMoments(columns.length);
  let valuesClipped = 0;
  let cell = 0;
  await eachBlock(source, signal, (block) => {
    const { indptr, indices, values: entries } = block;
    const first = cell;
    const band = ArrayBuffer.isView(target)
      ? target.subarray(cell * columns.length)
      : new Float32Array(keptIn(block, rows, cell) * columns.length);
    for (; cell < rows.length && rows[cell]! < block.firstRow + block.rows; cell++) {
      const r = rows[cell]! - block.firstRow;
      const factor = sizeFactors?.[cell] ?? 1;
      const at = (cell - first) * columns.length;
      for (let k = indptr[r]! | 0, end = indptr[r + 1]! | 0; k < end; k++) {
        const i = gene[indices[k]!]!;
        const count = entries[k]!;
        if (i < 0 || !(count > 0)) continue;
        if (count > limits[i]!) valuesClipped++;
        const value = scaled(clipped(count, limits[i]!), normalisation, factor);
        band[at + i] = value;
        moments.add(i, value);
      }
    }
    if (!ArrayBuffer.isView(target)) target.write(first, band as Float32Array);
  });
  const mean = Float64Array.from(columns, (_, i) => moments.mean(i, rows.length));
  const sd = Float64Array.from(columns, (_, i) => Math.sqrt(moments.variance(i, rows.length, 0)));
  return { mean, sd, valuesClipped };
}

/** How many kept cells, from `cell` on, lie in this block. */
function keptIn(block: RowBlock, rows: Int32Array, cell: number): number {
  let end = cell;
  while (end < rows.length && rows[end]! < block.firstRow + block.rows) end++;
  return end - cell;
}
