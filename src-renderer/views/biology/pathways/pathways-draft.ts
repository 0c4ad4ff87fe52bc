import { analysisDefaults, type ParametersOf } from '../../../../src-shared/domain/analysis.ts';

type Parameters = ParametersOf<'pathways'>;

/** The form of a pathway analysis while it is filled in. */
export interface PathwaysDraft extends Omit<Parameters, 'kind' | 'genes' | 'files'> {
  /** Id of the analysis of genes; null takes the one that is shown under Genes. */
  readonly genes: string | null;
  readonly files: readonly string[];
}

/** The settings of an analysis, or the usual ones. */
export function pathwaysDraft(given: Parameters | undefined): PathwaysDraft {
  if (given === undefined) return { ...analysisDefaults.pathways, genes: null };
  const { genes, files, starter, minimumCorrelation, maximumQ, direction } = given;
  const { smallest, largest, top, permutations, seed } = given;
  return {
    ...{ genes, files, starter, minimumCorrelation, maximumQ, direction },
    ...{ smallest, largest, top, permutations, seed },
  };
}

/** What is missing; undefined when nothing is. */
export function pathwaysProblem(draft: PathwaysDraft, genes: string | null): string | undefined {
  if (genes === null) return 'Correlate genes with a neighbourhood first, under Genes.';
  if (!draft.starter && draft.files.length === 0) return 'Tick a collection of gene sets, or add a file.';
  if (draft.smallest > draft.largest) return 'The smallest set cannot be larger than the largest.';
  return undefined;
}

/** The last part of a path. */
export function fileOf(path: string): string {
  return path.split(/[\\/]/u).at(-1) ?? path;
}
