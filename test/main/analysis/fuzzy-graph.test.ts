import { describe, expect, it } from 'vitest';
import { fuzzyGraph } from '../../../src-main/analysis/fuzzy-graph.ts';

describe("UMAP's fuzzy graph", () => {
  it('gives the nearest neighbour 1, and memberships that sum to log₂(k + 1)', async () => {
    // Point 0 knows 1, 2 and 3, at 1, 2 and 3; nobody knows 0, and 1, 2 and 3 are at one place for each other.
    const { heads, tails, weights } = await fuzzyGraph({
      k: 3,
      neighbours: Int32Array.of(1, 2, 3, 2, 3, 4, 1, 3, 4, 1, 2, 4, 1, 2, 3),
      distances: Float64Array.of(1, 2, 3, ...new Float64Array(12)),
    });
    const from0 = [...weights].filter((_, link) => heads[link] === 0);
    expect(from0[0]).toBe(1);
    expect(from0[0]! + from0[1]! + from0[2]!).toBeCloseTo(2, 4);
    // exp(−1/σ) = x and exp(−2/σ) = x²: x + x² = 1.
    expect(from0[1]).toBeCloseTo((Math.sqrt(5) - 1) / 2, 4);
    expect([...heads].filter((_, link) => tails[link] === 0)).toEqual([1, 2, 3]);
    // Six pairs of 1 … 4, in both directions, once each.
    expect(heads).toHaveLength(2 * (3 + 6));
  });

  it('joins what both ends say: μ + μ′ − μ μ′', async () => {
    // Point 0 sees 1 as its second; 1 sees 0 as its second.
    const distances = Float64Array.of(1, 2, 1, 2, 1, 2, 1, 2);
    const neighbours = Int32Array.of(2, 1, 3, 0, 0, 3, 1, 2);
    const { heads, tails, weights } = await fuzzyGraph({ k: 2, neighbours, distances });
    const link = heads.findIndex((head, at) => head === 0 && tails[at] === 1);
    // k = 2: 1 + exp(−1/σ) = log₂ 3.
    const mu = Math.log2(3) - 1;
    expect(weights[link]).toBeCloseTo(2 * mu - mu * mu, 4);
  });
});
