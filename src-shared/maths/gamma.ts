/** Above this the asymptotic series is right to 1e-11. */
const ASYMPTOTIC = 6;

/**
 * ψ(x), the logarithmic derivative of the gamma function, for x > 0; relative error about 1e-11. Recurrence
 * ψ(x) = ψ(x + 1) − 1/x up to 6, then the asymptotic series (Abramowitz & Stegun 6.3.5, 6.3.18).
 */
export function digamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < ASYMPTOTIC; y += 1) shift += 1 / y;
  const s = 1 / (y * y);
  const series = s * (1 / 12 - s * (1 / 120 - s * (1 / 252 - s * (1 / 240 - s / 132))));
  return Math.log(y) - 0.5 / y - series - shift;
}

/** Up to here a sum is faster than two digammas. */
const SUMMED = 12;

/**
 * ψ(x + n) − ψ(x) for x > 0, n ≥ 0: Σ 1/(x + k), k < n, for small whole n.
 *
 * @param atX ψ(x), where the caller has it for many n
 */
export function digammaDifference(x: number, n: number, atX: number = digamma(x)): number {
  if (n > SUMMED || n !== Math.floor(n)) return digamma(x + n) - atX;
  let sum = 0;
  for (let k = 0; k < n; k++) sum += 1 / (x + k);
  return sum;
}
