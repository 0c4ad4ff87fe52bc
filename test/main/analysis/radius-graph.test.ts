import { describe, expect, it } from 'vitest';
import { radiusGraph } from '../../../src-main/analysis/radius-graph.ts';
import { StoppedError } from '../../../src-shared/contract/errors.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { realPair } from '../../helpers/real-pair.ts';
import { hasData, needsData } from '../../helpers/shared-folder.ts';
import { edgeDigest, madeUp, rowsOf, spatialReference } from '../../helpers/spatial-reference.ts';

const line = (...values: number[]) => ({ dimensions: 1, values });

describe('graph of the cells within a radius', () => {
  it('is that of Squidpy in two sections, nearest first', async () => {
    const graph = await radiusGraph(madeUp.positions, spatialReference.radius, madeUp.sections);
    expect(rowsOf(graph)).toEqual(spatialReference.within);
  });

  it.skipIf(!hasData).each(spatialReference.real)(
    `is that of Squidpy for $pair ${needsData}`,
    async ({ pair, radius, edges, within }) => {
      const graph = await radiusGraph(realPair(pair).positions, radius);
      expect(graph.neighbours).toHaveLength(edges);
      expect(edgeDigest(graph)).toBe(within);
    },
  );

  it('takes in the radius itself, cells at the same place, and not the cell', async () => {
    const graph = await radiusGraph(line(0, 3, 1, 1, 9, Number.NaN), 2);
    expect(rowsOf(graph)).toEqual([[2, 3], [2, 3], [3, 0, 1], [2, 0, 1], [], []]);
    expect([...graph.distances]).toEqual([1, 1, 2, 2, 0, 1, 2, 0, 1, 2]);
  });

  it('in space, by definition', async () => {
    const n = 300;
    const values = Float64Array.from({ length: 3 * n }, (_, i) => Math.floor(i * 61.803) % 7);
    const { starts, neighbours } = await radiusGraph({ dimensions: 3, values }, 2);
    for (let i = 0; i < n; i++) {
      const distance = (j: number) =>
        Math.hypot(...[0, 1, 2].map((d) => values[3 * i + d]! - values[3 * j + d]!));
      const expected = Array.from({ length: n }, (_, j) => j)
        .filter((j) => j !== i && distance(j) <= 2)
        .sort((a, b) => distance(a) - distance(b) || a - b);
      expect([...neighbours.subarray(starts[i], starts[i + 1])]).toEqual(expected);
    }
  });

  it('refuses a radius that makes too many, and names one that does not', async () => {
    const random = new Random(1);
    const values = Float64Array.from({ length: 60_000 }, () => random.uniform());
    const positions = { dimensions: 2, values };
    const refused = radiusGraph(positions, 10).then(String, String);
    const said = /^UserError: A radius of 10 makes about 899970000 pairs .* at most ([\d.]+)\.$/u.exec(
      await refused,
    );
    const smaller = Number(said![1]);
    const near = await radiusGraph(positions, smaller / 8);
    // An eighth of the radius has 1/64 of the neighbours and, at the border of the tissue, somewhat more.
    expect(near.neighbours.length * 64).toBeGreaterThan(1.6e8);
    expect(near.neighbours.length * 64).toBeLessThan(2.6e8);
    const heap = { dimensions: 1, values: new Float64Array(15_000) };
    await expect(radiusGraph(heap, 1)).rejects.toThrow(/at the same place/u);
  });

  it('refuses no radius', async () => {
    await expect(radiusGraph(line(1, 2), 0)).rejects.toThrow(RangeError);
    await expect(radiusGraph(line(1, 2), Number.NaN)).rejects.toThrow(RangeError);
    await expect(radiusGraph(line(1, 2), 1, [0])).rejects.toThrow(RangeError);
  });

  it('stops', async () => {
    const values = Float64Array.from({ length: 200_000 }, (_, i) => (i * 0.618) % 1);
    const stopped = radiusGraph({ dimensions: 2, values }, 0.01, undefined, { stop: { aborted: true } });
    await expect(stopped).rejects.toThrow(StoppedError);
  });
});
