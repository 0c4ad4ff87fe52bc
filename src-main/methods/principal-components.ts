import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../../src-shared/maths/random.ts';
import { computed } from '../backend/read.ts';
import { blocksOf, crossProduct, momentsOf, standardised, type ExpressionView } from './expression-view.ts';
import { leadingEigenvectors } from './principal-vectors.ts';

/** Directions beyond those wanted, and rounds of iteration; both make the leading ones more exact. */
const OVERSAMPLING = 10;
const ROUNDS = 5;

/**
 * Scores of the cells on the leading principal components of the centred genes, by randomised subspace iteration
 * (Halko, Martinsson & Tropp 2011, algorithm 4.4): the covariance matrix of thousands of genes is never made.
 *
 * @param rounds of iteration; fewer blur the last components into one another
 * @returns cells × count, row-major; the sign of a column is arbitrary
 */
export function principalComponents(
  view: ExpressionView,
  count: number,
  random: Random,
  rounds = ROUNDS,
): Float64Array {
  const { mean } = momentsOf(view);
  const centred = standardised(view, { mean, sd: mean.map(() => 1) });
  const width = Math.min(count + OVERSAMPLING, view.rows, view.columns);
  const start = Float64Array.from({ length: view.columns * width }, () => random.normal());
  let basis = orthonormal(times(centred, start, width), width);
  for (let round = 0; round < rounds; round++) {
    const directions = orthonormal(crossProduct(centred, dense(basis, width)), width);
    basis = orthonormal(times(centred, directions, width), width);
  }
  const small = crossProduct(dense(basis, width), centred);
  const rotation = leadingEigenvectors(gramOfRows(small, width), width, Math.min(count, width));
  return scores(basis, width, small, rotation.to1DArray());
}

/** X times genes × width. */
function times(view: ExpressionView, matrix: Float64Array, width: number): Float64Array {
  const result = new Float64Array(view.rows * width);
  const right = tf.tensor2d(Float32Array.from(matrix), [view.columns, width]);
  for (const { first, rows, values } of blocksOf(view)) {
    const block = computed(() => tf.matMul(tf.tensor2d(values, [rows, view.columns]), right));
    result.set(block, first * width);
  }
  right.dispose();
  return result;
}

function dense(values: Float64Array, columns: number): ExpressionView {
  const read = (rows: Int32Array) =>
    Float32Array.from(
      { length: rows.length * columns },
      (_, i) => values[rows[Math.floor(i / columns)]! * columns + (i % columns)]!,
    );
  return { rows: values.length / columns, columns, read };
}

/** B Bᵀ of a matrix of `rows` rows. */
function gramOfRows(matrix: Float64Array, rows: number): Float64Array {
  const columns = matrix.length / rows;
  return Float64Array.from({ length: rows * rows }, (_, n) => {
    const [i, j] = [Math.floor(n / rows) * columns, (n % rows) * columns];
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += matrix[i + c]! * matrix[j + c]!;
    return sum;
  });
}

/** Q U S with the singular values S of QᵀX: the basis rotated to the components, each as long as it is strong. */
function scores(
  basis: Float64Array,
  width: number,
  small: Float64Array,
  rotation: readonly number[],
): Float64Array {
  const count = rotation.length / width;
  const genes = small.length / width;
  const strength = Float64Array.from({ length: count }, (_, c) => {
    let square = 0;
    for (let g = 0; g < genes; g++) {
      let sum = 0;
      for (let w = 0; w < width; w++) sum += rotation[w * count + c]! * small[w * genes + g]!;
      square += sum ** 2;
    }
    return Math.sqrt(square);
  });
  const result = new Float64Array((basis.length / width) * count);
  for (let n = 0; n < result.length; n++) {
    const [i, c] = [Math.floor(n / count), n % count];
    let sum = 0;
    for (let w = 0; w < width; w++) sum += basis[i * width + w]! * rotation[w * count + c]!;
    result[n] = sum * strength[c]!;
  }
  return result;
}

/** Orthonormal columns that span the same space, by Gram–Schmidt done twice; a dependent column becomes zeros. */
function orthonormal(matrix: Float64Array, columns: number): Float64Array {
  // Column by column in memory, so that every sum runs over neighbours.
  const turned = transposed(matrix, columns);
  const rows = matrix.length / columns;
  const column = (c: number) => turned.subarray(c * rows, (c + 1) * rows);
  for (let c = 0; c < columns; c++) {
    const own = column(c);
    const before = Math.sqrt(dot(own, own));
    for (let b = 0; b < 2 * c; b++) {
      const other = column(b % c);
      const shadow = dot(other, own);
      for (let i = 0; i < rows; i++) own[i] = own[i]! - shadow * other[i]!;
    }
    const length = Math.sqrt(dot(own, own));
    const factor = length > 1e-9 * before ? 1 / length : 0;
    for (let i = 0; i < rows; i++) own[i] = own[i]! * factor;
  }
  return transposed(turned, rows);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Rows that are turned at a time: the lines written stay in cache. */
const TURNED = 64;

/** The transpose of a matrix of so many columns. */
function transposed(matrix: Float64Array, columns: number): Float64Array {
  const rows = matrix.length / columns;
  const result = new Float64Array(matrix.length);
  for (let from = 0; from < rows; from += TURNED) {
    const to = Math.min(rows, from + TURNED);
    for (let c = 0; c < columns; c++) {
      for (let i = from; i < to; i++) result[c * rows + i] = matrix[i * columns + c]!;
    }
  }
  return result;
}
