/** Values that repeat nowhere, of both signs, between −1 and 1. */
export function wave(length: number, phase: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(1.7 * i + phase));
}

/** The product of an m × k and a k × n matrix by its definition, in doubles; `at` reads op(a) and op(b). */
export function product(
  a: Float32Array,
  b: Float32Array,
  [m, k, n]: readonly [number, number, number],
  transposeA: boolean,
  transposeB: boolean,
): number[] {
  const result: number[] = [];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) {
        sum += a[transposeA ? l * m + i : i * k + l]! * b[transposeB ? j * k + l : l * n + j]!;
      }
      result.push(sum);
    }
  }
  return result;
}

/** The largest absolute difference, over the largest absolute expected value; Infinity when lengths differ. */
export function worst(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let size = 0;
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(actual[i]! - expected[i]!));
    if (Number.isNaN(actual[i])) return Number.POSITIVE_INFINITY;
    size = Math.max(size, Math.abs(expected[i]!));
  }
  return size === 0 ? difference : difference / size;
}
