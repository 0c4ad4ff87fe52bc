import * as tf from '@tensorflow/tfjs-core';
import { deviceConstant } from '../backend/device.ts';

/** Intervals that the range is cut into, twice: the median is met to 2⁻²¹ of the largest value. */
const BINS = 1024;

/**
 * Median of the entries above the diagonal of a symmetric n × n matrix of values ≥ 0 with a zero diagonal (mean of the
 * middle two if their number is even), found without reading a number back: counts in intervals say in which one the
 * middle value lies, and counts inside that one say where.
 *
 * @returns 1 × 1
 */
export function offDiagonalMedianOnDevice(values: tf.Tensor2D): tf.Tensor2D {
  const n = values.shape[0];
  const above = (n * (n - 1)) / 2;
  const scalar = (value: number) => tf.fill<tf.Rank.R2>([1, 1], value);
  if (above === 0) return scalar(0);
  const flat = tf.reshape<tf.Rank.R2>(values, [1, n * n]);
  const whole = { from: scalar(0), width: tf.reshape<tf.Rank.R2>(tf.max(flat, 1), [1, 1]) };
  const upToWhole = runningCounts(flat, whole);
  const at = (rank: number): tf.Tensor2D => {
    // In the whole matrix the n zeros of the diagonal come first, and every other value twice.
    const among = n + 2 * rank;
    const part = partWith(whole, upToWhole, among);
    const { from, width } = partWith(part, runningCounts(flat, part), among);
    return tf.add(from, tf.mul(width, 0.5));
  };
  const middle = above >> 1;
  return above % 2 === 1 ? at(middle) : tf.mul(tf.add(at(middle - 1), at(middle)), 0.5);
}

interface Interval {
  /** 1 × 1 each */
  readonly from: tf.Tensor2D;
  readonly width: tf.Tensor2D;
}

/** How many values lie below an interval, below the end of its first part, of its second, …: 1 × (BINS + 2). */
function runningCounts(values: tf.Tensor2D, { from, width }: Interval): tf.Tensor2D {
  const part: tf.Tensor2D = tf.div(width, BINS);
  const place = tf.floor(tf.div(tf.sub(values, from), tf.maximum(part, 1e-30)));
  // What lies outside of the interval is counted in a bin below and one above it. The largest value ends a bin.
  const bin = tf.clipByValue(tf.add(place, 1), 0, BINS + 1);
  const indices = tf.cast(tf.reshape<tf.Rank.R1>(bin, [values.size]), 'int32');
  const counts = tf.bincount(indices, tf.tensor1d([]), BINS + 2);
  return tf.matMul(tf.reshape<tf.Rank.R2>(tf.cast(counts, 'float32'), [1, BINS + 2]), triangle());
}

/** The one of BINS equal parts of an interval that holds the value of this rank (from 0) among all values. */
function partWith({ from, width }: Interval, upTo: tf.Tensor2D, rank: number): Interval {
  const part: tf.Tensor2D = tf.div(width, BINS);
  // As many bins as end before the rank lie below the one that is looked for.
  const below = tf.sum(tf.step(tf.sub(rank + 0.5, upTo)), 1, true);
  const index = tf.clipByValue(tf.sub(below, 1), 0, BINS - 1);
  return { from: tf.add(from, tf.mul(index, part)), width: part };
}

/** Ones on and above the diagonal: a row times it is the row's running sum. */
function triangle(): tf.Tensor2D {
  const side = BINS + 2;
  return deviceConstant('running sum', () =>
    tf.tensor2d(
      Float32Array.from({ length: side * side }, (_, i) => (Math.floor(i / side) <= i % side ? 1 : 0)),
      [side, side],
    ),
  );
}
