import { describe, expect, it } from 'vitest';
import { smoothed } from '../../../../src-renderer/components/charts/smooth.ts';

describe('smoothed', () => {
  it('leaves values as they are with weight 0', () => {
    expect([...smoothed([3, 1, 2], 0)]).toEqual([3, 1, 2]);
  });

  it('is the weighted mean of what came before, by hand', () => {
    // Weights 1/4, 1/2, 1 of 4, 2, 8: (1 + 1 + 8) / 1.75.
    expect(smoothed([4, 2, 8], 0.5)[2]).toBeCloseTo(10 / 1.75, 12);
    expect(smoothed([4, 2, 8], 0.5)[0]).toBe(4);
  });

  it('stays on a constant, from the first value on', () => {
    expect([...smoothed([7, 7, 7, 7], 0.9)].every((value) => Math.abs(value - 7) < 1e-12)).toBe(true);
  });

  it('looks alike when every value stands for several', () => {
    const step = Float64Array.from({ length: 400 }, (_, i) => (i < 200 ? 0 : 1));
    const thinned = step.filter((_, i) => i % 4 === 3);
    const [all, few] = [smoothed(step, 0.95), smoothed(thinned, 0.95, 4)];
    for (let i = 0; i < few.length; i += 1) expect(Math.abs(few[i]! - all[4 * i + 3]!)).toBeLessThan(0.08);
  });
});
