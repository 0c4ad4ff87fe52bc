import { describe, expect, it } from 'vitest';
import { chosenGenes, overRepresentation } from '../../../src-main/analysis/over-representation.ts';
import { matchedSets } from '../../helpers/matched-sets.ts';
import { pathwaysReference } from '../../helpers/pathways-reference.ts';
import { largestError } from '../../helpers/statistics-reference.ts';

describe('the chosen genes', () => {
  const r = Float64Array.of(0.3, -0.3, 0.05, 0.1, 0.9, Number.NaN, -0.1);
  const q = Float64Array.of(0.01, 0.049, 0.001, 0.001, 0.05, Number.NaN, 0.2);

  it('have |r| ≥ 0.1 and q < 0.05', () => {
    expect([...chosenGenes({ r, q })]).toEqual([0, 1, 3]);
    expect([...chosenGenes({ r, q }, { sign: 'positive' })]).toEqual([0, 3]);
    expect([...chosenGenes({ r, q }, { sign: 'negative' })]).toEqual([1]);
  });

  it('by other limits', () => {
    expect([...chosenGenes({ r, q }, { leastCorrelation: 0.2, q: 0.06 })]).toEqual([0, 1, 4]);
    expect([...chosenGenes({ r, q }, { leastCorrelation: 0, q: 0.01 })]).toEqual([2, 3]);
  });
});

describe('over-representation against SciPy and statsmodels', () => {
  const wanted = pathwaysReference.overRepresentation;
  const found = overRepresentation(
    Int32Array.from(wanted.chosen),
    matchedSets(wanted.sets, wanted.background),
    'measured',
  );
  const inOrder = wanted.sets.map((_, i) => found.find(({ term }) => term === `s${i}`)!);

  it('hits, expected hits, p and q of every set, those without a hit included', () => {
    expect(inOrder.map(({ hits }) => hits)).toEqual(wanted.hits);
    expect(wanted.hits).toContain(0);
    const column = (key: 'expected' | 'p' | 'q' | 'foldEnrichment') => inOrder.map((term) => term[key]);
    expect(largestError(column('expected'), wanted.expected)).toBeLessThan(1e-12);
    expect(largestError(column('p'), wanted.p)).toBeLessThan(1e-10);
    expect(largestError(column('q'), wanted.q)).toBeLessThan(1e-10);
    expect(
      largestError(
        column('foldEnrichment'),
        wanted.hits.map((hits, i) => hits / wanted.expected[i]!),
      ),
    ).toBeLessThan(1e-12);
  });

  it('the genes behind, and terms by p', () => {
    for (const [i, term] of inOrder.entries()) {
      expect([...term.genes]).toEqual(wanted.sets[i]!.filter((gene) => wanted.chosen.includes(gene)));
      expect(term.size).toBe(wanted.sets[i]!.length);
    }
    const p = found.map((term) => term.p);
    expect(p).toEqual([...p].sort((a, b) => a - b));
  });
});

describe('over-representation at the ends', () => {
  it('nothing chosen', () => {
    const [term] = overRepresentation(Int32Array.of(), matchedSets([[1, 2]], 10), 'imputed');
    expect(term).toMatchObject({ hits: 0, expected: 0, foldEnrichment: 0, p: 1, q: 1, basis: 'imputed' });
  });

  it('no sets', () =>
    expect(overRepresentation(Int32Array.of(1), matchedSets([], 10), 'imputed')).toEqual([]));

  it('only genes of the background can be chosen', () => {
    expect(() => overRepresentation(Int32Array.of(10), matchedSets([[1, 2]], 10), 'imputed')).toThrow(
      RangeError,
    );
  });
});
