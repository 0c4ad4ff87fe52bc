import { describe, expect, it } from 'vitest';
import type { GeneScore } from '../../../../src-shared/contract/calls/result.ts';
import { arranged, geneRows } from '../../../../src-renderer/views/quality/gene-rows.ts';

function score(gene: string, method: string, pcc: number | null, fold = 0): GeneScore {
  return {
    gene,
    method,
    fold,
    pcc,
    spearman: null,
    ssim: null,
    rmse: null,
    moranMeasured: null,
    moranImputed: null,
  };
}

const scores = [
  score('Gad1', 'spagene', 0.5),
  score('Gad10', 'spagene', 0.7, 2),
  score('Gad2', 'spagene', null, 1),
  score('Sst', 'spagene', 0.6),
  score('Gad1', 'ridge', 0.6),
  score('Sst', 'ridge', 0.1),
];
const rows = geneRows(scores, 'spagene', 'ridge');
const names = (list: typeof rows) => list.map(({ gene }) => gene);

describe('geneRows', () => {
  it('joins the two methods gene by gene and counts parts from 1', () => {
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatchObject({ gene: 'Gad1', fold: 1, pcc: 0.5 });
    expect(rows[0]!.ahead).toBeCloseTo(-0.1, 12);
    expect(rows.map(({ ahead }) => ahead === null)).toEqual([false, true, true, false]);
  });

  it('is not ahead of itself', () => {
    expect(geneRows(scores, 'ridge', 'ridge').every(({ ahead }) => ahead === null)).toBe(true);
  });
});

describe('arranged', () => {
  it('sorts numbers both ways with unknown ones last', () => {
    expect(names(arranged(rows, '', { key: 'pcc', descending: true }))).toEqual([
      'Gad10',
      'Sst',
      'Gad1',
      'Gad2',
    ]);
    expect(names(arranged(rows, '', { key: 'pcc', descending: false }))).toEqual([
      'Gad1',
      'Sst',
      'Gad10',
      'Gad2',
    ]);
  });

  it('sorts names as people count', () => {
    expect(names(arranged(rows, '', { key: 'gene', descending: false }))).toEqual([
      'Gad1',
      'Gad2',
      'Gad10',
      'Sst',
    ]);
  });

  it('finds what is typed in any case, and leaves the rows as they were', () => {
    expect(names(arranged(rows, ' gAD1', { key: 'gene', descending: false }))).toEqual(['Gad1', 'Gad10']);
    expect(names(arranged(rows, 'x', { key: 'gene', descending: false }))).toEqual([]);
    expect(names(rows)).toEqual(['Gad1', 'Gad10', 'Gad2', 'Sst']);
  });
});
