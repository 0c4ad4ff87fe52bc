import { describe, expect, it } from 'vitest';
import type { TermResult } from '../../../src-main/analysis/over-representation.ts';
import { categoryOfTerm, pathwayFigure } from '../../../src-main/analysis/pathway-figure.ts';

function term(name: string, p: number, q: number, hits = 3): TermResult {
  const basis = 'both' as const;
  const rest = {
    basis,
    description: '',
    size: 9,
    expected: 1,
    foldEnrichment: hits,
    genes: new Int32Array(hits),
  };
  return { term: name, p, q, hits, ...rest };
}

describe('the pathway figure', () => {
  const results = {
    raw: [term('HALLMARK_A', 0.001, 0.01), term('B', 0.01, 0.05), term('C', 0.5, 0.5)],
    'imputed-measured': [term('B', 1e-5, 1e-4), term('C', 0.1, 0.1), term('HALLMARK_A', 0.2, 0.2)],
    'imputed-all': [term('B', 0.9, 1), term('REACTOME_D', 1e-7, 1e-6)],
  };

  it('the union of the top terms of each kind, in two panels', () => {
    const [all, measured] = pathwayFigure(results, undefined, 1);
    expect(all).toMatchObject({ x: 'raw', y: 'imputed-all' });
    expect(measured).toMatchObject({ x: 'raw', y: 'imputed-measured', basis: 'both' });
    expect(all!.points).toEqual([
      { term: 'HALLMARK_A', category: 'HALLMARK', x: 2, y: undefined },
      { term: 'B', category: 'Other', x: expect.closeTo(1.30103, 5) as number, y: 0 },
      { term: 'REACTOME_D', category: 'REACTOME', x: undefined, y: 6 },
    ]);
    expect(measured!.points.map(({ y }) => y)).toEqual([expect.closeTo(0.69897, 5), 4, undefined]);
    expect([all!.limit, measured!.limit]).toEqual([6, 6]);
  });

  it("the user's categories, and no term without a hit", () => {
    const more = { ...results, raw: [term('E', 1, 1, 0), ...results.raw] };
    const [panel] = pathwayFigure(more, new Map([['B', 'Immune']]));
    expect(panel!.points.map((point) => point.term)).toEqual(['HALLMARK_A', 'B', 'C', 'REACTOME_D']);
    expect(panel!.points[1]!.category).toBe('Immune');
  });

  it('twenty of each kind; equal p by hits, then by name', () => {
    const many = Array.from({ length: 30 }, (_, i) =>
      term(`T${String(i).padStart(2, '0')}`, 0.5, 0.5, 1 + (i % 2)),
    );
    const [panel] = pathwayFigure({ raw: many, 'imputed-measured': [], 'imputed-all': [] });
    expect(panel!.points).toHaveLength(20);
    expect(panel!.points.slice(13, 17).map((point) => point.term)).toEqual(['T27', 'T29', 'T00', 'T02']);
  });

  it('stays finite where q is 0 or there is no term', () => {
    const one = { raw: [term('A', 0, 0)], 'imputed-measured': [], 'imputed-all': [] };
    expect(pathwayFigure(one)[0]!.points[0]!.x).toBeCloseTo(323.3, 1);
    expect(pathwayFigure({ ...one, raw: [] })[0]).toMatchObject({ points: [], limit: 1 });
  });
});

describe('the category of a term', () => {
  it.each([
    ['HALLMARK_HYPOXIA', 'HALLMARK'],
    ['GOBP_T_CELL_ACTIVATION', 'GOBP'],
    ['WP2_X', 'WP2'],
    ['T cell markers', 'Other'],
    ['Hallmark_x', 'Other'],
    ['KEGG_', 'Other'],
  ])('%s: %s', (name, category) => expect(categoryOfTerm(name)).toBe(category));
});
