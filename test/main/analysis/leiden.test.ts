import { describe, expect, it } from 'vitest';
import { clusterCells } from '../../../src-main/analysis/cluster-cells.ts';
import { leiden } from '../../../src-main/analysis/leiden.ts';
import { weightedGraph } from '../../../src-main/analysis/weighted-graph.ts';
import type { WeightedGraph } from '../../../src-main/analysis/weighted-graph.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { nearestNeighbours } from '../../../src-shared/maths/neighbours.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { adjustedRand } from '../../helpers/adjusted-rand.ts';
import { trajectoryReference } from '../../helpers/trajectory-reference.ts';

const { points, dimensions, truth, k, leiden: wanted } = trajectoryReference.clusters;

function graphOf(nodes: number, pairs: readonly (readonly [number, number, number?])[]): WeightedGraph {
  return weightedGraph(nodes, {
    heads: Int32Array.from(pairs.flatMap(([a, b]) => [a, b])),
    tails: Int32Array.from(pairs.flatMap(([a, b]) => [b, a])),
    weights: Float64Array.from(pairs.flatMap(([, , weight = 1]) => [weight, weight])),
  });
}

/** Every cell linked with its k nearest. */
function neighbourGraph(): WeightedGraph {
  const { neighbours } = nearestNeighbours({ dimensions, values: points }, k);
  const pairs = new Map<string, [number, number]>();
  neighbours.forEach((neighbour, entry) => {
    const cell = Math.floor(entry / k);
    const pair: [number, number] = [Math.min(cell, neighbour), Math.max(cell, neighbour)];
    pairs.set(pair.join(), pair);
  });
  return graphOf(truth.length, [...pairs.values()]);
}

describe('Leiden against leidenalg', () => {
  const graph = neighbourGraph();

  it.each(wanted)('blobs at resolution $resolution', async ({ resolution, quality, ...theirs }) => {
    const ours = await leiden(graph, { resolution });
    expect(ours.quality).toBeGreaterThan(quality - 1e-3);
    expect(ours.count).toBe(theirs.communities);
    expect(adjustedRand(ours.of, theirs.membership)).toBeGreaterThan(0.98);
    expect(adjustedRand(ours.of, truth)).toBeGreaterThan(theirs.adjustedRand - 0.01);
  });

  it('is the same again with the same seed, and has the largest community first', async () => {
    const once = await leiden(graph, { seed: 5, resolution: 6 });
    expect(await leiden(graph, { seed: 5, resolution: 6 })).toEqual(once);
    const sizes = Array.from({ length: once.count }, (_, c) => once.of.filter((of) => of === c).length);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });
});

describe('Leiden of small graphs', () => {
  it('finds two triangles with a link between them, and their modularity', async () => {
    const graph = graphOf(6, [[0, 1], [1, 2], [0, 2], [3, 4], [4, 5], [3, 5], [2, 3]]); // prettier-ignore
    const { of, count, quality } = await leiden(graph);
    expect([[...of], count]).toEqual([[0, 0, 0, 1, 1, 1], 2]);
    // 6 of 7 links inside, half of the strengths in each.
    expect(quality).toBeCloseTo(6 / 7 - 1 / 2, 14);
  });

  it('heeds weights and resolution', async () => {
    const chain = [[0, 1, 5], [1, 2, 1], [2, 3, 5]] as const; // prettier-ignore
    expect([...(await leiden(graphOf(4, chain))).of]).toEqual([0, 0, 1, 1]);
    expect((await leiden(graphOf(4, chain), { resolution: 0 })).count).toBe(1);
    expect((await leiden(graphOf(4, chain), { resolution: 10 })).count).toBe(4);
  });

  it('leaves nodes without links alone', async () => {
    expect(await leiden(graphOf(3, []))).toEqual({ of: Int32Array.of(0, 1, 2), count: 3, quality: 0 });
    expect([...(await leiden(graphOf(3, [[0, 2]]))).of]).toEqual([0, 1, 0]);
  });

  it('gives connected communities', async () => {
    const random = new Random(2);
    const pairs = Array.from({ length: 900 }, () => {
      const a = random.below(300);
      return [a, (a + 1 + random.below(299)) % 300] as const;
    });
    const unique = [
      ...new Map(pairs.map(([a, b]) => [`${Math.min(a, b)} ${Math.max(a, b)}`, [a, b] as const])).values(),
    ];
    const graph = graphOf(300, unique);
    const { of, count } = await leiden(graph);
    const reached = new Uint8Array(300);
    let parts = 0;
    for (let node = 0; node < 300; node++) {
      if (reached[node] === 1) continue;
      parts++;
      const stack = [node];
      reached[node] = 1;
      for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
        for (const next of graph.targets.subarray(graph.offsets[at], graph.offsets[at + 1])) {
          if (of[next] !== of[at] || reached[next] === 1) continue;
          reached[next] = 1;
          stack.push(next);
        }
      }
    }
    expect(parts).toBe(count);
  });

  it('refuses a resolution that is none', async () => {
    await expect(leiden(graphOf(1, []), { resolution: Number.NaN })).rejects.toThrow(RangeError);
  });
});

describe('clusters of cells', () => {
  it('are the blobs', async () => {
    const { of } = await clusterCells(Float32Array.from(points), dimensions);
    expect(adjustedRand(of, truth)).toBeGreaterThan(0.98);
  });

  it('are refused of fewer than three cells, and stop', async () => {
    await expect(clusterCells(new Float32Array(2), 1)).rejects.toThrow(UserError);
    const random = new Random(1);
    const cells = Float32Array.from({ length: 30_000 * 4 }, () => random.normal());
    await expect(clusterCells(cells, 4, { stop: { aborted: true } })).rejects.toThrow('Stopped.');
  });
});
