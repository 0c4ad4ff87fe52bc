import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { throwIfStopped, UserError, type StopSignal } from '../../src-shared/contract/errors.ts';
import type { EvaluateRequest } from '../../src-shared/domain/evaluate-request.ts';
import type { EvaluationEvent } from '../../src-shared/domain/evaluation-event.ts';

import { isFinished, seedFolder } from '../evaluate/job-files.ts';
import { makeFolder } from '../io/make-folder.ts';
import { beginEvaluation, type Plan } from './begin-evaluation.ts';
import { bytesOfProcess, divide, thisMachine, type Division } from './divide-machine.ts';
import { startBackend } from './start-backend.ts';
import { hasSettings, jobKey, jobsOf, type EvaluationSettings } from './evaluation-settings.ts';
import { EvaluationWorker, SHARED_TRAINING, type JobEvent } from './evaluation-worker.ts';
import { gatherEvaluations, readAlike } from './gather-evaluations.ts';
import { unitsOf } from './evaluation-units.ts';
import { runInPool } from './worker-pool.ts';

/** Who listens to an evaluation, and how it is stopped. */
export interface EvaluateContext {
  readonly emit: (event: EvaluationEvent) => void;
  readonly stop?: StopSignal;
  readonly version: string;
}

/** How an evaluation ended. */
export interface Evaluated {
  readonly folder: string;
  /** Jobs that failed; the report says which and why. */
  readonly failed: number;
}

/**
 * Cross-validation from files in to a report out. Every finished job is on disk at once, so that whatever stops an
 * evaluation costs one job per process; with `resume` nothing finished is run again. With `gather`, jobs of other
 * folders are joined in; without data to evaluate, gathering is all that is done.
 */
export async function evaluate(request: EvaluateRequest, context: EvaluateContext): Promise<Evaluated> {
  const started = performance.now();
  const out = resolve(request.out);
  const failures = new Map<string, string>();
  const gatherOnly = request.gather.length > 0 && request.spatial === '' && !request.resume;
  const others = request.gather.map((folder) => resolve(folder));
  // Before anything is computed: what is gathered in the end must be there.
  await readAlike(others);
  if (gatherOnly) {
    refuseTaken(out);
    await makeFolder(out);
  }
  if (!gatherOnly) await runJobs(out, request, context, failures);
  context.emit({ kind: 'stage', name: 'reporting', detail: 'tables, statistics and figures' });
  const folders = [...(gatherOnly ? [] : [out]), ...others];
  const { verdict, warnings } = await gatherEvaluations(
    out,
    folders,
    gatherOnly ? request : { ...request, methods: [] },
    [...failures.values()],
    context.version,
  );
  for (const message of warnings) context.emit({ kind: 'warning', warning: { code: 'evaluation', message } });
  context.emit({ kind: 'verdict', sentences: verdict });
  context.emit({ kind: 'finished', folder: out, seconds: (performance.now() - started) / 1000 });
  return { folder: out, failed: failures.size };
}

function refuseTaken(out: string): void {
  if (!hasSettings(out)) return;
  throw new UserError(
    `${out} holds an evaluation of its own, whose report would be overwritten; gather into another folder.`,
    { file: out },
  );
}

async function runJobs(
  out: string,
  request: EvaluateRequest,
  context: EvaluateContext,
  failures: Map<string, string>,
): Promise<void> {
  context.emit({ kind: 'stage', name: 'reading', detail: request.spatial || out });
  let division: Division = { processes: 1, threads: 1 };
  const settings = await beginEvaluation(out, request, {
    version: context.version,
    warn: (warning) => context.emit({ kind: 'warning', warning }),
    threads: (plan) => {
      division = divisionFor(out, plan, request.jobs);
      return division.threads;
    },
  });
  // Processes would fight for the memory of the one card, of which TensorFlow takes all.
  if (settings.backend.name === 'gpu' && request.jobs === undefined) division = { processes: 1, threads: 1 };
  throwIfStopped(context.stop);
  const units = unfinishedUnits(out, settings);
  const emit = counting(out, settings, context.emit, failures);
  context.emit({ kind: 'stage', name: 'evaluating', detail: describe(settings, division) });
  if (division.processes > 1) {
    await runInPool(out, units, division, emit, context.stop);
    await forgetShared(out, settings.seeds);
    return;
  }
  // A resumed evaluation has not started a backend yet.
  if (units.length > 0) await startBackend(settings.backend.name, { threads: division.threads });
  const worker = new EvaluationWorker(out, settings, emit, context.stop);
  try {
    for (const unit of units) await worker.run(unit);
    await forgetShared(out, settings.seeds);
  } finally {
    await worker.close();
  }
}

/** Removes networks that folds shared, once no job is left that could use them. */
async function forgetShared(out: string, seeds: readonly number[]): Promise<void> {
  for (const folder of seeds.map((seed) => seedFolder(out, seed)).filter(existsSync)) {
    for (const name of await readdir(folder)) {
      if (name.startsWith(SHARED_TRAINING)) await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}

function unfinishedUnits(out: string, plan: Pick<Plan, 'methods' | 'seeds' | 'foldsAsked' | 'config'>) {
  return unitsOf(plan).filter(({ seed, fold, methods }) =>
    methods.some((method) => !isFinished(out, seed, fold, method)),
  );
}

/** Processes and threads for what is left to do. */
function divisionFor(out: string, plan: Plan, asked: number | undefined): Division {
  const units = unfinishedUnits(out, plan).length;
  return divide(thisMachine(), { asked, units, bytesEach: bytesOfProcess(plan, plan.config.parameters) });
}

function describe(
  { methods, foldsAsked, seeds, backend }: EvaluationSettings,
  { processes }: Division,
): string {
  const many = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
  const beside = processes > 1 ? `, ${processes} processes` : '';
  return (
    `${many(methods.length, 'method')}, ${many(foldsAsked.length, 'fold')}, ${many(seeds.length, 'seed')} · ` +
    `${backend.label}${beside}`
  );
}

/** Adds the counts of finished and all jobs, and keeps what failed. */
function counting(
  out: string,
  settings: EvaluationSettings,
  emit: (event: EvaluationEvent) => void,
  failures: Map<string, string>,
): (event: JobEvent) => void {
  const jobs = jobsOf(settings);
  let finished = jobs.filter(({ seed, fold, method }) => isFinished(out, seed, fold, method)).length;
  return (event) => {
    if (event.kind === 'job-progress') {
      emit(event);
      return;
    }
    if (event.state === 'done') finished += 1;
    if (event.state === 'failed') {
      const { method, fold, seed, message } = event;
      failures.set(jobKey(event), `${method} failed on fold ${fold} (seed ${seed}): ${message ?? ''}`);
    }
    emit({ ...event, finished, total: jobs.length });
  };
}
