import {
  analysisDefaults,
  type LabelSource,
  type ParametersOf,
} from '../../../../src-shared/domain/analysis.ts';
import { withoutKind } from '../without-kind.ts';

/** Niches as they are being asked for; labels that were not chosen are the first that are offered. */
export type NichesDraft = Omit<ParametersOf<'niches'>, 'kind' | 'labels'> & {
  readonly labels: LabelSource | null;
};

export function nichesDraft(before: ParametersOf<'niches'> | undefined): NichesDraft {
  if (before === undefined) return { labels: null, ...analysisDefaults.niches };
  return withoutKind(before);
}

/** What is wrong with it; undefined when it can be asked for. */
export function nichesProblem({ niches, range }: NichesDraft): string | undefined {
  if (niches === null && range.from >= range.to) {
    return 'The range of the number of niches ends before it begins; let it end at a larger number.';
  }
  return undefined;
}
