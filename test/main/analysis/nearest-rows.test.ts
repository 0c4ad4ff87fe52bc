import { describe, expect, it } from 'vitest';
import { nearestRows } from '../../../src-main/analysis/nearest-rows.ts';
import { Random } from '../../../src-shared/maths/random.ts';

describe('nearest rows', () => {
  const random = new Random(6);
  // Far from zero, so that single precision alone would not tell the distances apart.
  const cells = (count: number): Float32Array =>
    Float32Array.from({ length: count * 5 }, () => 1000 + random.normal());
  const [queries, points] = [cells(300), cells(5000)];

  it('are those by sorting all distances', async () => {
    const { k, neighbours, distances } = await nearestRows(queries, points, 5, 7);
    expect(k).toBe(7);
    for (let query = 0; query < 300; query += 13) {
      const all = Array.from({ length: 5000 }, (_, point) =>
        Math.hypot(...[0, 1, 2, 3, 4].map((axis) => queries[query * 5 + axis]! - points[point * 5 + axis]!)),
      );
      const order = [...all.keys()].sort((a, b) => all[a]! - all[b]! || a - b).slice(0, 7);
      expect([...neighbours.subarray(query * 7, query * 7 + 7)]).toEqual(order);
      order.forEach((point, at) => expect(distances[query * 7 + at]).toBeCloseTo(all[point]!, 10));
    }
  });

  it('are all points where there are fewer, equally near ones by index', async () => {
    const square = Float32Array.of(1, 0, 0, 1, -1, 0);
    const { k, neighbours, distances } = await nearestRows(Float32Array.of(0, 0), square, 2, 10);
    expect([k, [...neighbours], [...distances]]).toEqual([3, [0, 1, 2], [1, 1, 1]]);
  });
});
