import type { JobRecord, ProjectState } from '../../../src-shared/domain/project.ts';
import { patched } from './records.ts';

const SENTENCES: Readonly<Partial<Record<JobRecord['state'], string>>> = {
  running: 'SpaGene was closed or stopped while this ran; resume goes on from its last checkpoint.',
  queued: 'SpaGene was closed before this began; resume puts it in the queue again.',
};

/** Whether an earlier session ended while jobs ran or waited. */
export function hasLeftOvers(state: ProjectState): boolean {
  return state.queue.length > 0 || leftOvers(state).length > 0;
}

/** The state with those jobs paused: nothing heavy starts because a project is opened. */
export function withLeftOversPaused(state: ProjectState): ProjectState {
  return leftOvers(state).reduce<ProjectState>(
    (next, job) => patched(next, job.id, { state: 'paused', reason: SENTENCES[job.state]! }),
    { ...state, queue: [] },
  );
}

function leftOvers({ runs, evaluations }: ProjectState): JobRecord[] {
  const jobs: readonly JobRecord[] = [...runs, ...evaluations];
  return jobs.filter((job) => SENTENCES[job.state] !== undefined);
}
