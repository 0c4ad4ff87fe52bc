/** Below this the power series is used, from here on the continued fraction. */
const SERIES_BELOW = 1;

/**
 * Density of the standard normal, φ(z) = exp(−z²/2) / √(2π), to a few units in the last place at any z: z² is
 * split into the square of a multiple of 1/16, which is exact, and a small rest.
 */
export function normalDensity(z: number): number {
  const coarse = Math.round(z * 16) / 16;
  const rest = (z - coarse) * (z + coarse);
  return Math.abs(z) > 40
    ? 0
    : (Math.exp(-coarse * (coarse / 2)) * Math.exp(-rest / 2)) / Math.sqrt(2 * Math.PI);
}

/**
 * Upper tail of the standard normal, Q(z) = P(Z > z) = ½ erfc(z/√2), with a relative error below 2e-15 down to
 * 1e-300 (z ≈ 37); 0 beyond 38.5, NaN of NaN.
 *
 * Small z by the series Q = ½ − φ(z) Σ z^(2n+1) / (1·3·…·(2n+1)), large z by Laplace's continued fraction
 * Q = φ(z) / (z + 1/(z + 2/(z + 3/(z + …)))) (Abramowitz & Stegun 1964, 26.2.11 and 26.2.14).
 */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  if (z === Infinity) return 0;
  return z < SERIES_BELOW ? 0.5 - normalDensity(z) * series(z) : normalDensity(z) / continuedFraction(z);
}

function series(z: number): number {
  let sum = 0;
  let term = z;
  for (let odd = 3; sum + term !== sum; odd += 2) {
    sum += term;
    term *= (z * z) / odd;
  }
  return sum;
}

/** Evaluated from the inside out, which damps rounding; the number of terms is ample for z ≥ 1. */
function continuedFraction(z: number): number {
  let value = z;
  for (let n = Math.ceil(20 + 400 / (z * z)); n > 0; n--) value = z + n / value;
  return value;
}
