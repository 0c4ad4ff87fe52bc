import { describe, expect, it } from 'vitest';
import { PositiveMoments } from '../../../src-main/preprocess/moments.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { mean, standardDeviation, variance } from '../../../src-shared/maths/statistics.ts';

describe('moments of a sparse column', () => {
  it('agree with those of the column written out', () => {
    const random = new Random(1);
    const column = Array.from({ length: 500 }, () => (random.uniform() < 0.3 ? random.below(50) + 0.5 : 0));
    const moments = new PositiveMoments(2);
    for (const value of column) if (value > 0) moments.add(1, value);
    const positive = column.filter((value) => value > 0);
    expect(moments.count[1]).toBe(positive.length);
    expect(moments.positiveMean[1]).toBeCloseTo(mean(positive), 12);
    expect(moments.positiveSd(1)).toBeCloseTo(standardDeviation(positive, 1), 12);
    expect(moments.mean(1, 500)).toBeCloseTo(mean(column), 12);
    expect(moments.variance(1, 500, 1)).toBeCloseTo(variance(column, 1), 11);
    expect(moments.variance(1, 500, 0)).toBeCloseTo(variance(column, 0), 11);
    expect([moments.count[0], moments.mean(0, 500), moments.variance(0, 500, 1)]).toEqual([0, 0, 0]);
  });

  it('a constant column has no variance at all, whatever the value', () => {
    const moments = new PositiveMoments(1);
    for (let i = 0; i < 1000; i++) moments.add(0, Math.fround(0.1));
    expect(moments.variance(0, 1000, 1)).toBe(0);
  });

  it('one positive value has sd 0', () => {
    const moments = new PositiveMoments(1);
    moments.add(0, 7);
    expect(moments.positiveSd(0)).toBe(0);
  });
});
