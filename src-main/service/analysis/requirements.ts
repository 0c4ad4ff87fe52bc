import { UserError } from '../../../src-shared/contract/errors.ts';
import type { AnalysisParameters, AnalysisRequest } from '../../../src-shared/domain/analysis.ts';
import type {
  AnalysisRecord,
  JobState,
  ProjectState,
  RunRecord,
} from '../../../src-shared/domain/project.ts';
import { neededBy } from './dependencies.ts';

/**
 * What the project's state tells of whether an analysis can be made: its run has a result, the analyses that it names
 * are finished and of this run, and the cells have positions where they are needed. Throws a UserError that says what
 * is missing and what to do.
 */
export function checkRequirements(
  state: ProjectState,
  { run: id, parameters }: Pick<AnalysisRequest, 'run' | 'parameters'>,
): void {
  const run = runWithResult(state, id);
  const { labels, genes } = neededBy(parameters);
  for (const one of labels) {
    const found = finishedAnalysis(state, one, run, 'whose labels this one uses');
    if (givesLabels(found.parameters)) continue;
    throw refused(`"${found.name}" gives no labels; choose cell types, niches or a column of the cells.`);
  }
  if (genes !== null) {
    const found = finishedAnalysis(state, genes, run, 'whose genes this one looks at');
    if (found.parameters.kind !== 'genes')
      throw refused(`"${found.name}" is no analysis of the genes of a neighbourhood; choose or make one.`);
  }
  if (state.spatial?.unit === null && needsPositions(parameters)) {
    throw refused(
      `The spatial dataset "${state.spatial.name}" has no cell positions, which this analysis needs; import it again with a table of positions.`,
    );
  }
}

/** Throws a UserError when the run was removed or has no result. */
export function runWithResult({ runs }: ProjectState, id: string): RunRecord {
  const run = runs.find((one) => one.id === id);
  if (run === undefined) {
    throw refused(
      'The run whose result is to be analysed is not in this project (any more); bring it back, or choose another.',
    );
  }
  if (run.result !== null) return run;
  throw refused(`"${run.name}" has no result yet; wait until it is finished, or choose another run.`);
}

const STANDS: Readonly<Record<Exclude<JobState, 'finished'>, string>> = {
  queued: 'still waits; start this when it is finished',
  running: 'is still running; start this when it is finished',
  paused: 'is paused; resume it first',
  failed: 'has failed; try it again, or choose another',
};

function finishedAnalysis(
  { analyses }: ProjectState,
  id: string,
  run: RunRecord,
  what: string,
): AnalysisRecord {
  const found = analyses.find((one) => one.id === id);
  if (found === undefined)
    throw refused(`The analysis ${what} is not in this project (any more); choose another.`);
  if (found.state !== 'finished') throw refused(`"${found.name}", ${what}, ${STANDS[found.state]}.`);
  if (found.run === run.id) return found;
  throw refused(`"${found.name}", ${what}, is of another run; repeat it on "${run.name}".`);
}

function givesLabels(parameters: AnalysisParameters): boolean {
  const { kind } = parameters;
  if (kind === 'neighbours') return parameters.types.length > 0;
  return kind === 'cell-types' || kind === 'niches';
}

function needsPositions(parameters: AnalysisParameters): boolean {
  const { kind } = parameters;
  if (kind === 'pseudotime') return parameters.expressionWeight < 1 || parameters.neighbourhood !== null;
  return kind === 'neighbours' || kind === 'niches' || kind === 'genes' || kind === 'moran';
}

function refused(message: string): UserError {
  return new UserError(message, {}, 'usage');
}
