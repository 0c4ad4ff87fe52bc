import { describe, expect, it } from 'vitest';
import { blendCorrelation, learnWeights, simplex } from '../../../src-main/methods/blend-weights.ts';
import { Combination } from '../../../src-main/methods/combination.ts';
import { Depth } from '../../../src-main/methods/depth.ts';
import { innerGenes } from '../../../src-main/methods/member.ts';
import { uniqueNames } from '../../../src-main/engine/write-result.ts';
import type { MethodData, Predictor } from '../../../src-main/methods/predictor.ts';
import { pearson } from '../../../src-shared/maths/metrics.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { zScores } from '../../../src-shared/maths/statistics.ts';

const random = new Random(7);
const noise = (length: number) => Float64Array.from({ length }, () => random.normal());

describe('blendCorrelation', () => {
  it('equals the correlation of the blended z-scores', () => {
    const truth = noise(200);
    const parts = [0.9, 0.5, 0.1].map((share) => zScores(truth.map((t, i) => share * t + noise(200)[i]!)));
    const w = [0.5, 0.3, 0.2];
    const blended = truth.map((_, i) => parts.reduce((sum, z, c) => sum + w[c]! * z[i]!, 0));
    const among = parts.map((a) => parts.map((b) => pearson(a, b)));
    const withTruth = parts.map((z) => pearson(truth, z));
    expect(blendCorrelation(w, { withTruth, among })).toBeCloseTo(pearson(truth, blended), 10);
  });

  it('is 0 where the blend is constant', () => {
    expect(
      blendCorrelation([1, 0], {
        withTruth: [0, 0.5],
        among: [
          [0, 0],
          [0, 1],
        ],
      }),
    ).toBe(0);
  });
});

describe('learnWeights', () => {
  const independent = [
    [1, 0],
    [0, 1],
  ];
  it('goes to the candidate that carries everything', () => {
    const genes = Array.from({ length: 40 }, (_, i) => ({
      withTruth: [0, 0.5 + 0.01 * (i % 5)],
      among: independent,
    }));
    expect(learnWeights(genes, [0.5, 0.5]).weights).toEqual([0, 1]);
  });

  it('stays at the prior when candidates cannot be told apart', () => {
    const genes = Array.from({ length: 30 }, (_, i) => ({
      withTruth: i % 2 === 0 ? [0.2, 0.6] : [0.6, 0.2],
      among: independent,
    }));
    expect(learnWeights(genes, [0.5, 0.5]).weights).toEqual([0.5, 0.5]);
    expect(learnWeights([], [0.5, 0.5, 0]).weights).toEqual([0.5, 0.5, 0]);
  });

  it('searches a whole simplex', () => {
    expect(simplex(3, 10)).toHaveLength(66);
    for (const w of simplex(3, 10)) expect(w.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });
});

describe('innerGenes', () => {
  it('leaves every gene out exactly once in a round of members', () => {
    const all = [0, 1, 2, 3, 4].flatMap((member) => [...innerGenes(23, 5, member, 11)]);
    expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_, i) => i));
    expect(innerGenes(23, 5, 5, 11)).not.toEqual(innerGenes(23, 5, 0, 11));
  });
});

describe('Combination', () => {
  const cells = 60;
  const rows = Int32Array.from({ length: cells }, (_, i) => i);
  const predictor = (values: Float64Array): Predictor => ({
    name: 'fixed',
    at: (some) => (genes) =>
      Float32Array.from(
        { length: some.length * genes.length },
        (_, i) => values[some[Math.floor(i / genes.length)]!]!,
      ),
    dispose: () => undefined,
  });
  // Cells of 1, 4, 9, … counts: their square roots are the numbers themselves.
  const roots = Float32Array.from(rows, (row) => row + 1);
  const data = {
    spatial: {
      values: { rows: cells, columns: 1, values: roots },
      report: { settings: { normalisation: 'sqrt' } },
    },
    reference: { mean: Float64Array.of(5), sd: Float64Array.of(2) },
  } as unknown as MethodData;
  const scale = new Depth(data);

  it('gives the z-scored blend the mean and κ sd of the reference', () => {
    const [a, b, ridge] = [noise(cells), noise(cells), noise(cells)];
    const parts = {
      networks: [a, b].map(predictor),
      floors: [predictor(ridge)],
      weights: [0.7, 0.3],
      shape: { spread: 0.25, ceiling: 1.5 },
      depth: 0.5,
    };
    const result = new Combination(data, scale, parts).at(rows)(Int32Array.of(0));
    // Independently, step by step as docs/method.md says.
    // Total counts are (row + 1)²; on the square roots' scale γ = ½ is a quarter of the power.
    const middle = (30 ** 2 + 31 ** 2) / 2;
    const deep = (v: number, i: number) => Math.max(0, v) * ((i + 1) ** 2 / middle) ** 0.25;
    const clipped = (x: Float64Array) => zScores(x.map(deep));
    const network = zScores(clipped(a).map((z, i) => (z + clipped(b)[i]!) / 2));
    const z = zScores(network.map((n, i) => 0.7 * n + 0.3 * clipped(ridge)[i]!));
    expect(Math.max(...z)).toBeGreaterThan(1.5);
    for (const [i, value] of z.entries()) {
      expect(result[i]).toBeCloseTo(Math.max(0, 5 + 0.25 * 2 * Math.min(1.5, value)), 4);
    }
  });

  it('gives the same values whatever the block', () => {
    const parts = {
      networks: [predictor(noise(cells))],
      floors: [predictor(noise(cells))],
      weights: [0.5, 0.5],
      shape: { spread: 1, ceiling: Number.POSITIVE_INFINITY },
      depth: 1,
    };
    const combination = new Combination(data, scale, parts);
    const whole = combination.at(rows)(Int32Array.of(0));
    const pieces = [rows.slice(0, 17), rows.slice(17)].flatMap((some) => [
      ...combination.at(some)(Int32Array.of(0)),
    ]);
    expect(pieces).toEqual([...whole]);
  });

  it('falls back to the reference mean where every part is constant', () => {
    const constant = predictor(new Float64Array(cells).fill(3));
    const parts = {
      networks: [constant],
      floors: [constant],
      weights: [0.5, 0.5],
      shape: { spread: 1, ceiling: 2 },
      depth: 0,
    };
    expect([...new Combination(data, scale, parts).at(rows)(Int32Array.of(0))]).toEqual(
      Array.from(rows, () => 5),
    );
  });
});

describe('uniqueNames', () => {
  it('numbers repeated names and never takes one that exists', () => {
    expect(uniqueNames(['A', 'B', 'A', 'A-1', 'A'])).toEqual(['A', 'B', 'A-2', 'A-1', 'A-3']);
  });
});
