import { describe, expect, it } from 'vitest';
import { nearestNeighbours } from '../../../src-shared/maths/neighbours.ts';
import type { Positions } from '../../../src-shared/maths/neighbours.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { hasFixtures, needsFixtures, readFixture } from '../../helpers/shared-folder.ts';
import type { Golden } from '../../helpers/shared-folder.ts';

/** By definition: all other points in the order of distance, then index. */
function byBruteForce({ dimensions, values }: Positions, k: number): number[] {
  const n = values.length / dimensions;
  const all = Array.from({ length: n }, (_, i) => i);
  const distance = (a: number, b: number): number => {
    let sum = 0;
    for (let d = 0; d < dimensions; d++)
      sum += (values[a * dimensions + d]! - values[b * dimensions + d]!) ** 2;
    return sum;
  };
  return all.flatMap((i) =>
    all
      .filter((j) => j !== i)
      .sort((a, b) => distance(i, a) - distance(i, b) || a - b)
      .slice(0, k),
  );
}

const random = new Random(1, 'points');
const points = (n: number, dimensions: number, draw: () => number): Positions => ({
  dimensions,
  values: Float64Array.from({ length: n * dimensions }, draw),
});

describe('nearest neighbours', () => {
  it.each([
    ['a plane', points(700, 2, () => random.uniform() * 1000), 6],
    ['space', points(500, 3, () => random.normal()), 8],
    ['a line', points(300, 1, () => random.uniform()), 4],
    ['a small lattice, most places taken several times', points(600, 2, () => random.below(12)), 6],
    ['a lattice in space', points(400, 3, () => random.below(5)), 10],
    ['two clumps far apart', points(400, 2, () => random.normal() + 1e6 * random.below(2)), 6],
    ['one place for all', points(100, 2, () => 5), 6],
    ['three cells', points(3, 2, () => random.uniform()), 2],
  ])('of points on %s: exactly, ties by index', (_, positions, k) => {
    const found = nearestNeighbours(positions, k);
    expect(found.k).toBe(k);
    expect([...found.neighbours]).toEqual(byBruteForce(positions, k));
  });

  it('leaves out cells without a position and keeps the numbering of all', () => {
    const values = [0, 0, Number.NaN, 1, 2, 0, 3, Infinity, 5, 0, Number.NaN, Number.NaN];
    const found = nearestNeighbours({ dimensions: 2, values }, 1);
    expect(found.size).toBe(6);
    expect([...found.cells]).toEqual([0, 2, 4]);
    expect([...found.neighbours]).toEqual([2, 0, 2]);
  });

  it('takes all others where there are fewer than asked for', () => {
    const found = nearestNeighbours({ dimensions: 2, values: [0, 0, 5, 5, 1, 0] }, 6);
    expect(found.k).toBe(2);
    expect([...found.neighbours]).toEqual([2, 1, 2, 0, 0, 1]);
    expect(nearestNeighbours({ dimensions: 2, values: [1, 1] }, 6)).toMatchObject({ k: 0, size: 1 });
    expect(nearestNeighbours({ dimensions: 2, values: [] }, 6)).toMatchObject({ k: 0, size: 0 });
  });

  it('refuses half a neighbour and half a row', () => {
    expect(() => nearestNeighbours({ dimensions: 2, values: [1, 2] }, 0)).toThrow(RangeError);
    expect(() => nearestNeighbours({ dimensions: 2, values: [1, 2] }, 1.5)).toThrow(RangeError);
    expect(() => nearestNeighbours({ dimensions: 2, values: [1, 2, 3] }, 1)).toThrow(RangeError);
  });
});

interface Stats {
  points: Golden;
  moran: { k: number; neighbours: Golden };
  neighbourhood: { k: number; neighbours: Golden };
}

describe.skipIf(!hasFixtures)(`nearest neighbours against the golden numbers ${needsFixtures}`, () => {
  it.each(['moran', 'neighbourhood'] as const)('of %s', (part) => {
    const stats = readFixture<Stats>('stats');
    const found = nearestNeighbours({ dimensions: 2, values: stats.points.data }, stats[part].k);
    expect([...found.neighbours]).toEqual(stats[part].neighbours.data);
  });
});
