import { describe, expect, it } from 'vitest';
import { comparisonsOf, summaryOf } from '../../../src-main/evaluate/summarise.ts';
import { geneMeans } from '../../../src-shared/domain/gene-means.ts';
import type { GeneRow } from '../../../src-shared/domain/evaluation.ts';

function row(method: string, gene: string, pcc: number, seed = 1): GeneRow {
  const rmse = Math.sqrt(2 * (1 - pcc));
  const scores = { pcc, spearman: pcc, ssim: pcc, ssim_li2022: pcc, rmse, mae: rmse };
  return { dataset: 'd', method, seed, fold: 0, gene, ...scores, moran_measured: null, moran_imputed: null };
}

const genes = ['A', 'B', 'C', 'D', 'E', 'F'];
const ours = [0.5, 0.4, 0.3, 0.2, 0.1, 0.6];
const theirs = [0.4, 0.25, 0.35, 0.08, 0.04, 0.4];
const rows = genes.flatMap((gene, i) => [
  // Two seeds whose mean is `ours`: averaged first, a gene counts once.
  row('spagene', gene, ours[i]! - 0.05, 1),
  row('spagene', gene, ours[i]! + 0.05, 2),
  row('ridge', gene, theirs[i]!),
  row('knn', gene, ours[i]!),
]);
const means = geneMeans(rows);

describe('summaryOf', () => {
  const summary = summaryOf(means);
  const of = (method: string, metric: string) =>
    summary.find((one) => one.method === method && one.metric === metric)!;

  it('averages seeds first, then genes', () => {
    expect(of('spagene', 'pcc')).toMatchObject({ genes: 6 });
    expect(of('spagene', 'pcc').mean).toBeCloseTo(0.35, 12);
    expect(of('spagene', 'pcc').median).toBeCloseTo(0.35, 12);
    expect(of('ridge', 'pcc').mean).toBeCloseTo(1.52 / 6, 12);
  });

  it('has an interval around every mean', () => {
    for (const { low, mean, high } of summary) {
      expect(low).toBeLessThan(mean);
      expect(high).toBeGreaterThan(mean);
    }
  });
});

describe('comparisonsOf', () => {
  const comparisons = comparisonsOf(means, 'spagene');
  const of = (b: string, metric: string) => comparisons.find((one) => one.b === b && one.metric === metric)!;

  it('counts wins in the metric’s own direction', () => {
    expect(of('ridge', 'pcc')).toMatchObject({ a: 'spagene', genes: 6, wins: 5 });
    expect(of('ridge', 'rmse')).toMatchObject({ wins: 5 });
    expect(of('ridge', 'rmse').meanDifference).toBeLessThan(0);
    expect(of('ridge', 'pcc').meanDifference).toBeCloseTo((2.1 - 1.52) / 6, 12);
  });

  it('tests pairs of genes and adjusts over the methods of a metric', () => {
    // Differences .1 .15 −.05 .12 .06 .2: the only negative one has rank 1. Of the 64 ways to sign six ranks two have
    // negative ranks of sum 1 at most (none, and that one).
    expect(of('ridge', 'pcc').p).toBeCloseTo((2 * 2) / 64, 12);
    expect(of('knn', 'pcc').p).toBe(1);
    expect(of('ridge', 'pcc').pHolm).toBeCloseTo((2 * 2 * 2) / 64, 12);
  });
});
