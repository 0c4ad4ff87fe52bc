import { describe, expect, it } from 'vitest';
import { nearestGraph } from '../../../src-main/analysis/neighbour-graph.ts';
import { StoppedError, UserError } from '../../../src-shared/contract/errors.ts';
import { realPair } from '../../helpers/real-pair.ts';
import { hasData, needsData } from '../../helpers/shared-folder.ts';
import { edgeDigest, madeUp, rowsOf, spatialReference } from '../../helpers/spatial-reference.ts';

const line = (...values: number[]) => ({ dimensions: 1, values });

describe('graph of the nearest cells', () => {
  it('is that of Squidpy in two sections, nearest first', async () => {
    const graph = await nearestGraph(madeUp.positions, 6, madeUp.sections);
    expect(rowsOf(graph)).toEqual(spatialReference.nearest);
  });

  it.skipIf(!hasData).each(spatialReference.real)(
    `is that of Squidpy for $pair ${needsData}`,
    async ({ pair, nearest, tied }) => {
      expect(edgeDigest(await nearestGraph(realPair(pair).positions, 20), tied)).toBe(nearest);
    },
  );

  it('holds distances, ties by the smaller index, other cells at the same place', async () => {
    const graph = await nearestGraph(line(0, 2, 1, 1), 2);
    expect(rowsOf(graph)).toEqual([
      [2, 3],
      [2, 3],
      [3, 0],
      [2, 0],
    ]);
    expect([...graph.distances]).toEqual([1, 1, 1, 1, 0, 1, 0, 1]);
  });

  it('keeps sections of any code apart, and gives a short section all it has', async () => {
    const graph = await nearestGraph(line(0, 1, 2, 3, 4, 5), 2, Int32Array.of(7, -1, 7, 7, -1, 2));
    expect(rowsOf(graph)).toEqual([[2, 3], [4], [3, 0], [2, 0], [1], []]);
  });

  it('leaves a cell without a position without neighbours', async () => {
    const graph = await nearestGraph(line(0, Number.NaN, 2, Infinity, 5), 2);
    expect(rowsOf(graph)).toEqual([[2, 4], [], [0, 4], [], [2, 0]]);
    expect(rowsOf(await nearestGraph(line(Number.NaN, 1), 2))).toEqual([[], []]);
    expect(rowsOf(await nearestGraph(line(), 2))).toEqual([]);
  });

  it('refuses what is no graph, and one that is too large', async () => {
    await expect(nearestGraph(line(1, 2), 0)).rejects.toThrow(RangeError);
    await expect(nearestGraph(line(1, 2), 1.5)).rejects.toThrow(RangeError);
    await expect(nearestGraph(line(1, 2), 1, [0])).rejects.toThrow(/1 sections of 2 cells/u);
    await expect(nearestGraph({ dimensions: 2, values: [1, 2, 3] }, 1)).rejects.toThrow(RangeError);
    const many = { dimensions: 1, values: Float64Array.from({ length: 100_000 }, (_, i) => i) };
    const refused = nearestGraph(many, 4000);
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(/at most 2000/u);
  });

  it('lets the event loop turn, tells how far it is, and stops', async () => {
    const values = Float64Array.from({ length: 200_000 }, (_, i) => (i * 0.618) % 1);
    const stop = { aborted: false };
    const shares: number[] = [];
    const progress = (share: number) => {
      shares.push(share);
      if (share > 0.3) setTimeout(() => (stop.aborted = true));
    };
    await expect(nearestGraph({ dimensions: 2, values }, 20, undefined, { stop, progress })).rejects.toThrow(
      StoppedError,
    );
    expect(shares.length).toBeGreaterThan(2);
    expect(shares.at(-1)).toBeLessThan(0.9);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });
});
