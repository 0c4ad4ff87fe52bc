import { describe, expect, it } from 'vitest';
import { composition } from '../../../src-main/analysis/composition.ts';
import { nearestGraph } from '../../../src-main/analysis/neighbour-graph.ts';
import {
  neighbourProportion,
  PROPORTION_GROUPS,
  proportionGroups,
} from '../../../src-main/analysis/neighbour-proportion.ts';
import { madeUp } from '../../helpers/spatial-reference.ts';

describe('proportion of chosen types among the neighbours', () => {
  it.each([true, false])('is the sum of their shares in the composition (self: %s)', async (self) => {
    const graph = await nearestGraph(madeUp.positions, 10, madeUp.sections);
    const labels = { of: madeUp.labels.map((type, i) => (i % 7 === 0 ? -1 : type)), types: madeUp.types };
    const { values } = await composition(graph, labels, { self });
    const proportions = neighbourProportion(graph, labels, [1, 3, 3], { self });
    proportions.forEach((p, i) => expect(p).toBeCloseTo(values[5 * i + 1]! + values[5 * i + 3]!, 6));
  });

  it('has no value where no neighbour has a type', async () => {
    const graph = await nearestGraph({ dimensions: 1, values: [0, 1, 2.5] }, 1);
    const labels = { of: [1, -1, 0], types: 2 };
    expect([...neighbourProportion(graph, labels, [1], { self: false })]).toEqual([
      Number.NaN,
      1,
      Number.NaN,
    ]);
    expect(() => neighbourProportion(graph, labels, [2], { self: false })).toThrow(/type 2 of 2/u);
    expect(() => neighbourProportion(graph, labels, [-1], { self: false })).toThrow(RangeError);
  });

  it('falls into four groups whose upper ends belong to them', async () => {
    // A cell with 20 neighbours, of which the first are chosen.
    const graph = await nearestGraph({ dimensions: 1, values: Array.from({ length: 21 }, (_, i) => i) }, 20);
    const group = (chosen: number): string => {
      const of = Array.from({ length: 21 }, (_, i) => (i >= 1 && i <= chosen ? 1 : 0));
      const proportions = neighbourProportion(graph, { of, types: 2 }, [1], { self: false });
      return PROPORTION_GROUPS[proportionGroups(proportions)[0]!]!;
    };
    expect([0, 1, 4, 5, 12, 13, 20].map(group)).toEqual([
      'none',
      'low',
      'low',
      'moderate',
      'moderate',
      'high',
      'high',
    ]);
    expect([...proportionGroups(Float64Array.of(Number.NaN, 1))]).toEqual([-1, 3]);
  });
});
