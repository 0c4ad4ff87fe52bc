import type { AnalysisKind } from '../../src-shared/domain/analysis.ts';
import type { AnalysisBasis } from '../../src-shared/domain/analysis-result.ts';

const titles: Readonly<Record<AnalysisKind, string>> = {
  'cell-types': 'Cell types',
  neighbours: 'Neighbourhoods',
  niches: 'Niches',
  pseudotime: 'Trajectory',
  genes: 'Genes of a neighbourhood',
  pathways: 'Pathways',
  moran: 'Spatial genes',
};

/** What an analysis is called, such as `Niches`. */
export function analysisTitle(kind: AnalysisKind): string {
  return titles[kind];
}

const bases: Readonly<Record<AnalysisBasis, string>> = {
  measured: 'Rests on measured values',
  imputed: 'Rests on imputed values',
  both: 'Rests on measured and imputed values, side by side',
  positions: 'Rests on positions and labels, not on expression',
};

/** What the numbers of an analysis rest on. */
export function basisInWords(basis: AnalysisBasis): string {
  return bases[basis];
}
