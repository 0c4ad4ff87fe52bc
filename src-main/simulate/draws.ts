import type { Random } from '../../src-shared/maths/random.ts';

/** Means up to here are drawn by inversion: one uniform number each, as most counts are small. */
const inversionLimit = 20;

/** A gamma deviate of the given shape (> 0) and scale 1 (Marsaglia & Tsang 2000; shapes below 1 by its note). */
export function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A Poisson deviate: by inversion, large means split into small ones (Poisson variables add up). */
export function poisson(random: Random, mean: number): number {
  let total = 0;
  let rest = mean;
  for (; rest > inversionLimit; rest -= inversionLimit) total += smallPoisson(random, inversionLimit);
  return total + smallPoisson(random, rest);
}

function smallPoisson(random: Random, mean: number): number {
  let probability = Math.exp(-mean);
  let left = random.uniform() - probability;
  let count = 0;
  while (left >= 0 && count < 1000) {
    count++;
    probability *= mean / count;
    left -= probability;
  }
  return count;
}

/**
 * A negative binomial count, that is a Poisson count whose mean is gamma distributed.
 * mean ≥ 0; size > 0 is the gamma's shape, so the variance is mean + mean² / size.
 */
export function negativeBinomial(random: Random, mean: number, size: number): number {
  if (mean <= 0) return 0;
  if (mean > inversionLimit) return poisson(random, (gamma(random, size) * mean) / size);
  const failure = mean / (mean + size);
  let probability = Math.exp(size * Math.log1p(-failure));
  let left = random.uniform() - probability;
  let count = 0;
  while (left >= 0 && count < 10_000) {
    probability *= ((size + count) / (count + 1)) * failure;
    count++;
    left -= probability;
  }
  return count;
}
