import { expect } from 'vitest';
import type { Golden } from './shared-folder.ts';

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
