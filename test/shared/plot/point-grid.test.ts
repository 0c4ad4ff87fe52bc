import { describe, expect, it } from 'vitest';
import { medianSpacing, nearestPoint, pointGrid } from '../../../src-shared/plot/point-grid.ts';
import { Random } from '../../../src-shared/maths/random.ts';

function scattered(points: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: 2 * points }, () => 1000 * random.uniform());
}

describe('nearestPoint', () => {
  it('finds what a look at every point finds', () => {
    const xy = scattered(3000, 1);
    const grid = pointGrid(xy);
    const random = new Random(2);
    for (let i = 0; i < 300; i++) {
      const [x, y, radius] = [
        1200 * random.uniform() - 100,
        1200 * random.uniform() - 100,
        40 * random.uniform(),
      ];
      let best = -1;
      let nearest = radius * radius;
      for (let point = 0; point < 3000; point++) {
        const distance = (xy[2 * point]! - x) ** 2 + (xy[2 * point + 1]! - y) ** 2;
        if (distance < nearest) [best, nearest] = [point, distance];
      }
      expect(nearestPoint(grid, x, y, radius)).toBe(best);
    }
  });

  it('leaves out points without a position and those that are not asked for', () => {
    const xy = Float32Array.of(0, 0, NaN, 1, 5, 5, 6, 6);
    expect(nearestPoint(pointGrid(xy), 0, 1, 3)).toBe(0);
    expect(nearestPoint(pointGrid(xy, Uint32Array.of(1, 2)), 6, 6, 3)).toBe(2);
    expect(nearestPoint(pointGrid(Float32Array.of(NaN, NaN)), 0, 0, 1e9)).toBe(-1);
  });
});

describe('medianSpacing', () => {
  it('is the step of a lattice', () => {
    const xy = Float32Array.from({ length: 2 * 900 }, (_, i) => {
      const point = i >> 1;
      return i % 2 === 0 ? 7 * (point % 30) : 7 * Math.floor(point / 30);
    });
    expect(medianSpacing(pointGrid(xy))).toBeCloseTo(7, 5);
  });

  it('does without points at the same place, on a line, and without any', () => {
    expect(medianSpacing(pointGrid(Float32Array.of(0, 0, 0, 0, 3, 0, 6, 0)))).toBe(3);
    expect(medianSpacing(pointGrid(Float32Array.of(1, 1, 1, 1)))).toBe(0);
    expect(medianSpacing(pointGrid(new Float32Array()))).toBe(0);
  });
});
