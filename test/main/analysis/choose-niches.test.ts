import { describe, expect, it } from 'vitest';
import { chooseNiches, nicheSilhouette, SILHOUETTE_CELLS } from '../../../src-main/analysis/choose-niches.ts';
import { niches } from '../../../src-main/analysis/niches.ts';
import { silhouette } from '../../../src-shared/maths/silhouette.ts';
import { madeNiches } from '../../helpers/made-niches.ts';

describe('the number of niches', () => {
  it('is the planted one', async () => {
    const shares: number[] = [];
    const points = madeNiches(900, 5, 0.4);
    const options = { seed: 2, starts: 8, progress: (share: number) => shares.push(share) };
    const { k, trials, niches: found } = await chooseNiches(points, [2, 3, 4, 5, 6, 7, 8], options);
    expect(k).toBe(5);
    expect([...found.sizes]).toEqual([180, 180, 180, 180, 180]);
    expect(trials.map((trial) => trial.k)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    const best = trials.find((trial) => trial.k === 5)!;
    expect(best.silhouette).toBeCloseTo(silhouette(points.values, 5, found.of), 12);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(Math.max(0, ...shares)).toBeLessThanOrEqual(1);
  });

  it('has a silhouette from a sample where cells are many, near that of all', async () => {
    const points = madeNiches(SILHOUETTE_CELLS + 3000, 4, 0.5);
    const found = await niches(points, 4, { seed: 1, starts: 2 });
    const sampled = await nicheSilhouette(points, found, { seed: 1 });
    const exact = silhouette(points.values, 4, found.of);
    expect(sampled).not.toBe(exact);
    expect(Math.abs(sampled - exact)).toBeLessThan(0.01);
    expect(await nicheSilhouette(points, found, { seed: 1 })).toBe(sampled);
  });

  it('of one niche has no silhouette, and any other is better', async () => {
    const points = madeNiches(60, 2, 0.1);
    const { k, trials } = await chooseNiches(points, [1, 2], { seed: 1 });
    expect(trials[0]!.silhouette).toBeNaN();
    expect(k).toBe(2);
    await expect(chooseNiches(points, [], { seed: 1 })).rejects.toThrow(RangeError);
  });
});
