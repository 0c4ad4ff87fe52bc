import { describe, expect, it } from 'vitest';
import {
  argsort,
  mean,
  median,
  quantile,
  range,
  ranks,
  standardDeviation,
  variance,
  zScores,
} from '../../../src-shared/maths/statistics.ts';

describe('statistics', () => {
  it('mean, variance and sd of a textbook sample', () => {
    const values = [2, 4, 4, 4, 5, 5, 7, 9];
    expect(mean(values)).toBe(5);
    expect(variance(values)).toBe(4);
    expect(standardDeviation(values)).toBe(2);
    expect(variance(values, 1)).toBeCloseTo(32 / 7, 14);
  });

  it('variance survives a large mean', () => {
    expect(variance([1e9 + 1, 1e9 + 2, 1e9 + 3], 1)).toBe(1);
  });

  it('says NaN where nothing is defined', () => {
    expect(mean([])).toBeNaN();
    expect(variance([3], 1)).toBeNaN();
    expect(median([])).toBeNaN();
    expect(range([]).min).toBeNaN();
    expect(range([1, Number.NaN, 3]).max).toBeNaN();
  });

  it('quantiles as R type 7 (numbers from R: quantile(c(1,3,4,10,15), c(.1,.25,.5,.9)))', () => {
    const values = [10, 1, 4, 15, 3];
    expect(quantile(values, 0.1)).toBeCloseTo(1.8, 14);
    expect(quantile(values, 0.25)).toBe(3);
    expect(quantile(values, 0.5)).toBe(4);
    expect(quantile(values, 0.9)).toBeCloseTo(13, 14);
    expect(quantile(values, 0)).toBe(1);
    expect(quantile(values, 1)).toBe(15);
    expect(() => quantile(values, 1.1)).toThrow(RangeError);
  });

  it('median of an even number of values is the mean of the middle two', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('argsort is stable', () => {
    expect([...argsort([3, 1, 3, 1, 2])]).toEqual([1, 3, 4, 0, 2]);
  });

  it('equal values share their mean rank', () => {
    expect([...ranks([10, 20, 10, 30, 10])]).toEqual([2, 4, 2, 5, 2]);
    expect([...ranks([])]).toEqual([]);
  });

  it('z-scores have mean 0 and population sd 1, and are 0 where nothing varies', () => {
    const z = zScores([1, 2, 3, 10]);
    expect(mean(z)).toBeCloseTo(0, 14);
    expect(standardDeviation(z)).toBeCloseTo(1, 14);
    expect([...zScores([0.1, 0.1, 0.1])]).toEqual([0, 0, 0]);
  });
});
