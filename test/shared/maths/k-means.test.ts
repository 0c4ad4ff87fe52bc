import { describe, expect, it } from 'vitest';
import { kMeans, kMeansFrom } from '../../../src-shared/maths/k-means.ts';
import { Random } from '../../../src-shared/maths/random.ts';

describe('k-means', () => {
  it('finds three pairs of points and their inertia', () => {
    const { of, inertia } = kMeans(Float64Array.of(0, 20, 1, 10, 21, 11), 1, 3, new Random(1));
    expect(of[0]).toBe(of[2]);
    expect(of[1]).toBe(of[4]);
    expect(of[3]).toBe(of[5]);
    expect(new Set(of).size).toBe(3);
    // Each pair is 1 apart: 2 × 0.5² a pair.
    expect(inertia).toBeCloseTo(1.5, 12);
  });

  it('works in several dimensions', () => {
    const points = Float64Array.of(0, 0, 0, 2, 9, 9, 11, 9);
    const { of, inertia } = kMeans(points, 2, 2, new Random(3));
    expect([of[0] === of[1], of[2] === of[3], of[0] === of[2]]).toEqual([true, true, false]);
    expect(inertia).toBeCloseTo(4, 12);
  });

  it('ends where there are fewer different points than groups', () => {
    expect(kMeans(Float64Array.of(1, 1, 1, 5), 1, 3, new Random(1)).inertia).toBe(0);
  });
});

/** Lloyd's algorithm as it is written down: all distances in every round. */
function lloyd(points: number[][], starts: number[][]): { of: number[]; rounds: number } {
  let centres = starts;
  let of: number[] = [];
  for (let rounds = 0; ; rounds++) {
    const distances = points.map((p) =>
      centres.map((c) => c.reduce((sum, x, d) => sum + (x - p[d]!) ** 2, 0)),
    );
    const next = distances.map((row) => row.indexOf(Math.min(...row)));
    if (next.join() === of.join()) return { of, rounds };
    of = next;
    centres = centres.map((_, group) => {
      const members = points.filter((_, i) => of[i] === group);
      return starts[0]!.map((_, d) => members.reduce((sum, p) => sum + p[d]!, 0) / members.length);
    });
  }
}

describe('k-means from given starts', () => {
  it.each([
    [2, 3, 400],
    [5, 8, 600],
    [12, 4, 300],
  ])('in %i dimensions, %i groups: that of all distances in every round', (dimensions, k, n) => {
    const random = new Random(dimensions);
    const rows = Array.from({ length: n }, () =>
      Array.from({ length: dimensions }, () => random.normal() + 2 * random.below(2)),
    );
    const wanted = lloyd(rows, rows.slice(0, k));
    expect(wanted.rounds).toBeGreaterThan(5);
    const points = Float64Array.from(rows.flat());
    const { of, inertia, centres } = kMeansFrom(points, dimensions, points.slice(0, k * dimensions));
    expect([...of]).toEqual(wanted.of);
    const centre = (i: number) => of[Math.floor(i / dimensions)]! * dimensions + (i % dimensions);
    const squares = points.map((x, i) => (x - centres[centre(i)]!) ** 2);
    expect(inertia).toBeCloseTo(
      squares.reduce((a, b) => a + b),
      8,
    );
  });

  it('gives an empty group the farthest point', () => {
    const { of, inertia } = kMeansFrom(Float64Array.of(0, 1, 2, 50), 1, Float64Array.of(1, 1000, 2000));
    expect(of[3]).not.toBe(of[2]);
    expect(new Set(of).size).toBe(3);
    expect(inertia).toBeCloseTo(0.5, 12);
  });

  it('leaves the starts as they are', () => {
    const starts = Float64Array.of(0, 9);
    kMeansFrom(Float64Array.of(1, 2, 3), 1, starts);
    expect([...starts]).toEqual([0, 9]);
  });
});
