import { describe, expect, it } from 'vitest';
import { nearestGraph } from '../../../src-main/analysis/neighbour-graph.ts';
import { nichePoints } from '../../../src-main/analysis/niche-points.ts';

const rows = (values: ArrayLike<number>, types: number) =>
  Array.from({ length: values.length / types }, (_, i) =>
    Array.from({ length: types }, (_, type) => values[i * types + type]!),
  );

describe('niche points', () => {
  it('by hand: shares with the cell itself, scaled by the sample standard deviation', async () => {
    const graph = await nearestGraph({ dimensions: 1, values: [0, 1, 10, 11] }, 1);
    // Pairs 0 1 and 2 3: shares (1, 0, 0), (1, 0, 0), (½, ½, 0), (½, ½, 0).
    const points = await nichePoints(graph, { of: [0, 0, 0, 1], types: 3 });
    expect(rows(points.shares, 3)).toEqual([[1, 0, 0], [1, 0, 0], [0.5, 0.5, 0], [0.5, 0.5, 0]]); // prettier-ignore
    // ±¼ around the mean; sd² = 4 · 1/16 / 3.
    const z = 0.25 / Math.sqrt(1 / 12);
    rows(points.values, 3).forEach((row, i) => {
      const sign = i < 2 ? 1 : -1;
      [sign * z, -sign * z, 0].forEach((wanted, type) => expect(row[type]).toBeCloseTo(wanted, 12));
    });
  });

  it('cut off at 10', async () => {
    const values = Array.from({ length: 400 }, (_, i) => i - (i % 2) * 0.5);
    const graph = await nearestGraph({ dimensions: 1, values }, 1);
    const { values: scaled } = await nichePoints(graph, {
      of: values.map((_, i) => (i < 2 ? 1 : 0)),
      types: 2,
    });
    // Two cells of 400 in surroundings of their own: z = √(398 · 399 / (400 · 2)) = 14.1.
    expect([...scaled.subarray(0, 4)]).toEqual([-10, 10, -10, 10]);
    expect(scaled[5]).toBeCloseTo(-0.0708, 4);
  });

  it('leave out cells with nothing around them', async () => {
    const graph = await nearestGraph({ dimensions: 1, values: [0, 1, 10, 11, Number.NaN] }, 1);
    const points = await nichePoints(graph, { of: [-1, -1, 0, -1, 1], types: 2 });
    expect([...points.cells]).toEqual([2, 3, 4]);
    expect(rows(points.shares, 2)).toEqual([[1, 0], [1, 0], [0, 1]]); // prettier-ignore
    expect(points.size).toBe(5);
  });
});
