import type { LabelSource, Neighbourhood, ParametersOf } from '../../../../src-shared/domain/analysis.ts';

type Within = ParametersOf<'genes'>['within'];
type Graph = Neighbourhood['graph'];

/** Which cells an analysis is of, while the form is filled in. */
export interface WithinDraft {
  readonly isSome: boolean;
  readonly labels: LabelSource | null;
  readonly names: readonly string[];
}

export function withinDraft(within: Within, labels: LabelSource | null): WithinDraft {
  return { isSome: within !== null, labels: within?.labels ?? labels, names: within?.names ?? [] };
}

function withinOf({ isSome, labels, names }: WithinDraft): Within {
  return isSome && labels !== null ? { labels, names: [...names] } : null;
}

/** What is missing; undefined when nothing is. */
function withinProblem({ isSome, labels, names }: WithinDraft): string | undefined {
  if (!isSome) return undefined;
  if (labels === null) return 'Choose the labels by which cells are left out.';
  return names.length === 0 ? 'Tick which cells the analysis is of, or take all.' : undefined;
}

/** Both choices of cells of a form; the second counts only within the first. */
interface CellsDraft {
  readonly within: WithinDraft;
  readonly among: WithinDraft;
}

export function cellsOf({ within, among }: CellsDraft): { within: Within; among: Within } {
  return { within: withinOf(within), among: within.isSome ? withinOf(among) : null };
}

/** What is missing of both; undefined when nothing is. */
export function cellsProblem({ within, among }: CellsDraft): string | undefined {
  return withinProblem(within) ?? (within.isSome ? withinProblem(among) : undefined);
}

/** Whose share among the neighbours is looked at, while the form is filled in. */
export interface NeighbourDraft {
  readonly labels: LabelSource | null;
  readonly types: readonly string[];
  readonly graph: Graph;
}

export function neighbourDraft(given: Neighbourhood | null, labels: LabelSource | null): NeighbourDraft {
  return {
    labels: given?.labels ?? labels,
    types: given?.types ?? [],
    graph: given?.graph ?? { kind: 'nearest', k: 20 },
  };
}

export function neighbourProblem({ labels, types }: NeighbourDraft): string | undefined {
  if (labels === null) return 'Choose the labels that say which cell is of which type.';
  return types.length === 0 ? 'Tick the types whose share among the neighbours is looked at.' : undefined;
}

/** Null while something is missing. */
export function neighbourOf({ labels, types, graph }: NeighbourDraft): Neighbourhood | null {
  return labels === null || types.length === 0 ? null : { labels, types: [...types], graph };
}
