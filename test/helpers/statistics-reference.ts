import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** test/reference/statistics-scipy.json: numbers of SciPy, statsmodels, scikit-learn and mpmath. */
export interface StatisticsReference {
  readonly normalTail: readonly { readonly z: number; readonly p: number }[];
  readonly signedRank: readonly {
    readonly a: number[];
    readonly b: number[];
    readonly n: number;
    readonly statistic: number;
    readonly p: number;
  }[];
  readonly adjustments: readonly {
    readonly p: number[];
    readonly holm: number[];
    readonly benjaminiHochberg: number[];
  }[];
  readonly bootstrap: {
    readonly values: number[];
    readonly low: number;
    readonly high: number;
    readonly standardError: number;
  };
  readonly moran: {
    readonly k: number;
    readonly points: number[];
    readonly neighbours: number[];
    readonly s0: number;
    readonly s1: number;
    readonly s2: number;
    readonly variance: number;
    readonly genes: readonly { values: number[]; i: number; z: number; pGreater: number }[];
  };
  readonly expectedAccuracy: {
    readonly features: number[][];
    readonly achieved: number[];
    readonly penalty: number;
    readonly coefficients: number[];
    readonly leftOut: number[];
    readonly spearman: number;
    readonly meanAbsoluteError: number;
    readonly fresh: number[][];
    readonly predictions: number[];
  };
}

export const statisticsReference = JSON.parse(
  readFileSync(join(import.meta.dirname, '../reference/statistics-scipy.json'), 'utf8'),
) as StatisticsReference;

/** |actual − wanted| / |wanted|; the absolute difference where 0 is wanted. */
export function relativeError(actual: number, wanted: number): number {
  return Math.abs(actual - wanted) / (wanted === 0 ? 1 : Math.abs(wanted));
}

/** The largest {@link relativeError} of some values. */
export function largestError(actual: ArrayLike<number>, wanted: readonly number[]): number {
  if (actual.length !== wanted.length) return Infinity;
  return Math.max(...wanted.map((value, i) => relativeError(actual[i]!, value)));
}
