import { existsSync } from 'node:fs';
import type { EvaluationRequest, RunRequest } from '../../../src-shared/contract/calls/job.ts';
import type { AnalysisKind, AnalysisRequest } from '../../../src-shared/domain/analysis.ts';
import { allJobs, jobLists } from '../../../src-shared/domain/jobs.ts';
import type {
  AnalysisRecord,
  EvaluationRecord,
  JobRecord,
  RunRecord,
} from '../../../src-shared/domain/project.ts';
import type { ProjectHandle } from '../context.ts';
import type { AskedJob } from './job-folder.ts';

type NewJob = Omit<
  RunRecord,
  'kind' | 'preset' | 'seed' | 'parameters' | 'early' | 'result' | 'trust' | 'score'
>;

/** The record of a new job; its id is the moment, so that no job in the trash has the same. */
export function newRecord(project: ProjectHandle, asked: AskedJob): JobRecord {
  const job = newJob(project, asked);
  if (asked.kind === 'run') return newRun(job, asked.request);
  return asked.kind === 'evaluation' ? newEvaluation(job, asked.request) : newAnalysis(job, asked.request);
}

function newJob(project: ProjectHandle, asked: AskedJob): NewJob {
  const created = new Date().toISOString();
  const named = asked.request.name?.trim() ?? '';
  return {
    id: freeId(project, asked.kind, created),
    name: named === '' ? nextName(...likeIt(project, asked)) : named,
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

function newRun(job: NewJob, { preset, seed, parameters }: RunRequest): RunRecord {
  const rest = { early: false, result: null, trust: null, score: null };
  return { ...job, kind: 'run', preset, seed, parameters, ...rest };
}

function newEvaluation(job: NewJob, { preset, methods, folds, seeds }: EvaluationRequest): EvaluationRecord {
  return { ...job, kind: 'evaluation', preset, methods, folds, seeds, verdict: [] };
}

function newAnalysis(job: NewJob, { run, parameters }: AnalysisRequest): AnalysisRecord {
  return { ...job, kind: 'analysis', run, parameters, basis: null, summary: null };
}

const ANALYSES: Readonly<Record<AnalysisKind, string>> = {
  'cell-types': 'Cell types',
  neighbours: 'Neighbourhoods',
  niches: 'Niches',
  pseudotime: 'Trajectory',
  genes: 'Genes of a neighbourhood',
  pathways: 'Pathways',
  moran: 'Spatially variable genes',
};

/** Jobs that are called like a new one, and how. */
function likeIt({ state }: ProjectHandle, asked: AskedJob): [readonly JobRecord[], string] {
  if (asked.kind === 'run') return [state.runs, 'Run'];
  if (asked.kind === 'evaluation') return [state.evaluations, 'Evaluation'];
  const { kind } = asked.request.parameters;
  return [state.analyses.filter(({ parameters }) => parameters.kind === kind), ANALYSES[kind]];
}

function freeId(project: ProjectHandle, kind: JobRecord['kind'], created: string): string {
  const base = `${kind}-${created.slice(0, 19).replace('T', '-').replaceAll(':', '')}`;
  const taken = (id: string) =>
    allJobs(project.state).some((job) => job.id === id) || existsSync(project.folderOf(jobLists[kind], id));
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
