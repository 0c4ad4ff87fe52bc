import { basisOf } from '../../src-shared/domain/value-basis.ts';
import type { Basis, GeneSetKind } from '../../src-shared/domain/value-basis.ts';
import type { TermResult } from './over-representation.ts';

/** Terms taken of each kind. */
export const TOP_TERMS = 20;

/** One term in a panel. */
export interface PathwayPoint {
  readonly term: string;
  /** Key of its colour. */
  readonly category: string;
  /** −log₁₀ adjusted p from the measured values; undefined where too few of its genes are in that background. */
  readonly x: number | undefined;
  /** The same from the imputed values. */
  readonly y: number | undefined;
}

/** Imputed against measured values, with the line y = x. */
export interface PathwayPanel {
  readonly x: 'raw';
  readonly y: 'imputed-all' | 'imputed-measured';
  readonly points: readonly PathwayPoint[];
  /** Both axes and the line y = x run from 0 to here; the same in both panels. */
  readonly limit: number;
  readonly basis: Basis;
}

/** Over-representation from each kind of values. */
export type PathwayResults = Readonly<Record<GeneSetKind, readonly TermResult[]>>;

/**
 * What the pathway figure shows: the union of the top terms by p of each kind (20 of each that have a hit; equal p by
 * hits, then by name), in two panels, imputed values of all genes and of the panel's genes against measured values.
 *
 * @param categoryOf colour keys by term, such as the user's own; the collection's prefix (HALLMARK, GOBP, REACTOME) or
 *   "Other" for terms without one
 */
export function pathwayFigure(
  results: PathwayResults,
  categoryOf: ReadonlyMap<string, string> = new Map(),
  top = TOP_TERMS,
): readonly PathwayPanel[] {
  const kinds = ['raw', 'imputed-measured', 'imputed-all'] as const;
  const terms = [...new Set(kinds.flatMap((kind) => topTerms(results[kind], top)))];
  const scores = new Map(kinds.map((kind) => [kind, significance(results[kind])]));
  const shown = terms.flatMap((term) => kinds.map((kind) => scores.get(kind)!.get(term) ?? 0));
  const limit = Math.max(1, ...shown);
  const panel = (y: PathwayPanel['y']): PathwayPanel => ({
    x: 'raw',
    y,
    limit,
    basis: basisOf('raw', y),
    points: terms.map((term) => ({
      term,
      category: categoryOf.get(term) ?? categoryOfTerm(term),
      x: scores.get('raw')!.get(term),
      y: scores.get(y)!.get(term),
    })),
  });
  return [panel('imputed-all'), panel('imputed-measured')];
}

function topTerms(results: readonly TermResult[], top: number): string[] {
  const hit = results.filter(({ hits }) => hits > 0);
  const ordered = hit.sort((a, b) => a.p - b.p || b.hits - a.hits || (a.term < b.term ? -1 : 1));
  return ordered.slice(0, top).map(({ term }) => term);
}

/** −log₁₀ q by term; a q of 0 counts as the smallest double. */
function significance(results: readonly TermResult[]): Map<string, number> {
  return new Map(results.map(({ term, q }) => [term, Math.abs(Math.log10(Math.max(q, Number.MIN_VALUE)))]));
}

/** What stands before the first underscore of a term in capitals, such as HALLMARK of HALLMARK_HYPOXIA. */
export function categoryOfTerm(term: string): string {
  return /^([A-Z][A-Z0-9]*)_./u.exec(term)?.[1] ?? 'Other';
}
