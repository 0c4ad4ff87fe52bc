import { describe, expect, it } from 'vitest';
import { wilcoxonSignedRank } from '../../../src-shared/maths/wilcoxon.ts';
import { relativeError, statisticsReference } from '../../helpers/statistics-reference.ts';

describe("Wilcoxon's signed-rank test against SciPy", () => {
  it.each(statisticsReference.signedRank)('$a.length pairs, $n of them different: p = $p', (wanted) => {
    const test = wilcoxonSignedRank(wanted.a, wanted.b);
    expect(test.n).toBe(wanted.n);
    expect(test.statistic).toBe(wanted.statistic);
    expect(relativeError(test.p, wanted.p)).toBeLessThan(1e-12);
  });
});

describe("Wilcoxon's signed-rank test by hand", () => {
  it('all of n pairs in one direction: p = 2 / 2ⁿ', () => {
    expect(wilcoxonSignedRank([2, 4, 6, 8, 10], [1, 2, 3, 4, 5])).toEqual({ n: 5, statistic: 0, p: 2 / 32 });
    expect(wilcoxonSignedRank([1, 1, 1], [2, 2, 2]).p).toBe(2 / 8);
  });

  it('ranks 1, 2, 3 with only 1 negative: sums ≤ 1 are two of eight', () => {
    expect(wilcoxonSignedRank([-1, 2, 3], [0, 0, 0])).toEqual({ n: 3, statistic: 1, p: 0.5 });
  });

  it('does not care which side comes first', () => {
    const { a, b } = statisticsReference.signedRank.at(-1)!;
    expect(wilcoxonSignedRank(b, a)).toEqual(wilcoxonSignedRank(a, b));
  });

  it('no difference, or no pair, is no evidence', () => {
    expect(wilcoxonSignedRank([1, 2], [1, 2])).toEqual({ n: 0, statistic: 0, p: 1 });
    expect(wilcoxonSignedRank([], []).p).toBe(1);
  });

  it('a NaN spoils the result instead of vanishing', () => {
    expect(wilcoxonSignedRank([1, Number.NaN], [0, 0]).p).toBeNaN();
  });

  it('refuses sides of different length', () => {
    expect(() => wilcoxonSignedRank([1, 2], [1])).toThrow(RangeError);
  });
});
