import { normalUpperTail } from './normal.ts';
import { ranks } from './statistics.ts';
import type { Numbers } from './statistics.ts';

/** Up to so many pairs the p-value is exact if no difference is zero and no two are equally large. */
const EXACT_UP_TO = 50;
/** Up to so many pairs it is exact with zeros and ties too. */
const EXACT_WITH_TIES_UP_TO = 13;

/** Outcome of Wilcoxon's signed-rank test. */
export interface SignedRankTest {
  /** Pairs whose difference is not zero. */
  readonly n: number;
  /** The smaller of the sums of ranks of the positive and of the negative differences. */
  readonly statistic: number;
  /** Two-sided p-value. */
  readonly p: number;
}

/**
 * Wilcoxon's signed-rank test of paired values, two-sided (Wilcoxon 1945). Differences of zero are dropped, equal
 * sizes share their mean rank. The p-value is exact for up to 50 pairs without zeros and ties and for up to 13
 * pairs with them (all 2ⁿ signs equally likely); otherwise normal, z = (R⁺ − n(n+1)/4) / σ with
 * σ² = n(n+1)(2n+1)/24 − Σ(t³ − t)/48 over groups of t ties, without continuity correction. These are the choices
 * of SciPy ≥ 1.13, `wilcoxon(a, b)`.
 *
 * No difference at all gives p = 1, a NaN anywhere gives NaN. Throws a RangeError when the lengths differ.
 */
export function wilcoxonSignedRank(a: Numbers, b: Numbers): SignedRankTest {
  if (a.length !== b.length) throw new RangeError(`${a.length} and ${b.length} values are no pairs`);
  const all = Float64Array.from({ length: a.length }, (_, i) => a[i]! - b[i]!);
  const differences = all.filter((difference) => difference !== 0);
  const n = differences.length;
  if (differences.some(Number.isNaN)) return { n, statistic: Number.NaN, p: Number.NaN };
  if (n === 0) return { n, statistic: 0, p: 1 };

  const rank = ranks(differences.map(Math.abs));
  const positive = rank.reduce((sum, r, i) => (differences[i]! > 0 ? sum + r : sum), 0);
  const statistic = Math.min(positive, (n * (n + 1)) / 2 - positive);
  const plain = n === all.length && new Set(rank).size === n;
  const exact = all.length <= (plain ? EXACT_UP_TO : EXACT_WITH_TIES_UP_TO);
  return { n, statistic, p: exact ? exactP(rank, statistic) : normalP(rank, statistic) };
}

/** P(sum ≤ statistic), twice, when each rank is positive with probability ½. */
function exactP(rank: Float64Array, statistic: number): number {
  // Mean ranks are multiples of a half, so twice a rank is a whole number; counts stay below 2^50, exact in doubles.
  const counts = new Float64Array(2 * statistic + 1);
  counts[0] = 1;
  for (const r of rank) {
    for (let sum = counts.length - 1; sum >= 2 * r; sum--) counts[sum] = counts[sum]! + counts[sum - 2 * r]!;
  }
  const below = counts.reduce((total, count) => total + count, 0);
  return Math.min(1, (2 * below) / 2 ** rank.length);
}

function normalP(rank: Float64Array, statistic: number): number {
  const n = rank.length;
  const groups = new Map<number, number>();
  for (const r of rank) groups.set(r, (groups.get(r) ?? 0) + 1);
  let ties = 0;
  for (const t of groups.values()) ties += t ** 3 - t;
  const sd = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - ties / 48);
  return Math.min(1, 2 * normalUpperTail(((n * (n + 1)) / 4 - statistic) / sd));
}
