import * as tf from '@tensorflow/tfjs-core';
import type { Products } from '../../src-shared/maths/products.ts';
import { computed } from '../backend/read.ts';

/** Matrix products by the backend that computes, for who has no tensors. */
export const tensorProducts: Products = {
  times(a, aRows, bTransposed, bRows, inner) {
    return computed(() =>
      tf.matMul(tf.tensor2d(a, [aRows, inner]), tf.tensor2d(bTransposed, [bRows, inner]), false, true),
    );
  },
  transposedTimes(a, rows, aColumns, b, bColumns) {
    return computed(() =>
      tf.matMul(tf.tensor2d(a, [rows, aColumns]), tf.tensor2d(b, [rows, bColumns]), true, false),
    );
  },
};
