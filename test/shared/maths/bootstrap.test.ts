import { describe, expect, it } from 'vitest';
import { bootstrapMean } from '../../../src-shared/maths/bootstrap.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { mean, standardDeviation } from '../../../src-shared/maths/statistics.ts';
import { statisticsReference } from '../../helpers/statistics-reference.ts';

const { values, low, high, standardError } = statisticsReference.bootstrap;

describe('bootstrap interval of the mean', () => {
  it("comes to SciPy's with many resamples", () => {
    const ours = bootstrapMean(values, { repeats: 40_000, random: new Random(1) });
    // The sd of a 2.5 % quantile of 40,000 normal means is √(0.025·0.975/40,000)/φ(1.96) = 0.0134 standard errors.
    expect(Math.abs(ours.low - low)).toBeLessThan(4 * 0.0134 * standardError);
    expect(Math.abs(ours.high - high)).toBeLessThan(5 * 0.0134 * standardError);
  });

  it('of 0 and 1: a quarter of the resamples mean 0, half ½, a quarter 1', () => {
    const random = new Random(2);
    expect(bootstrapMean([0, 1], { random })).toEqual({ low: 0, high: 1 });
    expect(bootstrapMean([0, 1], { level: 0.4, random })).toEqual({ low: 0.5, high: 0.5 });
    expect(bootstrapMean([0, 1], { level: 0.6, random })).toEqual({ low: 0, high: 1 });
  });

  it('covers the true mean about as often as it says', () => {
    const random = new Random(3);
    let covered = 0;
    for (let trial = 0; trial < 400; trial++) {
      const sample = Array.from({ length: 40 }, () => random.normal());
      const interval = bootstrapMean(sample, { repeats: 400, level: 0.9, random });
      if (interval.low <= 0 && interval.high >= 0) covered++;
    }
    // 0.9 less the known shortfall of about 0.015 at n = 40; four binomial sds are 0.06.
    expect(covered / 400).toBeGreaterThan(0.825);
    expect(covered / 400).toBeLessThan(0.945);
  });

  it('is as wide as theory has it: 2 · 1.96 · sd/√n', () => {
    const sample = Array.from({ length: 500 }, (_, i) => Math.sin(i * 12.9898) * 3);
    const interval = bootstrapMean(sample, { random: new Random(4) });
    const wanted = (2 * 1.96 * standardDeviation(sample)) / Math.sqrt(500);
    expect(Math.abs((interval.high - interval.low) / wanted - 1)).toBeLessThan(0.07);
    expect(interval.low).toBeLessThan(mean(sample));
    expect(interval.high).toBeGreaterThan(mean(sample));
  });

  it('repeats itself by seed', () => {
    const first = bootstrapMean(values, { random: new Random(5) });
    expect(bootstrapMean(values, { random: new Random(5) })).toEqual(first);
    expect(bootstrapMean(values, { random: new Random(6) })).not.toEqual(first);
  });

  it('has no width where nothing varies, and is NaN where nothing is known', () => {
    const random = new Random(7);
    expect(bootstrapMean([0.1, 0.1, 0.1], { random })).toEqual({ low: 0.1, high: 0.1 });
    expect(bootstrapMean([0.7], { random })).toEqual({ low: 0.7, high: 0.7 });
    expect(bootstrapMean([], { random })).toEqual({ low: Number.NaN, high: Number.NaN });
    expect(bootstrapMean([1, Number.NaN], { random }).low).toBeNaN();
  });

  it.each([{ repeats: 0 }, { repeats: 1.5 }, { level: 1 }, { level: 0 }])('refuses %o', (options) => {
    expect(() => bootstrapMean([1, 2], { ...options, random: new Random(8) })).toThrow(RangeError);
  });
});
