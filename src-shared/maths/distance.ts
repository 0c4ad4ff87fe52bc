import type { Numbers } from './statistics.ts';

/** ‖a − b‖² of a row of `a` that begins at entry `fromA`, and one of `b` at `fromB`, in double precision. */
export function squaredDistance(
  a: Numbers,
  fromA: number,
  b: Numbers,
  fromB: number,
  dimensions: number,
): number {
  // Four sums, so that no addition waits for the one before.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let axis = 0;
  for (; axis + 3 < dimensions; axis += 4) {
    const d0 = a[fromA + axis]! - b[fromB + axis]!;
    const d1 = a[fromA + axis + 1]! - b[fromB + axis + 1]!;
    const d2 = a[fromA + axis + 2]! - b[fromB + axis + 2]!;
    const d3 = a[fromA + axis + 3]! - b[fromB + axis + 3]!;
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  for (; axis < dimensions; axis++) s0 += (a[fromA + axis]! - b[fromB + axis]!) ** 2;
  return s0 + s1 + (s2 + s3);
}
