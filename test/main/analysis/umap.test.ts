import { describe, expect, it } from 'vitest';
import { umap } from '../../../src-main/analysis/umap.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { nearestNeighbours } from '../../../src-shared/maths/neighbours.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { trajectoryReference } from '../../helpers/trajectory-reference.ts';

const { points: values, dimensions, truth, ...wanted } = trajectoryReference.clusters;
const points = Float32Array.from(values);

/**
 * Venna & Kaski's trustworthiness: 1 − 2 / (nk (2n − 3k − 1)) Σᵢ Σ (r(i, j) − k) over the neighbours j of i in the
 * embedding that are not among the k nearest points, r(i, j) their rank there.
 */
function trustworthiness(embedding: Float32Array, k: number): number {
  const n = truth.length;
  const all = nearestNeighbours({ dimensions, values }, n - 1).neighbours;
  const found = nearestNeighbours({ dimensions: 2, values: embedding }, k).neighbours;
  let penalty = 0;
  for (let i = 0; i < n; i++) {
    const order = all.subarray(i * (n - 1), (i + 1) * (n - 1));
    for (const j of found.subarray(i * k, (i + 1) * k)) penalty += Math.max(0, order.indexOf(j) + 1 - k);
  }
  return 1 - (2 * penalty) / (n * k * (2 * n - 3 * k - 1));
}

/** Share of the cells whose nearest cell in the embedding is of their blob. */
function separation(embedding: Float32Array): number {
  const nearest = nearestNeighbours({ dimensions: 2, values: embedding }, 1).neighbours;
  return truth.filter((blob, i) => truth[nearest[i]!] === blob).length / truth.length;
}

describe('UMAP of blobs', () => {
  it('is as trustworthy as umap-learn’s, and keeps blobs apart', async () => {
    const embedding = await umap(points, dimensions);
    expect(embedding.every(Number.isFinite)).toBe(true);
    expect(trustworthiness(embedding, wanted.k)).toBeGreaterThan(wanted.trustworthiness - 0.005);
    expect(separation(embedding)).toBeGreaterThan(0.97);
  });

  it('is the same again with the same seed only', async () => {
    const some = points.subarray(0, 100 * dimensions);
    const once = await umap(some, dimensions, { seed: 3, embedded: 80 });
    expect(await umap(some, dimensions, { seed: 3, embedded: 80 })).toEqual(once);
    expect(await umap(some, dimensions, { seed: 4, embedded: 80 })).not.toEqual(once);
  });

  it('places the cells that are not embedded near those of their blob', async () => {
    const embedding = await umap(points, dimensions, { embedded: 300 });
    expect(embedding.every(Number.isFinite)).toBe(true);
    expect(separation(embedding)).toBeGreaterThan(0.95);
    expect(trustworthiness(embedding, wanted.k)).toBeGreaterThan(wanted.trustworthiness - 0.03);
  });
});

describe('UMAP at its limits', () => {
  it('gives finite numbers for cells that are all alike, few, or of one component', async () => {
    for (const cells of [new Float32Array(80), Float32Array.of(1, 2, 3, 4, 5, 6)]) {
      expect((await umap(cells, 2)).every(Number.isFinite)).toBe(true);
    }
    expect((await umap(Float32Array.of(1, 2, 5, 5), 1)).every(Number.isFinite)).toBe(true);
  });

  it('refuses fewer than three cells and numbers that are none', async () => {
    await expect(umap(new Float32Array(4), 2)).rejects.toThrow(UserError);
    await expect(umap(Float32Array.of(1, Number.NaN, 3), 1)).rejects.toThrow(RangeError);
  });

  it('tells its progress and stops', async () => {
    const random = new Random(1);
    const cells = Float32Array.from({ length: 20_000 * 4 }, () => random.normal());
    const shares: number[] = [];
    const stop = { aborted: false };
    const progress = (share: number): void => {
      shares.push(share);
      stop.aborted = share > 0.22;
    };
    await expect(umap(cells, 4, { stop, progress })).rejects.toThrow('Stopped.');
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });
});
