import { describe, expect, it } from 'vitest';
import { nearestGraph } from '../../../src-main/analysis/neighbour-graph.ts';
import {
  defaultPermutations,
  neighbourhoodEnrichment,
} from '../../../src-main/analysis/neighbourhood-enrichment.ts';
import { radiusGraph } from '../../../src-main/analysis/radius-graph.ts';
import { StoppedError, UserError } from '../../../src-shared/contract/errors.ts';
import { pearson } from '../../../src-shared/maths/metrics.ts';
import { madeUp, spatialReference } from '../../helpers/spatial-reference.ts';

const { positions, sections } = madeUp;
const labels = { of: madeUp.labels, types: madeUp.types };
const rootMeanSquare = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);

describe('neighbourhood enrichment against Squidpy', () => {
  it.each([
    ['one', nearestGraph(positions, 6), undefined],
    ['sections', nearestGraph(positions, 6, sections), sections],
    ['within', radiusGraph(positions, spatialReference.radius, sections), sections],
  ] as const)('%s: the same counts, z-scores within chance', async (name, made, by) => {
    const wanted = spatialReference.enrichment[name];
    const found = await neighbourhoodEnrichment(await made, labels, { seed: 3, sections: by });
    expect([...found.counts]).toEqual(wanted.counts);
    expect(found.permutations).toBe(1000);
    expect(pearson(found.z, wanted.z)).toBeGreaterThan(0.999);
    // Theirs is the mean over eight seeds; one seed is off it by its own spread and 1/√8 of it.
    const differences = wanted.z.map((z, at) => found.z[at]! - z);
    const chance = rootMeanSquare(wanted.zSpread) * Math.sqrt(1 + 1 / 8);
    expect(rootMeanSquare(differences)).toBeGreaterThan(0.4 * chance);
    expect(rootMeanSquare(differences)).toBeLessThan(1.6 * chance);
  });
});

describe('neighbourhood enrichment', () => {
  it('permutes labels within sections only', async () => {
    // Each section has one type: no permutation changes anything.
    const graph = await nearestGraph({ dimensions: 1, values: [0, 1, 2, 3, 4, 5] }, 1, [0, 0, 0, 1, 1, 1]);
    const of = { of: [0, 0, 0, 1, 1, 1], types: 2 };
    const apart = await neighbourhoodEnrichment(graph, of, { seed: 1, sections: [0, 0, 0, 1, 1, 1] });
    expect([...apart.counts]).toEqual([3, 0, 0, 3]);
    expect([...apart.expected]).toEqual([3, 0, 0, 3]);
    expect([...apart.z]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    const together = await neighbourhoodEnrichment(graph, of, { seed: 1 });
    expect(together.z[0]).toBeGreaterThan(1);
    expect(together.z[1]).toBeLessThan(-1);
  });

  it('has the mean and deviation of all permutations of four cells', async () => {
    // Pairs 0–1 and 2–3, labels A A B B. Of the six ways to lay them, two put equal ones together.
    const graph = await nearestGraph({ dimensions: 1, values: [0, 1, 10, 11] }, 1);
    const labelled = { of: [0, 0, 1, 1], types: 2 };
    const found = await neighbourhoodEnrichment(graph, labelled, { seed: 1, permutations: 40_000 });
    expect([...found.counts]).toEqual([2, 0, 0, 2]);
    // A–A counts 2 with chance 1/3, else 0; A–B is 0 or 2, the reverse.
    [2 / 3, 4 / 3, 4 / 3, 2 / 3].forEach((mean, at) => expect(found.expected[at]).toBeCloseTo(mean, 1));
    found.deviation.forEach((sd) => expect(sd).toBeCloseTo(Math.sqrt(8 / 9), 1));
    expect(found.z[0]).toBeCloseTo(Math.SQRT2, 1);
  });

  it('leaves out cells without a type', async () => {
    const graph = await nearestGraph({ dimensions: 1, values: [0, 1, 2, 10, 11] }, 1);
    const found = await neighbourhoodEnrichment(graph, { of: [0, -1, 1, 1, 1], types: 2 }, { seed: 1 });
    expect([...found.counts]).toEqual([0, 0, 0, 2]);
    // The cell in the middle stays without: only 10–11 can be a pair, in half of the permutations of one type.
    expect(found.expected[3]).toBeCloseTo(1, 1);
    expect(found.expected[0]).toBe(0);
  });

  it('is the same for a seed, with more types than fit in a byte too', async () => {
    const graph = await nearestGraph(positions, 6);
    const wide = { of: madeUp.labels.map((type) => type + 299), types: 304 };
    const options = { seed: 9, permutations: 20 };
    const narrow = await neighbourhoodEnrichment(graph, labels, options);
    expect(await neighbourhoodEnrichment(graph, labels, options)).toEqual(narrow);
    const { z } = await neighbourhoodEnrichment(graph, wide, options);
    narrow.z.forEach((score, at) => {
      expect(z[(299 + Math.floor(at / 5)) * 304 + 299 + (at % 5)]).toBe(score);
    });
  });

  it('takes fewer permutations of large graphs', () => {
    const of = (neighbours: number) =>
      defaultPermutations({ neighbours: { length: neighbours } as Int32Array } as never);
    expect([0, 2_000_000, 20_000_000, 200_000_000].map(of)).toEqual([1000, 1000, 500, 100]);
  });

  it('refuses what does not fit, and stops', async () => {
    const graph = await nearestGraph(positions, 6);
    const run = (options: object, given = labels) =>
      neighbourhoodEnrichment(graph, given, { seed: 1, ...options });
    await expect(run({ sections: [1] })).rejects.toThrow(RangeError);
    await expect(run({ permutations: 0 })).rejects.toThrow(RangeError);
    await expect(run({}, { of: madeUp.labels, types: 1001 })).rejects.toThrow(UserError);
    const shares: number[] = [];
    const stop = { aborted: false };
    const progress = (share: number) => {
      shares.push(share);
      stop.aborted = share > 0.01;
    };
    await expect(run({ permutations: 100_000, stop, progress })).rejects.toThrow(StoppedError);
    expect(shares.at(-1)).toBeLessThan(0.5);
  });
});
