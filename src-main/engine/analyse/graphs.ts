import { UserError } from '../../../src-shared/contract/errors.ts';
import type { GraphChoice, Neighbourhood } from '../../../src-shared/domain/analysis.ts';
import { nearestGraph, type NeighbourGraph } from '../../analysis/neighbour-graph.ts';
import { neighbourProportion } from '../../analysis/neighbour-proportion.ts';
import { radiusGraph } from '../../analysis/radius-graph.ts';
import type { AnalysisWork } from './findings.ts';
import { codesNamed, labelsOf } from './labels.ts';
import type { RunData } from './run-data.ts';

/** The neighbours of the run's cells, sections apart. Throws a UserError where nobody has one. */
export async function graphOf(
  run: RunData,
  choice: GraphChoice,
  work: AnalysisWork,
): Promise<NeighbourGraph> {
  const positions = run.placed();
  const sections = run.sections?.codes;
  const graph =
    choice.kind === 'nearest'
      ? await nearestGraph(positions, choice.k, sections, work)
      : await radiusGraph(positions, choice.radius, sections, work);
  if (graph.neighbours.length > 0) return graph;
  const why = choice.kind === 'radius' ? `within ${choice.radius} (${run.unit})` : 'in their section';
  throw new UserError(`No cell has another one ${why}; choose more neighbours or a larger radius.`);
}

/** `20 nearest cells`, `cells within 50 micrometre`. */
export function graphText(choice: GraphChoice, unit: string): string {
  return choice.kind === 'nearest'
    ? `${choice.k} nearest cells`
    : `cells within ${choice.radius}${unit === 'unknown' ? '' : ` ${unit}`}`;
}

export interface Proportions {
  /** One a cell; NaN without a labelled neighbour. */
  readonly values: Float64Array;
  /** Such as `T cell or B cell`. */
  readonly of: string;
}

/** Share of the chosen types among each cell's neighbours, the cell itself left out. */
export async function proportionsOf(
  run: RunData,
  { labels: source, types, graph: choice }: Neighbourhood,
  work: AnalysisWork,
): Promise<Proportions> {
  const labels = await labelsOf(run, source);
  const codes = [...codesNamed(labels, types)];
  const graph = await graphOf(run, choice, work);
  const typed = { of: labels.of, types: labels.names.length };
  return { values: neighbourProportion(graph, typed, codes, { self: false }), of: types.join(' or ') };
}

/** What sections mean for the result, where there are any. */
export function sectionNotes({ sections }: RunData): string[] {
  return sections === undefined
    ? []
    : [`Cells of the ${sections.names.length} sections are never neighbours of one another.`];
}
