import { describe, expect, it } from 'vitest';
import { Random } from '../../../src-shared/maths/random.ts';
import { placedLabels, type LabelledPoint } from '../../../src-shared/plot/place-labels.ts';

const plane = { left: 0, top: 0, right: 400, bottom: 300 };

function scattered(count: number): LabelledPoint[] {
  const random = new Random(3);
  return Array.from({ length: count }, () => ({
    x: 20 + 360 * random.uniform(),
    y: 20 + 260 * random.uniform(),
    width: 70,
    height: 13,
  }));
}

const dotsOf = (points: readonly LabelledPoint[]) => Float64Array.from(points.flatMap(({ x, y }) => [x, y]));

describe('placedLabels', () => {
  it('sets a lone label to the right of its point, at its height', () => {
    const [label] = placedLabels([{ x: 100, y: 100, width: 50, height: 12 }], new Float64Array(0), 3, plane);
    expect(label).toEqual({ point: 0, left: 106, top: 94, isFar: false });
  });

  it('goes to the left of a point at the right edge', () => {
    const [label] = placedLabels([{ x: 390, y: 100, width: 50, height: 12 }], new Float64Array(0), 3, plane);
    expect(label!.left + 50).toBeLessThan(390);
  });

  it('never lets labels overlap each other, cover a dot, or leave the plane', () => {
    const points = scattered(60);
    const dots = dotsOf(points);
    const placed = placedLabels(points, dots, 3, plane).map(({ point, left, top }) => ({
      left,
      top,
      right: left + points[point]!.width,
      bottom: top + points[point]!.height,
    }));
    expect(placed.length).toBeGreaterThan(10);
    for (const [i, a] of placed.entries()) {
      expect(a.left >= 0 && a.top >= 0 && a.right <= 400 && a.bottom <= 300).toBe(true);
      for (const b of placed.slice(i + 1)) {
        const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
        expect(apart).toBe(true);
      }
      for (const { x, y } of points) {
        expect(x > a.left && x < a.right && y > a.top && y < a.bottom).toBe(false);
      }
    }
  });

  it('leaves out the later one where there is room for one alone', () => {
    const point = { x: 60, y: 10, width: 40, height: 12 };
    const placed = placedLabels([point, point], new Float64Array(0), 3, {
      ...plane,
      right: 110,
      left: 50,
      bottom: 20,
    });
    expect(placed.map((label) => label.point)).toEqual([0]);
  });
});
