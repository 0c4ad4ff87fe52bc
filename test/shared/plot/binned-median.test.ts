import { describe, expect, it } from 'vitest';
import { binnedMedian } from '../../../src-shared/plot/binned-median.ts';

describe('binnedMedian', () => {
  it('takes the medians of bins of equal count, sorted by x', () => {
    // 10 points give 2 bins of 5: x 0 … 4 and 5 … 9.
    const y = [9, 1, 5, 3, 7, 20, 22, 21, 24, 23];
    const points = y.map((value, x) => ({ x, y: value })).reverse();
    expect(binnedMedian(points)).toEqual([
      { x: 2, y: 5 },
      { x: 7, y: 22 },
    ]);
  });

  it('needs five points, and leaves out those without a number', () => {
    const four = [1, 2, 3, 4].map((x) => ({ x, y: x }));
    expect(binnedMedian([...four, { x: 5, y: Number.NaN }])).toEqual([]);
  });

  it('makes ten bins at most', () => {
    expect(binnedMedian(Array.from({ length: 1000 }, (_, x) => ({ x, y: x })))).toHaveLength(10);
  });
});
