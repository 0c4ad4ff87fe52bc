import { mean, quantile } from '../maths/statistics.ts';
import type { Numbers } from '../maths/statistics.ts';

/** What a box plot shows (Tukey 1977). */
export interface BoxStatistics {
  readonly count: number;
  readonly mean: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  /** The farthest values that are at most 1.5 interquartile ranges from the box. */
  readonly whiskers: readonly [number, number];
  /** Values beyond the whiskers, in increasing order. */
  readonly outliers: Float64Array;
}

/**
 * Statistics of a box plot; quartiles by linear interpolation (type 7). NaN and infinite values are left out;
 * undefined when nothing is left.
 */
export function boxStatistics(values: Numbers): BoxStatistics | undefined {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  if (sorted.length === 0) return undefined;
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((p) => quantile(sorted, p)) as [number, number, number];
  const reach = 1.5 * (q3 - q1);
  const inside = sorted.filter((value) => value >= q1 - reach && value <= q3 + reach);
  return {
    count: sorted.length,
    mean: mean(sorted),
    q1,
    median,
    q3,
    whiskers: [inside[0]!, inside[inside.length - 1]!],
    outliers: sorted.filter((value) => value < inside[0]! || value > inside[inside.length - 1]!),
  };
}

/** At most `most` of the sorted values, evenly spread over their ranks; the first and the last always stay. */
export function thinned(sorted: Float64Array, most: number): Float64Array {
  if (sorted.length <= most) return sorted;
  const step = (sorted.length - 1) / (most - 1);
  return Float64Array.from({ length: most }, (_, i) => sorted[Math.round(i * step)]!);
}
