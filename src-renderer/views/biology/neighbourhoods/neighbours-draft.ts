import {
  analysisDefaults,
  type LabelSource,
  type ParametersOf,
} from '../../../../src-shared/domain/analysis.ts';
import { withoutKind } from '../without-kind.ts';

/** Neighbourhoods as they are being asked for; labels that were not chosen are the first that are offered. */
export type NeighboursDraft = Omit<ParametersOf<'neighbours'>, 'kind' | 'labels'> & {
  readonly labels: LabelSource | null;
};

export function neighboursDraft(before: ParametersOf<'neighbours'> | undefined): NeighboursDraft {
  if (before === undefined) return { labels: null, ...analysisDefaults.neighbours, types: [] };
  return withoutKind(before);
}
