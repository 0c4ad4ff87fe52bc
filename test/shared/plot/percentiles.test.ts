import { describe, expect, it } from 'vitest';
import { Percentiles } from '../../../src-shared/plot/percentiles.ts';
import { Random } from '../../../src-shared/maths/random.ts';

/** By sorting, as numpy does with its default. */
function sortedPercentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (percent / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(rank)]!;
  return below + (rank - Math.floor(rank)) * ((sorted[Math.ceil(rank)] ?? below) - below);
}

describe('Percentiles', () => {
  it('are those of the sorted values, of both signs and any size', () => {
    const random = new Random(4);
    const values = Float32Array.from(
      { length: 4001 },
      () => (random.uniform() - 0.4) * 10 ** Math.floor(8 * random.uniform() - 4),
    );
    const spread = new Percentiles(values);
    for (const percent of [0, 0.5, 1, 12.3, 50, 99, 99.9, 100]) {
      expect(spread.at(percent)).toBeCloseTo(sortedPercentile([...values], percent), 5);
    }
  });

  it('know counts with many zeros exactly, and leave out what is missing', () => {
    const counts = [...Array<number>(90).fill(0), 1, 1, 2, 3, 3, 3, 4, 7, 9, 300];
    const spread = new Percentiles(Float32Array.from([...counts, NaN, NaN, -NaN]));
    expect(spread.count).toBe(100);
    expect([spread.low, spread.high, spread.mean]).toEqual([0, 300, 3.33]);
    expect(spread.at(89)).toBeCloseTo(sortedPercentile(counts, 89), 10);
    expect(spread.at(95)).toBe(sortedPercentile(counts, 95));
    expect(spread.at(99)).toBeCloseTo(sortedPercentile(counts, 99), 4);
  });

  it('say nothing of no values', () => {
    const spread = new Percentiles(Float32Array.of(NaN));
    expect([spread.count, spread.at(50), spread.low, spread.mean]).toEqual([0, NaN, NaN, NaN]);
  });

  it('read a part of a longer array', () => {
    expect(new Percentiles(new Float32Array([9, 9, 1, 2, 3]).subarray(2)).at(50)).toBe(2);
  });
});
