import {
  analysisDefaults,
  type LabelSource,
  type ParametersOf,
} from '../../../../src-shared/domain/analysis.ts';
import { neighbourDraft, withinDraft, type NeighbourDraft, type WithinDraft } from '../genes/within.ts';
import { startDraft, type StartDraft } from './start-cells.ts';

type Parameters = ParametersOf<'pseudotime'>;

/** Fields that are folded away. */
type Settings = Pick<
  Parameters,
  'components' | 'expressionWeight' | 'regularisation' | 'landmarks' | 'embed' | 'seed'
>;

/** The form of a trajectory while it is filled in. */
export interface TrajectoryDraft extends Settings {
  readonly within: WithinDraft;
  readonly among: WithinDraft;
  readonly start: StartDraft;
  readonly expression: Parameters['expression'];
  /** Whether cells are grouped by the share of some types among their neighbours. */
  readonly isGrouped: boolean;
  readonly neighbours: NeighbourDraft;
}

/** The settings of an analysis, or the usual ones. */
export function trajectoryDraft(given: Parameters | undefined): TrajectoryDraft {
  const usual = analysisDefaults.pseudotime;
  const { components, expressionWeight, regularisation, landmarks, embed, seed } = given ?? usual;
  return {
    ...{ components, expressionWeight, regularisation, landmarks, embed, seed },
    within: withinDraft(given?.within ?? null, null),
    among: withinDraft(given?.among ?? null, null),
    start: startDraft(given?.start),
    expression: given?.expression ?? usual.expression,
    isGrouped: given !== undefined && given.neighbourhood !== null,
    neighbours: neighbourDraft(given?.neighbourhood ?? null, null),
  };
}

/** Labels come from the engine a moment later than the form; until one is chosen the usual ones stand. */
export function withUsualLabels(draft: TrajectoryDraft, usual: LabelSource | null): TrajectoryDraft {
  const { within, among, start, neighbours } = draft;
  return {
    ...draft,
    within: { ...within, labels: within.labels ?? usual },
    among: { ...among, labels: among.labels ?? usual },
    start: { ...start, labels: start.labels ?? usual },
    neighbours: { ...neighbours, labels: neighbours.labels ?? usual },
  };
}
