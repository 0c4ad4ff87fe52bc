import { allJobs, jobLists, type JobList } from '../../../src-shared/domain/jobs.ts';
import type {
  AnalysisRecord,
  EvaluationRecord,
  JobRecord,
  ProjectState,
  RunRecord,
} from '../../../src-shared/domain/project.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';

/** What a job may change about its record. */
export type RunPatch = Partial<Omit<RunRecord, 'kind' | 'id'>>;
export type EvaluationPatch = Partial<Omit<EvaluationRecord, 'kind' | 'id'>>;
export type AnalysisPatch = Partial<Omit<AnalysisRecord, 'kind' | 'id'>>;
export type JobPatch = RunPatch | EvaluationPatch | AnalysisPatch;

/** The record of a job. Throws a UserError of kind usage when the project has none of this id. */
export function jobOf(state: ProjectState, id: string): JobRecord {
  const job = allJobs(state).find((record) => record.id === id);
  if (job !== undefined) return job;
  throw new UserError(`This project has no run, evaluation or analysis ${id} (any more).`, {}, 'usage');
}

export function folderKind({ kind }: JobRecord): JobList {
  return jobLists[kind];
}

/** The state with the record of a new job. */
export function added(state: ProjectState, record: JobRecord): ProjectState {
  const list = folderKind(record);
  return { ...state, [list]: [...state[list], record] };
}

/** The state with one job changed; nothing happens when it is gone. */
export function patched(state: ProjectState, id: string, patch: JobPatch): ProjectState {
  const change = <T extends JobRecord>(records: readonly T[]): T[] =>
    records.map((record) => (record.id === id ? { ...record, ...patch } : record));
  const { runs, evaluations, analyses } = state;
  return { ...state, runs: change(runs), evaluations: change(evaluations), analyses: change(analyses) };
}

/** The state with a job out of the queue. */
export function dequeued(state: ProjectState, id: string): ProjectState {
  return { ...state, queue: state.queue.filter((other) => other !== id) };
}

/** The state with a job in the queue, before another, or at the end where that one is null or not waiting. */
export function enqueued(state: ProjectState, id: string, before: string | null): ProjectState {
  const { queue } = dequeued(state, id);
  const at = before === null ? -1 : queue.indexOf(before);
  return { ...state, queue: at < 0 ? [...queue, id] : queue.toSpliced(at, 0, id) };
}
