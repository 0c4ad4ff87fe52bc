import type { SizeNull } from './enrichment-null.ts';

/** What the rate is computed from: size and normalised score of a set. */
export interface NormalisedTerm {
  readonly size: number;
  readonly nes: number;
}

/**
 * False discovery rate of each set (Subramanian et al. 2005): among the normalised scores of its sign, the share of all
 * sets' random ones that are as far from 0, over the share of the observed ones that are; at most 1. NaN where the
 * normalised score is NaN.
 */
export function falseDiscoveryRates(
  terms: readonly NormalisedTerm[],
  nulls: ReadonlyMap<number, SizeNull>,
): Float64Array {
  const setsOf = new Map<number, number>();
  for (const { size } of terms) setsOf.set(size, (setsOf.get(size) ?? 0) + 1);
  const rates = new Float64Array(terms.length).fill(Number.NaN);
  for (const sign of [1, -1]) {
    const observed = Float64Array.from(terms, ({ nes }) => nes * sign)
      .filter((score) => score > 0)
      .sort();
    const random = sharesFrom(observed, nulls, setsOf, sign);
    for (const [i, { nes }] of terms.entries()) {
      if (!(nes * sign > 0)) continue;
      const first = countBelow(observed, nes * sign, false);
      rates[i] = Math.min(1, random[first]! / ((observed.length - first) / observed.length));
    }
  }
  return rates;
}

/** For each of some increasing scores, the share of all sets' random normalised scores of a sign that are as large. */
function sharesFrom(
  observed: Float64Array,
  nulls: ReadonlyMap<number, SizeNull>,
  setsOf: ReadonlyMap<number, number>,
  sign: number,
): Float64Array {
  // Weight of the random scores by how many of the observed ones they reach.
  const reaching = new Float64Array(observed.length + 1);
  for (const [size, { scores, positiveMean, negativeMean }] of nulls) {
    const mean = sign > 0 ? positiveMean : -negativeMean;
    const sets = setsOf.get(size) ?? 0;
    for (const score of scores) {
      const normalised = (score * sign) / mean;
      if (!(normalised > 0)) continue;
      const reached = countBelow(observed, normalised, true);
      reaching[reached] = reaching[reached]! + sets;
    }
  }
  const total = reaching.reduce((sum, weight) => sum + weight, 0);
  const shares = new Float64Array(observed.length);
  for (let i = observed.length - 1, from = 0; i >= 0; i--) shares[i] = (from += reaching[i + 1]!) / total;
  return shares;
}

/** How many of some increasing numbers are below a value, or equal to it where those count. */
function countBelow(sorted: Float64Array, value: number, orEqual: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle]!;
    if (at < value || (orEqual && at === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
