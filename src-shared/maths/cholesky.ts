/**
 * Solves A X = B for a symmetric positive definite A by Cholesky's factorisation.
 *
 * @param a n × n row-major; only the lower triangle is read
 * @param b n × k row-major; not changed
 * @returns n × k
 * Throws a RangeError when A is not positive definite.
 */
export function solvePositiveDefinite(
  a: Float64Array,
  b: ArrayLike<number>,
  n: number,
  k: number,
): Float64Array {
  const l = factor(a, n);
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) subtractRow(x, i, j, l[i * n + j]!, k);
    divideRow(x, i, l[i * n + i]!, k);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) subtractRow(x, i, j, l[j * n + i]!, k);
    divideRow(x, i, l[i * n + i]!, k);
  }
  return x;
}

function factor(a: Float64Array, n: number): Float64Array {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!;
      for (let p = 0; p < j; p++) sum -= l[i * n + p]! * l[j * n + p]!;
      if (i === j && !(sum > 0)) throw new RangeError('the matrix is not positive definite');
      l[i * n + j] = i === j ? Math.sqrt(sum) : sum / l[j * n + j]!;
    }
  }
  return l;
}

function subtractRow(x: Float64Array, i: number, j: number, times: number, k: number): void {
  for (let c = 0; c < k; c++) x[i * k + c] = x[i * k + c]! - times * x[j * k + c]!;
}

function divideRow(x: Float64Array, i: number, by: number, k: number): void {
  for (let c = 0; c < k; c++) x[i * k + c] = x[i * k + c]! / by;
}
