import { describe, expect, it } from 'vitest';
import { fromSlider, toSlider } from '../../../src-renderer/components/slider-scale.ts';

describe('the slider of a weight', () => {
  it('has 0 at its left end and the limits at its ends', () => {
    expect(fromSlider(0, 0.001, 100)).toBe(0);
    expect(fromSlider(1, 0.001, 100)).toBe(100);
    expect(fromSlider(0.04, 0.001, 100)).toBe(0.001);
    expect(toSlider(0, 0.001, 100)).toBe(0);
    expect(toSlider(100, 0.001, 100)).toBe(1);
    expect(toSlider(5000, 0.001, 100)).toBe(1);
  });

  it('gives equal ways to equal factors', () => {
    const way = (a: number, b: number) => toSlider(b, 0.001, 100) - toSlider(a, 0.001, 100);
    expect(way(0.01, 0.1)).toBeCloseTo(way(1, 10), 12);
    expect(way(0.01, 0.1)).toBeCloseTo(0.96 / 5, 12);
  });

  it('comes back to the value that it was set to', () => {
    for (const value of [0, 0.001, 0.3, 1, 6, 10, 100]) {
      expect(fromSlider(toSlider(value, 0.001, 100), 0.001, 100)).toBe(value);
    }
  });
});
