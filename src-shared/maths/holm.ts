import { argsort } from './statistics.ts';
import type { Numbers } from './statistics.ts';

/**
 * Holm's step-down adjustment of p-values (Holm 1979): the i-th smallest of m becomes
 * max over j ≤ i of (m − j + 1) p₍ⱼ₎, at most 1. Controls the chance of any false rejection.
 *
 * A NaN stays NaN and does not count towards m. Throws a RangeError for a p-value outside [0, 1].
 */
export function holm(p: Numbers): Float64Array {
  return adjusted(p, (sorted) => {
    const m = sorted.length;
    let largest = 0;
    return sorted.map((value, i) => (largest = Math.max(largest, Math.min(1, (m - i) * value))));
  });
}

/**
 * Benjamini and Hochberg's step-up adjustment of p-values (1995): the i-th smallest of m becomes
 * min over j ≥ i of (m / j) p₍ⱼ₎, at most 1. Controls the expected share of false rejections.
 *
 * A NaN stays NaN and does not count towards m. Throws a RangeError for a p-value outside [0, 1].
 */
export function benjaminiHochberg(p: Numbers): Float64Array {
  return adjusted(p, (sorted) => {
    const m = sorted.length;
    let smallest = 1;
    for (let i = m - 1; i >= 0; i--) {
      smallest = Math.min(smallest, (m / (i + 1)) * sorted[i]!);
      sorted[i] = smallest;
    }
    return sorted;
  });
}

/** Applies an adjustment of increasing p-values to those that are numbers, each back in its place. */
function adjusted(p: Numbers, adjust: (sorted: Float64Array) => Float64Array): Float64Array {
  const values = Float64Array.from(p);
  if (values.some((value) => value < 0 || value > 1)) throw new RangeError('a p-value lies outside [0, 1]');
  const known = Array.from(values.keys()).filter((i) => !Number.isNaN(values[i]!));
  const order = argsort(known.map((i) => values[i]!));
  const result = new Float64Array(values.length).fill(Number.NaN);
  const sorted = adjust(Float64Array.from(order, (i) => values[known[i]!]!));
  order.forEach((position, i) => (result[known[position]!] = sorted[i]!));
  return result;
}
