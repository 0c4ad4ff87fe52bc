import { describe, expect, it } from 'vitest';
import {
  enrichmentFigure,
  panelSentence,
  telling,
  termGenes,
} from '../../../../../src-renderer/views/biology/pathways/enrichment-figure.ts';
import { termWords } from '../../../../../src-renderer/views/biology/pathways/term-words.ts';
import { pathwaysParameters } from '../parameters.ts';
import { aResult, aTable } from '../result.ts';

const result = aResult(pathwaysParameters, {
  tables: [
    aTable('figure', {
      panel: ['imputed_all', 'imputed_all', 'imputed_all', 'imputed_measured', 'imputed_measured'],
      term: ['HALLMARK_A', 'GOBP_B', 'GOBP_C', 'HALLMARK_A', 'GOBP_B'],
      category: ['HALLMARK', 'GOBP', 'GOBP', 'HALLMARK', 'GOBP'],
      raw: [3, 0.2, null, 3, 0.2],
      imputed: [2, 4, 5, 0.5, 0.1],
    }),
    aTable('imputed_all', { term: ['HALLMARK_A'], genes: ['Actb;Vip'] }),
  ],
});
const figure = enrichmentFigure(result)!;
const [all, measured] = figure.panels;

describe('enrichmentFigure', () => {
  it('has both panels, on axes that hold every value', () => {
    expect(figure.panels.map(({ name, points }) => [name, points.length])).toEqual([
      ['imputed_all', 3],
      ['imputed_measured', 2],
    ]);
    expect(figure.limit).toBeGreaterThan(5);
  });

  it('keeps what could not be tested apart from what is 0', () => {
    expect(all!.points[2]!.raw).toBeNull();
  });

  it('counts a term of both panels once in its category', () => {
    expect(figure.categories.map(({ name, terms }) => [name, terms])).toEqual([
      ['GOBP', 2],
      ['HALLMARK', 1],
    ]);
  });

  it('says what both, only one, and only the other calls significant', () => {
    expect(panelSentence(all!, 1.3)).toBe('1 significant in both, 2 only imputed, 0 only measured');
    expect(panelSentence(measured!, 1.3)).toBe('0 significant in both, 0 only imputed, 1 only measured');
  });

  it('names the terms furthest from y = x first, and none that is significant nowhere', () => {
    expect(telling(all!.points, 1.3, 2).map(({ term }) => term)).toEqual(['GOBP_C', 'GOBP_B']);
    expect(telling(measured!.points, 1.3, 9).map(({ term }) => term)).toEqual(['HALLMARK_A']);
  });

  it('is not there without a table', () => {
    expect(enrichmentFigure(aResult(pathwaysParameters))).toBeUndefined();
  });
});

describe('termGenes', () => {
  it('knows which way has a term at all', () => {
    const genes = termGenes(result);
    expect(genes.imputed_all.get('HALLMARK_A')).toEqual(['Actb', 'Vip']);
    expect(genes.raw.get('HALLMARK_A')).toBeUndefined();
  });
});

describe('termWords', () => {
  it.each([
    ['HALLMARK_KRAS_SIGNALING_UP', 'HALLMARK', 'KRAS signaling up'],
    ['REACTOME_CELL_CYCLE_G2_M', 'REACTOME', 'Cell cycle G2 M'],
    ['GOBP_DNA_REPAIR', 'GOBP', 'DNA repair'],
    ['T cell markers', 'SpaGene', 'T cell markers'],
    ['Interferon_response', 'Other', 'Interferon response'],
  ])('writes %s as people do', (term, category, words) => {
    expect(termWords(term, category)).toBe(words);
  });
});
