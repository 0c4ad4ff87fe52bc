import { describe, expect, it } from 'vitest';
import type { GeneRow } from '../../../src-shared/domain/evaluation.ts';
import { bestBy, focusOf, geneMeans, inReadingOrder } from '../../../src-shared/domain/gene-means.ts';

function row(method: string, gene: string, seed: number, pcc: number, moran: number | null): GeneRow {
  const rest = { spearman: 0, ssim: 2 * pcc, ssim_li2022: 0, rmse: 0, mae: 0, moran_measured: 0.5 };
  return { dataset: 'd', method, seed, fold: 1, gene, pcc, ...rest, moran_imputed: moran };
}

describe('geneMeans', () => {
  it('averages over seeds, by method and gene', () => {
    const means = geneMeans([
      row('a', 'G', 1, 0.2, 0.1),
      row('a', 'G', 2, 0.4, null),
      row('b', 'G', 1, 0.9, null),
    ]);
    expect([...means.keys()]).toEqual(['a', 'b']);
    expect(means.get('a')!.get('G')!.pcc).toBeCloseTo(0.3, 12);
    expect(means.get('a')!.get('G')!.ssim).toBeCloseTo(0.6, 12);
    // A seed without the number does not count as zero.
    expect(means.get('a')!.get('G')!.moran_imputed).toBe(0.1);
    expect(means.get('b')!.get('G')!.moran_imputed).toBeNull();
  });
});

describe('the order and the choice of methods', () => {
  const methods = [
    { name: 'ridge', kind: 'floor' },
    { name: 'spagene-network', kind: 'spagene' },
    { name: 'tangram', kind: 'peer' },
    { name: 'spagene', kind: 'spagene' },
  ] as const;
  const means = { ridge: 0.3, 'spagene-network': 0.1, tangram: 0.2, spagene: 0.25 };
  const summary = Object.entries(means).map(([method, mean]) => ({
    method,
    metric: 'pcc' as const,
    genes: 9,
    mean,
    median: 0,
    low: 0,
    high: 0,
  }));

  it('puts what the app delivers first and floors last', () => {
    expect(inReadingOrder(methods).map(({ name }) => name)).toEqual([
      'spagene',
      'spagene-network',
      'tangram',
      'ridge',
    ]);
  });

  it('finds the best by its mean, and looks at SpaGene even where it is not', () => {
    expect(bestBy('pcc', methods, summary)?.name).toBe('ridge');
    expect(bestBy('ssim', methods, summary)).toBeUndefined();
    expect(focusOf(methods, summary)?.name).toBe('spagene');
    expect(focusOf(methods.slice(0, 3), summary)?.name).toBe('ridge');
    expect(focusOf(methods.slice(0, 0), summary)).toBeUndefined();
  });
});
