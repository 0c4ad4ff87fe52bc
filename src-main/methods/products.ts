import * as tf from '@tensorflow/tfjs-core';
import { computed } from '../backend/read.ts';

/** Matrix products by the backend that computes, for who has no tensors. */
export const tensorProducts = {
  /** A Bᵀ: aRows × bRows; both have `inner` columns. */
  times(a: Float32Array, aRows: number, b: Float32Array, bRows: number, inner: number): Float32Array {
    return computed(() =>
      tf.matMul(tf.tensor2d(a, [aRows, inner]), tf.tensor2d(b, [bRows, inner]), false, true),
    );
  },
  /** Aᵀ B: aColumns × bColumns; both have `rows` rows. */
  transposedTimes(
    a: Float32Array,
    rows: number,
    aColumns: number,
    b: Float32Array,
    bColumns: number,
  ): Float32Array {
    return computed(() =>
      tf.matMul(tf.tensor2d(a, [rows, aColumns]), tf.tensor2d(b, [rows, bColumns]), true, false),
    );
  },
};
