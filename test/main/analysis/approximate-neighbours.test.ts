import { describe, expect, it } from 'vitest';
import { neighbourIndex, queryNeighbours } from '../../../src-main/analysis/approximate-neighbours.ts';
import { nearestRows } from '../../../src-main/analysis/nearest-rows.ts';
import { nearestNeighbours } from '../../../src-shared/maths/neighbours.ts';
import { Random } from '../../../src-shared/maths/random.ts';

const DIMENSIONS = 20;

/** Cells of twelve blobs. */
function blobs(count: number, random: Random): Float32Array {
  const centres = Float32Array.from({ length: 12 * DIMENSIONS }, () => 4 * random.normal());
  return Float32Array.from({ length: count * DIMENSIONS }, (_, i) => {
    const blob = Math.floor(i / DIMENSIONS) % 12;
    return centres[blob * DIMENSIONS + (i % DIMENSIONS)]! + random.normal();
  });
}

/** Share of the wanted neighbours that were found. */
function recall(found: Int32Array, wanted: Int32Array, k: number): number {
  let hits = 0;
  for (let at = 0; at < wanted.length; at += k) {
    const row = new Set(found.subarray(at, at + k));
    for (const neighbour of wanted.subarray(at, at + k)) hits += Number(row.has(neighbour));
  }
  return hits / wanted.length;
}

describe('approximate neighbours', () => {
  it('are exact for few points', async () => {
    const points = blobs(700, new Random(1));
    const { nearest } = await neighbourIndex(points, DIMENSIONS, 9, new Random(2));
    const exact = nearestNeighbours({ dimensions: DIMENSIONS, values: points }, 9);
    expect(nearest.neighbours).toEqual(exact.neighbours);
  });

  it('are nearly all for many, the same again with the same seed, of themselves and of others', async () => {
    const [points, queries] = [blobs(6000, new Random(3)), blobs(500, new Random(3))];
    const index = await neighbourIndex(points, DIMENSIONS, 15, new Random(4));
    const again = await neighbourIndex(points, DIMENSIONS, 15, new Random(4));
    expect(again.nearest).toEqual(index.nearest);
    const exact = nearestNeighbours({ dimensions: DIMENSIONS, values: points }, 15);
    expect(recall(index.nearest.neighbours, exact.neighbours, 15)).toBeGreaterThan(0.97);
    const of = await queryNeighbours(index, queries, 5);
    const wanted = await nearestRows(queries, points, DIMENSIONS, 5);
    expect(recall(of.neighbours, wanted.neighbours, 5)).toBeGreaterThan(0.95);
    expect(of.distances[0]).toBe(wanted.distances[0]);
  });

  it('are found among equal points, and are all others where there are few', async () => {
    const equal = await neighbourIndex(new Float32Array(5000), 1, 3, new Random(5));
    expect(equal.nearest.neighbours.every((neighbour) => neighbour >= 0)).toBe(true);
    const few = await neighbourIndex(Float32Array.of(0, 1, 3), 1, 15, new Random(5));
    expect([few.nearest.k, [...few.nearest.neighbours]]).toEqual([2, [1, 2, 0, 2, 1, 0]]);
  });

  it('are refused of what are no points', async () => {
    const of = (values: number[], k = 1) => neighbourIndex(Float32Array.from(values), 1, k, new Random(6));
    await expect(of([1])).rejects.toThrow(/1 values in 1 dimensions/);
    await expect(of([1, Number.NaN])).rejects.toThrow(/not finite/);
    await expect(of([1, 2], 0)).rejects.toThrow(/0 neighbours/);
  });
});
