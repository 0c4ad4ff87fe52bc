import { describe, expect, it } from 'vitest';
import { boxStatistics, thinned } from '../../../src-shared/plot/box-plot.ts';

describe('boxStatistics', () => {
  it('agrees with quartiles worked by hand', () => {
    // Sorted 1 2 3 4 5 6 7 8 20: quartiles are the 3rd, 5th and 7th value; fences 3 − 6 and 7 + 6.
    const box = boxStatistics([20, 1, 8, 2, 7, 3, 6, 4, 5])!;
    expect([box.q1, box.median, box.q3]).toEqual([3, 5, 7]);
    expect(box.whiskers).toEqual([1, 8]);
    expect([...box.outliers]).toEqual([20]);
    expect(box.mean).toBeCloseTo(56 / 9, 12);
    expect(box.count).toBe(9);
  });

  it('interpolates between order statistics', () => {
    // NumPy: np.percentile([1, 2, 3, 4], [25, 50, 75]) = 1.75, 2.5, 3.25.
    const box = boxStatistics([4, 2, 1, 3])!;
    expect([box.q1, box.median, box.q3]).toEqual([1.75, 2.5, 3.25]);
  });

  it('keeps a value exactly on the fence inside', () => {
    // Box 2 … 4, so the upper fence is 4 + 3 = 7.
    const box = boxStatistics([1, 2, 3, 4, 7])!;
    expect(box.whiskers).toEqual([1, 7]);
    expect(box.outliers).toHaveLength(0);
  });

  it('leaves out what is not a number, and says nothing of nothing', () => {
    expect(boxStatistics([Number.NaN, 2, Infinity])).toMatchObject({ count: 1, median: 2, whiskers: [2, 2] });
    expect(boxStatistics([Number.NaN])).toBeUndefined();
    expect(boxStatistics([])).toBeUndefined();
  });
});

describe('thinned', () => {
  it('keeps the ends and the number asked for', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => i);
    const few = thinned(values, 200);
    expect(few).toHaveLength(200);
    expect([few[0], few.at(-1)]).toEqual([0, 999]);
    expect(new Set(few).size).toBe(200);
    expect(thinned(values.subarray(0, 200), 200)).toHaveLength(200);
  });
});
