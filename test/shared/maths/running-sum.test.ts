import { describe, expect, it } from 'vitest';
import { runningPeak } from '../../../src-shared/maths/running-sum.ts';

describe('the running sum of a set in a ranking, by hand', () => {
  it('falls by 1/3 at others, rises by the share of the weight', () => {
    // 3/4, 3/4 − 1/3, 1 − 1/3, 1/3, 0
    const { score, at } = runningPeak(Int32Array.of(0, 2), 2, [3, 9, 1, 9, 9]);
    expect(score).toBeCloseTo(3 / 4, 14);
    expect(at).toBe(0);
    // −1/3, −1/3 + 9/10, 9/10 − 2/3, 9/10 − 1, 0
    expect(runningPeak(Int32Array.of(1, 4), 2, [3, 9, 1, 9, 1]).score).toBeCloseTo(17 / 30, 14);
  });

  it('troughs lie before a member', () => {
    // −1/3, 1/10 − 1/3, 1/10 − 2/3, 1/10 − 1, 0
    const { score, at } = runningPeak(Int32Array.of(1, 4), 2, [3, 1, 1, 9, 9]);
    expect(score).toBeCloseTo(-9 / 10, 14);
    expect(at).toBe(1);
  });

  it('only the first positions count', () => {
    expect(runningPeak(Int32Array.of(0, 1, 0, 0), 2, [1, 1, 1, 1])).toEqual({ score: 1, at: 1 });
  });

  it('members without weight weigh the same; a set of everything has no trough', () => {
    expect(runningPeak(Int32Array.of(0, 1), 2, [0, 0, 0, 0]).score).toBe(1);
    expect(runningPeak(Int32Array.of(0, 1), 2, [2, 1]).score).toBeCloseTo(1, 14);
  });
});
