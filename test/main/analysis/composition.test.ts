import { describe, expect, it } from 'vitest';
import { composition } from '../../../src-main/analysis/composition.ts';
import { nearestGraph } from '../../../src-main/analysis/neighbour-graph.ts';
import { madeUp, spatialReference } from '../../helpers/spatial-reference.ts';

describe('composition of the surroundings', () => {
  it("is that of NumPy over Squidpy's graph, the cell itself included", async () => {
    const graph = await nearestGraph(madeUp.positions, 20, madeUp.sections);
    const { values } = await composition(graph, { of: madeUp.labels, types: madeUp.types }, { self: true });
    const wanted = spatialReference.niches.composition;
    expect(wanted).toHaveLength(200);
    wanted.forEach((share, i) => expect(values[i]).toBeCloseTo(share, 7));
    expect(values).toHaveLength(900 * 5);
  });

  it('by hand: without the cell, without neighbours of no type, NaN where there is none', async () => {
    // On a line, the two nearest: 0: 1 2; 1: 0 2; 2: 1 3; 3: 2 1 (4 is farther); 4: 3 2; no place: none.
    const graph = await nearestGraph({ dimensions: 1, values: [0, 1, 2, 3, 10, Number.NaN] }, 2);
    const labels = { of: Int32Array.of(0, -1, -1, 1, 2, 1), types: 3 };
    const rows = async (self: boolean) => {
      const { values } = await composition(graph, labels, { self });
      return Array.from({ length: 6 }, (_, i) => [...values.subarray(3 * i, 3 * i + 3)]);
    };
    const none = [Number.NaN, Number.NaN, Number.NaN];
    expect(await rows(false)).toEqual([none, [1, 0, 0], [0, 1, 0], none, [0, 1, 0], none]);
    expect(await rows(true)).toEqual([
      [1, 0, 0],
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
      [0, 0.5, 0.5],
      [0, 1, 0],
    ]);
  });

  it('refuses labels that are not those of the cells', async () => {
    const graph = await nearestGraph({ dimensions: 1, values: [0, 1] }, 1);
    const of = (...codes: number[]) => composition(graph, { of: codes, types: 2 }, { self: true });
    await expect(of(0)).rejects.toThrow(/1 labels of 2 cells/u);
    await expect(of(0, 2)).rejects.toThrow(/label 2 of 2 types/u);
    await expect(of(0, Number.NaN)).rejects.toThrow(RangeError);
  });
});
