import * as tf from '@tensorflow/tfjs-core';
import type { NativeKernels } from '../backend/kernels.ts';
import { productOperations, type ProductShape } from './product-shapes.ts';

/** Multiply-adds of a round of one product. */
const ROUND = 2e8;
const MOST_REPEATS = 200;

/**
 * Floating-point operations a second of products of the given shapes, each as often as a step makes it: by the current
 * backend, or by a BLAS called on plain arrays.
 */
export function productRate(shapes: readonly ProductShape[], direct?: NativeKernels, least = ROUND): number {
  let seconds = 0;
  for (const shape of shapes) {
    seconds += shape.times * (direct ? directSeconds(shape, direct, least) : backendSeconds(shape, least));
  }
  return productOperations(shapes) / seconds;
}

/** Seconds of one product: the fastest of three rounds, after one that is not counted. */
function secondsOf({ m, n, k }: ProductShape, least: number, round: (repeats: number) => void): number {
  const repeats = Math.min(MOST_REPEATS, Math.max(1, Math.ceil(least / (m * n * k))));
  const timed = (): number => {
    const began = performance.now();
    round(repeats);
    return (performance.now() - began) / 1000 / repeats;
  };
  timed();
  return Math.min(timed(), timed(), timed());
}

function backendSeconds(shape: ProductShape, least: number): number {
  const { m, n, k, transposeA, transposeB } = shape;
  return tf.tidy(() => {
    const a = tf.fill<tf.Rank.R2>(transposeA ? [k, m] : [m, k], 0.5);
    const b = tf.fill<tf.Rank.R2>(transposeB ? [n, k] : [k, n], 0.5);
    return secondsOf(shape, least, (repeats) => {
      for (let i = 0; i < repeats; i++) {
        tf.tidy(() => {
          const product = tf.matMul(a, b, transposeA, transposeB);
          // A backend may still be computing until a value is read; one number is enough to wait for.
          if (i === repeats - 1) tf.slice(product, [0, 0], [1, 1]).dataSync();
        });
      }
    });
  });
}

function directSeconds(shape: ProductShape, kernels: NativeKernels, least: number): number {
  const { m, n, k, transposeA, transposeB } = shape;
  const [a, b] = [new Float32Array(m * k).fill(0.5), new Float32Array(k * n).fill(0.5)];
  const c = new Float32Array(m * n);
  return secondsOf(shape, least, (repeats) => {
    for (let i = 0; i < repeats; i++) kernels.multiply(a, b, c, m, n, k, transposeA, transposeB);
  });
}
