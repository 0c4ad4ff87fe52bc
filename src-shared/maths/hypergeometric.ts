/** From here on five terms of Stirling's series are right to the last place. */
const SERIES_FROM = 16;

/**
 * ln P(X = k) of the hypergeometric distribution: k marked among n drawn without replacement from N, K of them marked.
 *
 * Written with binomial probabilities b of the same p = n / N, P = b(k; K, p) b(n − k; N − K, p) / b(n; N, p), each in
 * Loader's saddle-point form (Loader 2000), so that no large logarithms cancel: error below 1e-12 for N up to 1e6.
 * −Infinity outside of the support.
 */
export function logHypergeometric(k: number, N: number, K: number, n: number): number {
  const [least, most] = support(N, K, n);
  if (k < least || k > most) return -Infinity;
  if (least === most) return 0;
  const [p, q] = [n / N, (N - n) / N];
  return logBinomial(k, K, p, q) + logBinomial(n - k, N - K, p, q) - logBinomial(n, N, p, q);
}

/**
 * Upper tail of the hypergeometric distribution, P(X ≥ k), with a relative error below 1e-10 down to 1e-300.
 *
 * The first term by {@link logHypergeometric}, the others by their ratios, (K − k)(n − k) / ((k + 1)(N − K − n + k + 1));
 * below the mode as 1 − P(X < k). Throws a RangeError unless 0 ≤ K, n ≤ N are whole and k is whole.
 *
 * @param k marked among the drawn ones, at least
 * @param N all
 * @param K marked ones among all
 * @param n drawn ones
 */
export function hypergeometricUpperTail(k: number, N: number, K: number, n: number): number {
  if (![k, N, K, n].every(Number.isInteger) || K < 0 || n < 0 || Math.max(K, n) > N) {
    throw new RangeError(`${k} of ${n} drawn from ${N}, ${K} of them marked`);
  }
  const [least, most] = support(N, K, n);
  if (k <= least) return 1;
  if (k > most) return 0;
  const mode = Math.floor(((n + 1) * (K + 1)) / (N + 2));
  const upper = k > mode;
  const first = upper ? k : k - 1;
  const tail = Math.exp(logHypergeometric(first, N, K, n)) * termsOverFirst(first, upper, N, K, n);
  return upper ? Math.min(1, tail) : Math.max(0, 1 - tail);
}

function support(N: number, K: number, n: number): [number, number] {
  return [Math.max(0, n + K - N), Math.min(n, K)];
}

/** Σ P(X = j) / P(X = first) over j ≥ first (`upwards`) or j ≤ first; terms fall from the first on. */
function termsOverFirst(first: number, upwards: boolean, N: number, K: number, n: number): number {
  let sum = 0;
  let term = 1;
  for (let j = first; sum + term !== sum; j += upwards ? 1 : -1) {
    sum += term;
    term *= upwards
      ? ((K - j) * (n - j)) / ((j + 1) * (N - K - n + j + 1))
      : (j * (N - K - n + j)) / ((K - j + 1) * (n - j + 1));
  }
  return sum;
}

/** ln of the binomial probability of x in n; q = 1 − p, both above 0. */
function logBinomial(x: number, n: number, p: number, q: number): number {
  if (x === 0) return n * Math.log(q);
  if (x === n) return n * Math.log(p);
  const y = n - x;
  const stirling = stirlingError(n) - stirlingError(x) - stirlingError(y);
  return stirling - deviance(x, n * p) - deviance(y, n * q) - 0.5 * Math.log(2 * Math.PI * x * (y / n));
}

/** x ln(x / m) + m − x, without cancellation where x is near m. */
function deviance(x: number, m: number): number {
  const v = (x - m) / (x + m);
  if (Math.abs(v) > 0.1) return x * Math.log(x / m) + m - x;
  let sum = (x - m) * v;
  let power = 2 * x * v;
  for (let odd = 3; ; odd += 2) {
    power *= v * v;
    const next = sum + power / odd;
    if (next === sum) return sum;
    sum = next;
  }
}

/** ln n! − (n + ½) ln n + n − ½ ln 2π for whole n ≥ 1 (Abramowitz & Stegun 6.1.41). */
function stirlingError(n: number): number {
  if (n < SERIES_FROM) return SMALL_ERRORS[n]!;
  const s = 1 / (n * n);
  return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / n;
}

/** Factorials below 16! are exact in a double. */
const SMALL_ERRORS = Float64Array.from({ length: SERIES_FROM }, (_, n) => {
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return Math.log(factorial) - (n + 0.5) * Math.log(n) + n - 0.5 * Math.log(2 * Math.PI);
});
