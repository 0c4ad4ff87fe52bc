// Entry of a job process: one run, evaluation or analysis, watched and stopped by messages.
import { constants, setPriority } from 'node:os';
import { UserError } from '../../src-shared/contract/errors.ts';
import { isRelayed } from '../host/relay.ts';
import { parent } from '../host/this-process.ts';
import { analyse } from './analyse/analyse.ts';
import { calibrate, calibrationCase } from './calibrate.ts';
import { chooseBackend } from './choose-backend.ts';
import { evaluate } from './evaluate.ts';
import { impute } from './impute.ts';
import type { CalibrateTask, FromJob, JobEvent, JobTask, ToJob } from './job-protocol.ts';

const MEMORY_EVERY = 500;

// The windows and pages of this machine come first; who computes for minutes can wait for milliseconds.
try {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Not everywhere allowed, and no more than a courtesy.
}

const engine = parent();
if (engine === undefined) throw new Error('job-worker is started by SpaGene, not by hand');
const say = (message: FromJob) => engine.send(message);
const stop = new AbortController();
const finish = new AbortController();

async function run(task: JobTask | CalibrateTask, version: string): Promise<void> {
  const context = { emit: (event: JobEvent) => say({ kind: 'event', event }), stop: stop.signal, version };
  if (task.kind === 'impute') {
    await impute(task.request, { ...context, finish: finish.signal });
    say({ kind: 'done', failed: 0 });
  } else if (task.kind === 'calibrate') {
    // What a run would take, so that its estimate is of the same backend.
    const backend = await chooseBackend(task.backend, calibrationCase(task.width).parameters);
    say({ kind: 'calibrated', calibration: await calibrate(backend, task.width) });
  } else if (task.kind === 'analyse') {
    await analyse(task.request, context);
    say({ kind: 'done', failed: 0 });
  } else {
    const { failed } = await evaluate(task.request, context);
    say({ kind: 'done', failed });
  }
}

function explain(error: unknown): void {
  if (error instanceof UserError) say({ kind: 'error', error: error.kind, message: error.message });
  else {
    if (process.env['SPAGENE_DEBUG'] !== undefined) console.error(error);
    const what = error instanceof Error ? error.message : String(error);
    say({ kind: 'error', error: 'internal', message: `A fault of SpaGene: ${what}` });
  }
}

// Nobody is left to work for; what was computed up to the last checkpoint is on disk.
engine.onDisconnect(() => process.exit(3));
engine.onMessage((message) => {
  if (isRelayed(message)) return;
  const told = message as ToJob;
  if (told.kind === 'stop') stop.abort();
  else if (told.kind === 'finish-early') finish.abort();
  else {
    setInterval(() => say({ kind: 'memory', bytes: process.memoryUsage.rss() }), MEMORY_EVERY);
    run(told.task, told.version).catch(explain);
  }
});
say({ kind: 'ready' });
