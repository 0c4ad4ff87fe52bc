import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { Golden } from './shared-folder.ts';

export function tensorOf({ shape, data }: Golden): tf.Tensor2D {
  return tf.tensor2d([...data], [shape[0]!, shape[1] ?? 1]);
}

/** Largest absolute difference divided by the largest absolute entry of the golden array. */
export function relativeMaximum(actual: ArrayLike<number>, golden: Golden): number {
  expect(actual.length).toBe(golden.data.length);
  let difference = 0;
  let size = 0;
  for (const [i, value] of golden.data.entries()) {
    difference = Math.max(difference, Math.abs(actual[i]! - value));
    size = Math.max(size, Math.abs(value));
  }
  return size === 0 ? difference : difference / size;
}

/** rows × columns → columns × rows. */
export function transposed({ shape, data }: Golden): Golden {
  const [rows, columns] = shape as [number, number];
  return {
    shape: [columns, rows],
    data: Array.from({ length: data.length }, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!),
  };
}
