import { allJobs } from '../../../src-shared/domain/jobs.ts';
import type { JobRecord, ProjectState } from '../../../src-shared/domain/project.ts';
import { patched } from './records.ts';

const QUEUED = 'SpaGene was closed before this began; resume puts it in the queue again.';
const RUNNING = 'SpaGene was closed or stopped while this ran; resume goes on from its last checkpoint.';
const ANALYSED = 'SpaGene was closed or stopped while this ran; resume starts it again.';

/** Why a job stands still that an earlier session left; undefined for one that it did not leave. */
function reasonOf({ kind, state }: JobRecord): string | undefined {
  if (state === 'queued') return QUEUED;
  if (state !== 'running') return undefined;
  return kind === 'analysis' ? ANALYSED : RUNNING;
}

/** Whether an earlier session ended while jobs ran or waited. */
export function hasLeftOvers(state: ProjectState): boolean {
  return state.queue.length > 0 || leftOvers(state).length > 0;
}

/** The state with those jobs paused: nothing heavy starts because a project is opened. */
export function withLeftOversPaused(state: ProjectState): ProjectState {
  return leftOvers(state).reduce<ProjectState>(
    (next, job) => patched(next, job.id, { state: 'paused', reason: reasonOf(job)! }),
    { ...state, queue: [] },
  );
}

function leftOvers(state: ProjectState): JobRecord[] {
  return allJobs(state).filter((job) => reasonOf(job) !== undefined);
}
