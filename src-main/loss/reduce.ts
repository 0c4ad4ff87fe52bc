import * as tf from '@tensorflow/tfjs-core';

/**
 * Sum of all entries. Rows first: the WASM backend adds a full reduction up naively in float32, which loses
 * digits over a few hundred thousand entries.
 */
export function sumAll(values: tf.Tensor): tf.Scalar {
  return values.rank <= 1 ? tf.sum(values) : tf.sum(tf.sum(values, -1));
}

/** Tensors that WebGPU adds at once: it binds eight buffers at most, and adds nothing when there are more. */
const MOST_ADDED = 7;

/** Sum of any number of tensors of one shape. */
export function addAll<T extends tf.Tensor>(tensors: readonly T[]): T {
  const sum: T = tf.addN(tensors.slice(0, MOST_ADDED));
  return tensors.length <= MOST_ADDED ? sum : addAll([sum, ...tensors.slice(MOST_ADDED)]);
}

/** A row of ones divided by n: multiplying it with an n × d matrix gives the mean of every column. */
export function averagingRow(n: number): tf.Tensor2D {
  return tf.fill([1, n], 1 / n);
}

/** Mean of every column as 1 × d, by one matrix product (a column reduction would transpose first). */
export function columnMeans(matrix: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(averagingRow(matrix.shape[0]), matrix);
}

/** Sum of every column as 1 × d, by one matrix product. */
export function columnSums(matrix: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(tf.ones([1, matrix.shape[0]]), matrix);
}

/**
 * Every column minus its mean. The first row is subtracted before the mean is taken, so that a constant column
 * becomes exactly zero in float32.
 */
export function centreColumns(matrix: tf.Tensor2D): tf.Tensor2D {
  const shifted: tf.Tensor2D = tf.sub(matrix, tf.slice(matrix, [0, 0], [1, -1]));
  return tf.sub(shifted, columnMeans(shifted));
}
