import type { ProjectState, RunRecord } from '../../../src-shared/domain/project.ts';
import { presetParameters, type Hyperparameters } from '../../../src-shared/domain/run-config.ts';

/** Runs as they are listed: the running one, the waiting ones in their order, then the newest first. */
export function listed({ runs, queue }: Pick<ProjectState, 'runs' | 'queue'>): RunRecord[] {
  const rank = ({ id, state }: RunRecord) =>
    state === 'running' ? -1 : state === 'queued' ? queue.indexOf(id) : 1e6;
  return [...runs].sort((a, b) => rank(a) - rank(b) || b.created.localeCompare(a.created));
}

/** The run that is shown: the chosen one while it is there, else the running, else the newest. */
export function shownRun(runs: readonly RunRecord[], chosen: string | null): RunRecord | undefined {
  return (
    runs.find(({ id }) => id === chosen) ??
    runs.find(({ state }) => state === 'running') ??
    [...runs].sort((a, b) => b.created.localeCompare(a.created))[0]
  );
}

/** All hyperparameters that a run was started with. */
export function parametersOf({ preset, parameters }: RunRecord): Hyperparameters {
  return { ...presetParameters(preset), ...(parameters as Partial<Hyperparameters>) };
}
