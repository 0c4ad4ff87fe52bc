import * as tf from '@tensorflow/tfjs-core';
import { gatherRows, rowRange, type AffineView } from '../matrix/affine-view.ts';
import type { CountData } from './method.ts';

/** Cells × genes that are made some rows at a time, so that normalised counts are never kept whole. */
export interface ExpressionView {
  readonly rows: number;
  readonly columns: number;
  /** The given rows, row-major. */
  readonly read: (rows: Int32Array) => Float32Array;
}

/** Mean and population sd of each gene of a view. */
export interface GeneMoments {
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/** Rows that are looked at together. */
const BLOCK = 1024;

/** An affine view as an expression view. */
export function affineExpression(view: AffineView): ExpressionView {
  return {
    rows: view.source.rows,
    columns: view.columns.length,
    read: (rows) => gatherRows(view, rows),
  };
}

/**
 * Counts brought to a common total and, where asked, to logarithms: x = count / total · target, or ln(1 + x). A
 * cell without counts becomes zeros.
 *
 * @param columns columns of the counts that are seen
 */
export function normalisedCounts(
  { values, totals }: CountData,
  columns: Int32Array,
  { target, log }: { readonly target: number; readonly log: boolean },
): ExpressionView {
  const read = (rows: Int32Array): Float32Array => {
    const result = new Float32Array(rows.length * columns.length);
    for (let i = 0; i < rows.length; i++) {
      const total = totals[rows[i]!]!;
      const factor = total > 0 ? target / total : 0;
      for (let j = 0; j < columns.length; j++) {
        const value = values.values[rows[i]! * values.columns + columns[j]!]! * factor;
        result[i * columns.length + j] = log ? Math.log1p(value) : value;
      }
    }
    return result;
  };
  return { rows: values.rows, columns: columns.length, read };
}

/** z-scores of a view by the given moments; a gene that does not vary becomes zeros. */
export function standardised(view: ExpressionView, { mean, sd }: GeneMoments): ExpressionView {
  const factor = sd.map((deviation) => (deviation > 0 ? 1 / deviation : 0));
  const read = (rows: Int32Array): Float32Array => {
    const values = view.read(rows);
    for (let i = 0, j = 0; i < values.length; i++, j = j + 1 === view.columns ? 0 : j + 1) {
      values[i] = (values[i]! - mean[j]!) * factor[j]!;
    }
    return values;
  };
  return { ...view, read };
}

/** Every block of consecutive rows of a view. */
export function* blocksOf(
  view: ExpressionView,
): Generator<{ first: number; rows: number; values: Float32Array }> {
  for (let first = 0; first < view.rows; first += BLOCK) {
    const rows = Math.min(BLOCK, view.rows - first);
    yield { first, rows, values: view.read(rowRange(first, rows)) };
  }
}

/** Mean and population sd of every gene, by the two-pass formula; exactly 0 for a gene that does not vary. */
export function momentsOf(view: ExpressionView): GeneMoments {
  const mean = new Float64Array(view.columns);
  const sd = new Float64Array(view.columns);
  for (const { values } of blocksOf(view)) {
    for (let i = 0; i < values.length; i++) mean[i % view.columns]! += values[i]!;
  }
  for (let j = 0; j < view.columns; j++) mean[j] = mean[j]! / view.rows;
  const first = view.read(rowRange(0, Math.min(1, view.rows)));
  const varies = new Uint8Array(view.columns);
  for (const { values } of blocksOf(view)) {
    for (let i = 0; i < values.length; i++) {
      const j = i % view.columns;
      sd[j] = sd[j]! + (values[i]! - mean[j]!) ** 2;
      if (values[i] !== first[j]) varies[j] = 1;
    }
  }
  return { mean, sd: sd.map((sum, j) => (varies[j] === 1 ? Math.sqrt(sum / view.rows) : 0)) };
}

/**
 * AᵀB of two views of the same cells, summed in doubles over the blocks.
 *
 * @returns columns of a × columns of b, row-major
 */
export function crossProduct(a: ExpressionView, b: ExpressionView): Float64Array {
  const sum = new Float64Array(a.columns * b.columns);
  const others = a === b ? undefined : blocksOf(b);
  for (const { rows, values } of blocksOf(a)) {
    const part = tf.tidy(() => {
      const left = tf.tensor2d(values, [rows, a.columns]);
      if (!others) return tf.matMul(left, left, true, false);
      const right = others.next().value as { values: Float32Array };
      return tf.matMul(left, tf.tensor2d(right.values, [rows, b.columns]), true, false);
    });
    const product = part.dataSync();
    part.dispose();
    for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + product[i]!;
  }
  return sum;
}
