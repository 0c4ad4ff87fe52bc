import type { AnalysisTable } from '../../../src-shared/domain/analysis-result.ts';
import type { GeneSetKind } from '../../../src-shared/domain/value-basis.ts';
import type { TermResult } from '../../analysis/over-representation.ts';
import { pathwayFigure } from '../../analysis/pathway-figure.ts';
import type { RankedTerm } from '../../analysis/ranked-enrichment.ts';
import { table } from './findings.ts';

function named(genes: readonly string[], of: Int32Array): string {
  return Array.from(of, (gene) => genes[gene]!).join(' ');
}

/** Over-representation of gene sets, with the genes behind each. */
export function termTable(
  name: string,
  title: string,
  genes: readonly string[],
  terms: readonly TermResult[],
): AnalysisTable {
  return table(name, title, {
    term: terms.map(({ term }) => term),
    size: terms.map(({ size }) => size),
    hits: terms.map(({ hits }) => hits),
    expected: terms.map(({ expected }) => expected),
    fold: terms.map(({ foldEnrichment }) => foldEnrichment),
    p: terms.map(({ p }) => p),
    q: terms.map(({ q }) => q),
    genes: terms.map((one) => named(genes, one.genes)),
  });
}

/** Gene sets in the ranking of all genes. */
export function rankedTable(
  name: string,
  title: string,
  genes: readonly string[],
  terms: readonly RankedTerm[],
): AnalysisTable {
  return table(name, title, {
    term: terms.map(({ term }) => term),
    size: terms.map(({ size }) => size),
    es: terms.map(({ es }) => es),
    nes: terms.map(({ nes }) => nes),
    p: terms.map(({ p }) => p),
    q: terms.map(({ q }) => q),
    leading: terms.map((one) => named(genes, one.leadingEdge)),
  });
}

/** −log₁₀ q of the top terms, measured and imputed; a row a panel and term. */
export function figureTable(
  by: Readonly<Record<GeneSetKind, readonly TermResult[]>>,
  top: number,
): AnalysisTable {
  const points = pathwayFigure(by, new Map(), top).flatMap(({ y: panel, points: all }) =>
    all.map((point) => ({ ...point, panel: panel.replace('-', '_') })),
  );
  return table('figure', 'Imputed against measured', {
    panel: points.map(({ panel }) => panel),
    term: points.map(({ term }) => term),
    category: points.map(({ category }) => category),
    raw: points.map(({ x }) => x ?? Number.NaN),
    imputed: points.map(({ y }) => y ?? Number.NaN),
  });
}
