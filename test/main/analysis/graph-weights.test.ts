import { describe, expect, it } from 'vitest';
import { graphWeights } from '../../../src-main/analysis/graph-weights.ts';
import { nearestGraph } from '../../../src-main/analysis/neighbour-graph.ts';
import { spatialWeights } from '../../../src-shared/maths/moran.ts';
import { madeUp } from '../../helpers/spatial-reference.ts';

describe('sums over the weights of a graph', () => {
  it('by hand, with a cell alone and one that is only another’s neighbour', () => {
    // 0 → 1 2, 1 → 0, 2 → none, 3 alone.
    const graph = {
      size: 4,
      starts: Int32Array.of(0, 2, 3, 3, 3),
      neighbours: Int32Array.of(1, 2, 0),
      distances: new Float32Array(3),
    };
    const { cells, s0, s1, s2 } = graphWeights(graph);
    expect([...cells]).toEqual([0, 1, 2]);
    expect(s0).toBe(2);
    // w₀₁ = ½, w₁₀ = 1, w₀₂ = ½: ½ (2 · 1.5² + 2 · 0.5²); rows + columns 1 + 1, 1 + ½, 0 + ½.
    expect(s1).toBeCloseTo(2.5, 14);
    expect(s2).toBeCloseTo(4 + 2.25 + 0.25, 14);
  });

  it('are those of the nearest neighbours of the evaluation', async () => {
    const wanted = spatialWeights(madeUp.positions, 6);
    const found = graphWeights(await nearestGraph(madeUp.positions, 6));
    expect(found.s0).toBe(wanted.s0);
    expect(found.s1).toBeCloseTo(wanted.s1, 9);
    expect(found.s2).toBeCloseTo(wanted.s2, 8);
  });
});
