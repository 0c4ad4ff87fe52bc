import type { ProjectState } from '../../../src-shared/domain/project.ts';
import { AnalysisTracker } from './analysis-tracker.ts';
import { planOf } from './estimate.ts';
import { cellsOnDisk } from './evaluation-cells.ts';
import { EvaluationTracker } from './evaluation-tracker.ts';
import { readLosses, type AskedJob } from './job-folder.ts';
import { RunClock } from './run-clock.ts';
import { RunTracker } from './run-tracker.ts';
import { USUAL } from './run-plan.ts';
import type { Tracker } from './tracker.ts';

/** The tracker of a job that is about to start or to go on. */
export async function trackerOf(
  asked: AskedJob,
  id: string,
  folder: string,
  state: ProjectState,
): Promise<Tracker> {
  if (asked.kind === 'run') {
    const clock = new RunClock(planOf(asked.request, state, USUAL));
    return new RunTracker(id, folder, clock, await readLosses(folder));
  }
  if (asked.kind === 'analysis') return new AnalysisTracker(folder);
  return new EvaluationTracker(id, folder, await cellsOnDisk(folder, asked.request));
}
