import type { Random } from './random.ts';
import { mean, quantile, range } from './statistics.ts';
import type { Numbers } from './statistics.ts';

/** How {@link bootstrapMean} resamples. */
export interface BootstrapOptions {
  /** Resamples drawn. */
  readonly repeats?: number;
  /** Share of the resampled means inside the interval. */
  readonly level?: number;
  readonly random: Random;
}

/** Ends of an interval, in the values' unit. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Percentile bootstrap interval of the mean (Efron 1979): `repeats` samples of the n values drawn with replacement;
 * the (1 ∓ level)/2 quantiles of their means. The same for the same values, options and state of `random`.
 *
 * Equal values (and a single one) give an interval of no width; no values, or a NaN among them, give NaN.
 * Throws a RangeError unless repeats ≥ 1 is whole and 0 < level < 1.
 */
export function bootstrapMean(values: Numbers, options: BootstrapOptions): Interval {
  const { repeats = 2000, level = 0.95, random } = options;
  if (!(Number.isInteger(repeats) && repeats >= 1)) throw new RangeError(`${repeats} resamples`);
  if (!(level > 0 && level < 1)) throw new RangeError(`an interval of level ${level}`);
  const { min, max } = range(values);
  if (Number.isNaN(min)) return { low: Number.NaN, high: Number.NaN };
  if (min === max) return { low: min, high: max };

  const sample = new Float64Array(values.length);
  const means = Float64Array.from({ length: repeats }, () => {
    for (let i = 0; i < sample.length; i++) sample[i] = values[random.below(sample.length)]!;
    return mean(sample);
  });
  return { low: quantile(means, (1 - level) / 2), high: quantile(means, (1 + level) / 2) };
}
