import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  aggregate,
  mae,
  maeZScored,
  pearson,
  rmse,
  scoreGene,
  spearman,
  ssim,
  ssimLi2022,
} from '../../../src-shared/maths/metrics.ts';
import type { MetricName } from '../../../src-shared/maths/metrics.ts';

const file = path.resolve(import.meta.dirname, '../../../../shared/fixtures/metrics.json');
const here = existsSync(file);

interface Golden {
  genes: {
    name: string;
    truth: { data: number[] };
    prediction: { data: number[] };
    metrics: Record<string, number>;
  }[];
  aggregate: Record<string, { mean: number; median: number }>;
}
const read = (): Golden => JSON.parse(readFileSync(file, 'utf8')) as Golden;

/** Their name → ours. */
const names: [string, MetricName][] = [
  ['pcc', 'pcc'],
  ['spearman', 'spearman'],
  ['ssim', 'ssim'],
  ['ssim_li2022', 'ssimLi2022'],
  ['rmse', 'rmse'],
  ['mae', 'mae'],
];

describe.skipIf(!here)('metrics against the golden numbers (needs ../shared/fixtures)', () => {
  it.each(names)('%s of 30 profiles within 1e-9', (theirs, ours) => {
    const { genes } = read();
    expect(genes).toHaveLength(30);
    for (const gene of genes) {
      const value = scoreGene(gene.truth.data, gene.prediction.data)[ours];
      expect(Math.abs(value - gene.metrics[theirs]!), gene.name).toBeLessThan(1e-9);
    }
  });

  it('aggregates to the same mean and median', () => {
    const golden = read();
    const ours = aggregate(golden.genes.map((gene) => scoreGene(gene.truth.data, gene.prediction.data)));
    for (const [their, name] of names) {
      expect(Math.abs(ours[name].mean - golden.aggregate[their]!.mean), name).toBeLessThan(1e-9);
      expect(Math.abs(ours[name].median - golden.aggregate[their]!.median), name).toBeLessThan(1e-9);
    }
  });

  it('knows the four profiles without variance', () => {
    const scores = read().genes.map((gene) => scoreGene(gene.truth.data, gene.prediction.data));
    expect(scores.filter((score) => score.constant)).toHaveLength(4);
  });
});

describe('metrics by hand', () => {
  it('Pearson of 1 2 3 and 1 3 2 is a half', () => {
    expect(pearson([1, 2, 3], [1, 3, 2])).toBeCloseTo(0.5, 14);
  });

  it('Spearman goes by rank, so any monotone map of the truth scores 1', () => {
    expect(spearman([1, 2, 3, 4], [1, 10, 100, 1e6])).toBe(1);
    expect(spearman([1, 2, 2, 3], [3, 2, 2, 1])).toBe(-1);
  });

  it('MAE on z-scores: 0 1 against 1 0 are z −1 1 against 1 −1', () => {
    expect(maeZScored([0, 1], [7, 5])).toBeCloseTo(2, 14);
    // z of 0 0 0 4 is −1/√3 (three times) and √3; of 0 0 4 0 the last two change places: (4/√3) · 2 / 4
    expect(maeZScored([0, 0, 0, 4], [0, 0, 1, 0])).toBeCloseTo(2 / Math.sqrt(3), 14);
    expect(mae([1, 2], [3, 2])).toBe(1);
  });

  it('a constant side scores as uncorrelated, never as a good guess', () => {
    expect(pearson([1, 2, 3], [5, 5, 5])).toBe(0);
    expect(spearman([1, 1, 1], [1, 2, 3])).toBe(0);
    expect(rmse([1, 2, 3], [5, 5, 5])).toBeCloseTo(Math.SQRT2, 15);
    expect(maeZScored([1, 2, 3], [5, 5, 5])).toBeCloseTo(Math.SQRT2, 15);
    expect(ssim([4, 4], [9, 9])).toBe(1);
  });

  it('a profile that varies by rounding alone is constant', () => {
    const rounded = Float32Array.from([0.1, 0.1, 0.1 * (1 + 2 ** -23), 0.1]);
    expect(new Set(rounded).size).toBe(2);
    expect(pearson([1, 2, 3, 4], rounded)).toBe(0);
    expect(spearman([1, 2, 3, 4], rounded)).toBe(0);
    expect(ssim([1, 2, 3, 4], rounded)).toBe(ssim([1, 2, 3, 4], [7, 7, 7, 7]));
  });

  it('a value that is no number is never a good guess', () => {
    expect(spearman([1, 2, 3, 4], [1, Number.NaN, 2, 3])).toBeNaN();
    expect(pearson([1, 2, 3, 4], [1, Number.NaN, 2, 3])).toBeNaN();
  });

  it('both SSIMs are 1 for equal profiles and differ elsewhere', () => {
    const truth = [0, 1, 5, 2];
    expect(ssim(truth, truth)).toBeCloseTo(1, 14);
    expect(ssimLi2022(truth, truth)).toBeCloseTo(1, 14);
    expect(ssim(truth, [0, 2, 1, 1])).not.toBeCloseTo(ssimLi2022(truth, [0, 2, 1, 1]), 3);
  });

  it('refuses profiles of different lengths', () => {
    expect(() => pearson([1, 2], [1])).toThrow(/2 and 1 cells/);
    expect(() => mae([1, 2], [1])).toThrow(/2 and 1 cells/);
  });
});
