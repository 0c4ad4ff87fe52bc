import { describe, expect, it } from 'vitest';
import { isInside, pointsInside, rectangle } from '../../../src-shared/plot/inside-polygon.ts';
import { pointGrid } from '../../../src-shared/plot/point-grid.ts';
import { Random } from '../../../src-shared/maths/random.ts';

const random = new Random(3);
const xy = Float32Array.from({ length: 2 * 5000 }, () => 100 * random.uniform());
const grid = pointGrid(xy);
const sorted = (points: Iterable<number>): number[] => [...points].sort((a, b) => a - b);
const all = Array.from({ length: 5000 }, (_, i) => i);

describe('pointsInside', () => {
  it('takes the points of a rectangle, by their coordinates alone', () => {
    const wanted = all.filter(
      (i) => xy[2 * i]! > 20 && xy[2 * i]! < 55 && xy[2 * i + 1]! > 60 && xy[2 * i + 1]! < 90,
    );
    expect(sorted(pointsInside(grid, rectangle(20, 60, 55, 90)))).toEqual(wanted);
    expect(sorted(pointsInside(grid, rectangle(55, 90, 20, 60)))).toEqual(wanted);
  });

  it('takes the points of a disc drawn with many corners', () => {
    const corners = Float64Array.from({ length: 720 }, (_, i) => {
      const angle = (Math.PI * (i >> 1)) / 180;
      return 50 + 30 * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
    });
    const found = new Set(pointsInside(grid, corners));
    for (const i of all) {
      const away = Math.hypot(xy[2 * i]! - 50, xy[2 * i + 1]! - 50);
      if (Math.abs(away - 30) > 0.01) expect(found.has(i)).toBe(away < 30);
    }
  });

  it('leaves the hole of an outline that crosses itself, and what a dent cuts out', () => {
    // A five-pointed star in one stroke: its middle is crossed twice.
    const star = Float64Array.from({ length: 10 }, (_, i) => {
      const angle = (4 * Math.PI * (i >> 1)) / 5 - Math.PI / 2;
      return 50 + 40 * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
    });
    const found = new Set(pointsInside(grid, star));
    const middle = all.filter((i) => Math.hypot(xy[2 * i]! - 50, xy[2 * i + 1]! - 50) < 12);
    expect(middle.length).toBeGreaterThan(50);
    expect(middle.some((i) => found.has(i))).toBe(false);
    expect([...found].every((i) => isInside(star, xy[2 * i]!, xy[2 * i + 1]!))).toBe(true);
    expect(found.size).toBe(all.filter((i) => isInside(star, xy[2 * i]!, xy[2 * i + 1]!)).length);
  });

  it('finds all when the outline lies around everything, and none of a line or outside', () => {
    expect(pointsInside(grid, rectangle(-1e6, -1e6, 1e6, 1e6))).toHaveLength(5000);
    expect(pointsInside(grid, Float64Array.of(0, 0, 100, 100))).toHaveLength(0);
    expect(pointsInside(grid, rectangle(200, 200, 300, 300))).toHaveLength(0);
  });
});
