import type { Numbers } from './statistics.ts';

/** Where the running sum of a set in a ranking is farthest from 0. */
export interface RunningPeak {
  /** Enrichment score, −1 … 1; positive where the set lies at the front. */
  readonly score: number;
  /** Index among the set's positions: the last one up to a peak, the first one behind a trough. */
  readonly at: number;
}

/**
 * Enrichment score of a set in a ranking (Subramanian et al. 2005): along the ranking the running sum rises by
 * w / Σ w at a member and falls by 1 / (N − k) at any other item; the score is its value farthest from 0, the positive
 * one where both are equally far. Where Σ w = 0 all members weigh the same. O(k).
 *
 * @param positions of the k members in the ranking, increasing
 * @param count of the positions that count, the first ones
 * @param weights of all N items in the order of the ranking, not negative
 */
export function runningPeak(positions: Int32Array, count: number, weights: Numbers): RunningPeak {
  let total = 0;
  for (let j = 0; j < count; j++) total += weights[positions[j]!]!;
  const step = count < weights.length ? 1 / (weights.length - count) : 0;
  const even = total > 0 ? 0 : 1 / count;
  const scale = total > 0 ? 1 / total : 0;
  let [sum, high, low, highAt, lowAt] = [0, 0, 0, 0, 0];
  for (let j = 0; j < count; j++) {
    const position = positions[j]!;
    sum -= (position - (j === 0 ? 0 : positions[j - 1]! + 1)) * step;
    if (sum < low) {
      low = sum;
      lowAt = j;
    }
    sum += weights[position]! * scale + even;
    if (sum > high) {
      high = sum;
      highAt = j;
    }
  }
  return high >= -low ? { score: high, at: highAt } : { score: low, at: lowAt };
}
