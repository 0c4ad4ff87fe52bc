import type {
  EvaluationRecord,
  JobRecord,
  ProjectState,
  RunRecord,
} from '../../../src-shared/domain/project.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';

/** What a job may change about its record. */
export type RunPatch = Partial<Omit<RunRecord, 'kind' | 'id'>>;
export type EvaluationPatch = Partial<Omit<EvaluationRecord, 'kind' | 'id'>>;
export type JobPatch = RunPatch | EvaluationPatch;

/** The record of a job. Throws a UserError of kind usage when the project has none of this id. */
export function jobOf({ runs, evaluations }: ProjectState, id: string): JobRecord {
  const job = [...runs, ...evaluations].find((record) => record.id === id);
  if (job !== undefined) return job;
  throw new UserError(`This project has no run or evaluation ${id} (any more).`, {}, 'usage');
}

export function folderKind({ kind }: JobRecord): 'runs' | 'evaluations' {
  return kind === 'run' ? 'runs' : 'evaluations';
}

/** The state with one job changed; nothing happens when it is gone. */
export function patched(state: ProjectState, id: string, patch: JobPatch): ProjectState {
  const change = <T extends JobRecord>(records: readonly T[]): T[] =>
    records.map((record) => (record.id === id ? { ...record, ...patch } : record));
  return { ...state, runs: change(state.runs), evaluations: change(state.evaluations) };
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
