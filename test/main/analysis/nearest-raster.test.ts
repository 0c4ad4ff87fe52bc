import { describe, expect, it } from 'vitest';
import { nearestRaster } from '../../../src-main/analysis/nearest-raster.ts';
import { Random } from '../../../src-shared/maths/random.ts';

describe('nearest points of the pixels of a raster', () => {
  it('by hand: two points on a line of five pixels', () => {
    const { nearest } = nearestRaster(Float64Array.of(0.1, 3.9), Float64Array.of(0.5, 0.5), 5, 1);
    // The middle pixel's centre, 2.5, is 2.4 from the first and 1.4 from the second.
    expect([...nearest]).toEqual([0, 0, 1, 1, 1]);
  });

  it('is what a search of all points finds, but for rare pixels, and there less than a pixel farther', () => {
    const random = new Random(3);
    const [width, height, n] = [70, 45, 120];
    const x = Float64Array.from({ length: n }, () => random.uniform() * width);
    const y = Float64Array.from({ length: n }, () => random.uniform() * height);
    const { nearest } = nearestRaster(x, y, width, height);
    let different = 0;
    for (let pixel = 0; pixel < nearest.length; pixel++) {
      const [column, row] = [pixel % width, Math.floor(pixel / width)];
      const distance = (i: number): number => Math.hypot(x[i]! - column - 0.5, y[i]! - row - 0.5);
      let best = 0;
      for (let i = 1; i < n; i++) if (distance(i) < distance(best)) best = i;
      if (best === nearest[pixel]) continue;
      different++;
      expect(distance(nearest[pixel]!) - distance(best)).toBeLessThan(1);
    }
    expect(different / nearest.length).toBeLessThan(0.01);
  });

  it('of several points in one pixel the nearest to its centre', () => {
    const { nearest } = nearestRaster(Float64Array.of(0.1, 0.4, 0.95), Float64Array.of(0.5, 0.5, 0.5), 1, 1);
    expect([...nearest]).toEqual([1]);
    expect([...nearestRaster(new Float64Array(), new Float64Array(), 2, 1).nearest]).toEqual([-1, -1]);
  });
});
