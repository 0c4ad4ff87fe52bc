import { describe, expect, it } from 'vitest';
import { nearestGraph } from '../../../src-main/analysis/neighbour-graph.ts';
import { NICHE_NEIGHBOURS, nichePoints } from '../../../src-main/analysis/niche-points.ts';
import { niches, TRIED_CELLS } from '../../../src-main/analysis/niches.ts';
import { StoppedError, UserError } from '../../../src-shared/contract/errors.ts';
import { kMeansFrom } from '../../../src-shared/maths/k-means.ts';
import { silhouette } from '../../../src-shared/maths/silhouette.ts';
import { adjustedRand } from '../../helpers/adjusted-rand.ts';
import { madeNiches } from '../../helpers/made-niches.ts';
import { madeUp, spatialReference } from '../../helpers/spatial-reference.ts';

const { cases } = spatialReference.niches;

async function madeUpPoints() {
  const graph = await nearestGraph(madeUp.positions, NICHE_NEIGHBOURS, madeUp.sections);
  return nichePoints(graph, { of: madeUp.labels, types: madeUp.types });
}

describe('niches of the made-up tissue against scikit-learn', () => {
  it.each(cases)('$k groups from the same starts, and their silhouette', async (wanted) => {
    const { values, types } = await madeUpPoints();
    const starts = wanted.starts.flatMap((row) => [...values.subarray(row * types, (row + 1) * types)]);
    const { of, inertia } = kMeansFrom(values, types, Float64Array.from(starts));
    expect(adjustedRand(of, wanted.of)).toBeGreaterThan(0.98);
    expect(Math.abs(inertia / wanted.inertia - 1)).toBeLessThan(1e-6);
    const width = silhouette(values, types, Int32Array.from(wanted.of));
    expect(Math.abs(width - wanted.silhouette)).toBeLessThan(1e-6);
  });

  it('the best of 30 starts is that of 50 starts, for as many as there are kinds of patches', async () => {
    const { k, bestOf, bestInertia } = cases.find((one) => one.k === madeUp.types)!;
    const found = await niches(await madeUpPoints(), k, { seed: 5 });
    expect(found.inertia / bestInertia).toBeLessThan(1.0001);
    expect(adjustedRand(found.of, bestOf)).toBeGreaterThan(0.98);
    expect(found.sizes.reduce((a, b) => a + b)).toBe(900);
  });

  it.each(cases)('the best of 30 starts for $k is near that of 50 starts', async ({ k, bestInertia }) => {
    const found = await niches(await madeUpPoints(), k, { seed: 6 });
    expect(found.inertia / bestInertia).toBeLessThan(1.02);
  });
});

describe('niches', () => {
  it('are numbered by size, with the mean shares of the types, and the same for a seed', async () => {
    const points = madeNiches(500, 4, 0.1);
    const subset = Int32Array.from(points.cells.filter((i) => i % 4 !== 2 || i < 200));
    const rows = (width: number, from: Float32Array | Float64Array) =>
      Array.from(subset).flatMap((i) => [...from.subarray(i * width, (i + 1) * width)]);
    const some = {
      ...points,
      cells: subset,
      shares: Float32Array.from(rows(4, points.shares)),
      values: Float64Array.from(rows(4, points.values)),
    };
    const found = await niches(some, 4, { seed: 1 });
    expect([...found.sizes]).toEqual([125, 125, 125, 50]);
    expect([...found.of.subarray(196, 204)]).toEqual([0, 1, 3, 2, 0, 1, -1, 2]);
    const wanted = [0, 1, 3, 2].flatMap((own) => [0, 1, 2, 3].map((type) => (type === own ? 0.6 : 0.4 / 3)));
    expect(found.means).toHaveLength(16);
    found.means.forEach((share, at) => expect(share).toBeCloseTo(wanted[at]!, 6));
    expect(await niches(some, 4, { seed: 1 })).toEqual(found);
  });

  it('of many cells: starts are tried on some, and lead as far as on all', async () => {
    const points = madeNiches(TRIED_CELLS + 10_000, 6, 0.8);
    const found = await niches(points, 6, { seed: 3, starts: 4 });
    const kinds = points.cells.map((i) => i % 6);
    const planted = kMeansFrom(
      points.values,
      6,
      Float64Array.from({ length: 36 }, (_, at) => (at % 7 === 0 ? 2 : -0.5)),
    );
    expect(found.inertia / planted.inertia).toBeLessThan(1.0001);
    expect(adjustedRand(found.of, planted.of)).toBeGreaterThan(0.99);
    expect(adjustedRand(found.of, kinds)).toBeGreaterThan(0.8);
  });

  it('are fewer where fewer compositions differ', async () => {
    const found = await niches(madeNiches(40, 2, 0), 5, { seed: 1 });
    expect([...found.sizes]).toEqual([20, 20]);
    expect(found.inertia).toBe(0);
  });

  it('refuse more niches than cells, and stop', async () => {
    const points = madeNiches(6, 2, 0.1);
    await expect(niches(points, 7, { seed: 1 })).rejects.toThrow(UserError);
    await expect(niches(points, 0, { seed: 1 })).rejects.toThrow(RangeError);
    const many = madeNiches(20_000, 8, 1);
    await expect(niches(many, 8, { seed: 1, stop: { aborted: true } })).rejects.toThrow(StoppedError);
  });
});
