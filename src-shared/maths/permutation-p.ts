import { normalUpperTail } from './normal.ts';
import type { Numbers } from './statistics.ts';

/** Where fewer copies reach the observed value, their count says too little and the tail is extrapolated. */
export const FEWEST_EXCEEDING = 10;

/** Copies of an equal correlation may differ by this much in single precision; they count as reaching it. */
const ROUNDING = 1e-6;

/** Two-sided p-value of a correlation. */
export interface PermutationP {
  readonly p: number;
  /** Copies whose correlation is at least as far from 0. */
  readonly exceeding: number;
  /** True where p is a count, false where it is extrapolated. */
  readonly exact: boolean;
}

/**
 * Two-sided p-value of a correlation r from the correlations r* of P permuted copies: (1 + #{|r*| ≥ |r|}) / (P + 1)
 * (Phipson & Smyth 2010). Where fewer than ten copies exceed, artanh r* is taken as normal with its own mean μ and
 * sample standard deviation σ: p = Q((|z| − μ)/σ) + Q((|z| + μ)/σ) with z = artanh r, so that adjustment over
 * thousands of genes is not bounded by 1 / (P + 1).
 *
 * A copy that is not a number (a constant one) counts as 0. NaN where r is NaN.
 */
export function permutationP(r: number, copies: Numbers): PermutationP {
  if (Number.isNaN(r)) return { p: Number.NaN, exceeding: 0, exact: true };
  const reached = Math.abs(r) - ROUNDING;
  let exceeding = 0;
  for (let i = 0; i < copies.length; i++) if (Math.abs(copies[i]! || 0) >= reached) exceeding++;
  const tail = exceeding < FEWEST_EXCEEDING ? normalTail(r, copies) : Number.NaN;
  if (!Number.isNaN(tail)) return { p: tail, exceeding, exact: false };
  return { p: (1 + exceeding) / (1 + copies.length), exceeding, exact: true };
}

/** The extrapolated p-value; NaN where the copies do not vary. */
function normalTail(r: number, copies: Numbers): number {
  const n = copies.length;
  let [mean, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    const z = fisher(copies[i]!);
    const step = z - mean;
    mean += step / (i + 1);
    squares += step * (z - mean);
  }
  const sd = Math.sqrt(squares / (n - 1));
  if (!(sd > 0)) return Number.NaN;
  const z = Math.abs(fisher(r));
  return Math.min(1, normalUpperTail((z - mean) / sd) + normalUpperTail((z + mean) / sd));
}

/** artanh r, finite: correlations of ±1 are taken as the next smaller ones in single precision. */
function fisher(r: number): number {
  return Math.atanh(Math.max(-0.9999999, Math.min(0.9999999, r || 0)));
}
