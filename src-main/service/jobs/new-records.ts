import { existsSync } from 'node:fs';
import type { EvaluationRequest, RunRequest } from '../../../src-shared/contract/calls/job.ts';
import type { EvaluationRecord, JobRecord, RunRecord } from '../../../src-shared/domain/project.ts';
import type { ProjectHandle } from '../context.ts';

type NewJob = Omit<
  RunRecord,
  'kind' | 'preset' | 'seed' | 'parameters' | 'early' | 'result' | 'trust' | 'score'
>;

/** What the record of any new job says; its id is the moment, so that no job in the trash has the same. */
export function newJob(project: ProjectHandle, kind: JobRecord['kind'], name: string | undefined): NewJob {
  const created = new Date().toISOString();
  const { runs, evaluations } = project.state;
  const existing: readonly JobRecord[] = kind === 'run' ? runs : evaluations;
  const title = kind === 'run' ? 'Run' : 'Evaluation';
  const named = name?.trim() ?? '';
  return {
    id: freeId(project, kind, created),
    name: named === '' ? nextName(existing, title) : named,
    notes: '',
    created,
    state: 'queued',
    reason: null,
    finished: null,
    seconds: 0,
    backend: null,
    warnings: [],
    stale: false,
  };
}

export function newRun(job: NewJob, { preset, seed, parameters }: RunRequest): RunRecord {
  const rest = { early: false, result: null, trust: null, score: null };
  return { ...job, kind: 'run', preset, seed, parameters, ...rest };
}

export function newEvaluation(
  job: NewJob,
  { preset, methods, folds, seeds }: EvaluationRequest,
): EvaluationRecord {
  return { ...job, kind: 'evaluation', preset, methods, folds, seeds, verdict: [] };
}

function freeId(project: ProjectHandle, kind: JobRecord['kind'], created: string): string {
  const base = `${kind}-${created.slice(0, 19).replace('T', '-').replaceAll(':', '')}`;
  const { runs, evaluations } = project.state;
  const taken = (id: string) =>
    [...runs, ...evaluations].some((job) => job.id === id) ||
    existsSync(project.folderOf(kind === 'run' ? 'runs' : 'evaluations', id));
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken(id)) return id;
  }
}

function nextName(existing: readonly JobRecord[], title: string): string {
  for (let n = existing.length + 1; ; n++) {
    const name = `${title} ${n}`;
    if (!existing.some((job) => job.name === name)) return name;
  }
}
