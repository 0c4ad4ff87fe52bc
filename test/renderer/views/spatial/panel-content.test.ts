import { describe, expect, it } from 'vitest';
import { arranged, genesOf, withGene } from '../../../../src-renderer/views/spatial/panel-content.ts';

const both = {
  gene: 'Gad1',
  genes: ['Gad1', 'Sst', 'Vip', 'Pvalb'],
  isMeasured: true,
  isImputed: true,
  column: 'layer',
};

describe('arranged', () => {
  it('sets measured beside imputed, and the difference beside both', () => {
    expect(arranged('compare-difference', both).map((panel) => panel.kind === 'gene' && panel.layer)).toEqual(
      ['measured', 'imputed', 'difference'],
    );
    expect(arranged('compare-difference', { ...both, isMeasured: false })).toHaveLength(2);
    expect(arranged('compare', { ...both, isImputed: false })).toHaveLength(1);
  });

  it('fills four panels, three lights, and categories where there are any', () => {
    expect(genesOf(arranged('four', both))).toEqual(['Gad1', 'Sst', 'Vip', 'Pvalb']);
    expect(arranged('rgb', both)).toEqual([
      { kind: 'rgb', genes: ['Gad1', 'Sst', 'Vip'], layer: 'measured' },
    ]);
    expect(arranged('categories', both)[1]).toEqual({ kind: 'column', name: 'layer' });
    expect(arranged('categories', { ...both, column: undefined })).toHaveLength(1);
  });
});

describe('withGene', () => {
  it('keeps a comparison one, and leaves other genes alone', () => {
    expect(genesOf(withGene(arranged('compare-difference', both), 1, 'Sst'))).toEqual(['Sst']);
    expect(genesOf(withGene(arranged('four', both), 1, 'Cck'))).toEqual(['Gad1', 'Cck', 'Vip', 'Pvalb']);
    expect(withGene(arranged('rgb', both), 0, 'Cck')).toEqual([
      { kind: 'rgb', genes: ['Cck', 'Sst', 'Vip'], layer: 'measured' },
    ]);
  });

  it('changes the gene beside a column rather than the column', () => {
    const panels = withGene(arranged('categories', both), 1, 'Sst');
    expect(panels).toEqual([
      { kind: 'gene', gene: 'Sst', layer: 'measured' },
      { kind: 'column', name: 'layer' },
    ]);
  });
});
