import {
  StoppedError,
  UserError,
  type ErrorKind,
  type StopSignal,
} from '../../src-shared/contract/errors.ts';
import { isFinished } from '../evaluate/job-files.ts';
import type { Child } from '../host/child.ts';
import { spawnHere } from '../host/spawn-here.ts';
import type { Division } from './divide-machine.ts';
import type { JobEvent, JobUnit } from './evaluation-worker.ts';

/** What the pool tells a worker process, and what it hears from it. */
export type ToWorker = { readonly kind: 'run'; readonly unit: JobUnit } | { readonly kind: 'stop' };
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'event'; readonly event: JobEvent }
  | { readonly kind: 'error'; readonly error: ErrorKind; readonly message: string };

/** Milliseconds between two looks at the stop signal. */
const LOOK = 100;

/**
 * Runs units in several processes side by side: a library's crash or a lack of memory takes one job with it, not
 * the evaluation. A worker goes on with the fold that it holds while there is work on it. Each computes with its
 * share of the cores, whatever number an evaluation that is taken up again began with.
 */
export async function runInPool(
  root: string,
  units: readonly JobUnit[],
  { processes, threads }: Division,
  emit: (event: JobEvent) => void,
  stop: StopSignal | undefined,
): Promise<void> {
  const queue = [...units];
  const workers = Array.from({ length: Math.min(processes, units.length) }, () =>
    runWorker({ root, threads }, queue, emit, stop),
  );
  const results = await Promise.allSettled(workers);
  const failed = results
    .filter((result) => result.status === 'rejected')
    .map(({ reason }) => reason as unknown);
  const first = failed.find((error) => !(error instanceof StoppedError)) ?? failed[0];
  if (first !== undefined) throw first as Error;
}

/** The next unit for a worker: of the same fold, else the first in line. */
function take(queue: JobUnit[], last: JobUnit | undefined): JobUnit | undefined {
  const same = queue.findIndex(({ seed, fold }) => seed === last?.seed && fold === last.fold);
  return queue.splice(Math.max(same, 0), 1)[0];
}

/** What a worker process starts with. */
interface WorkerStart {
  readonly root: string;
  readonly threads: number;
}

async function runWorker(
  start: WorkerStart,
  queue: JobUnit[],
  emit: (event: JobEvent) => void,
  stop: StopSignal | undefined,
): Promise<void> {
  while (queue.length > 0) {
    const worker = new WorkerProcess(start, emit, stop);
    let running: JobUnit | undefined;
    try {
      await worker.ready();
      for (let unit = take(queue, running); unit !== undefined; unit = take(queue, unit)) {
        running = unit;
        await worker.run(unit);
      }
    } catch (error) {
      // A crash costs only what was running. Bad data, a stop, and a process that cannot even start end it all.
      if (!(error instanceof WorkerEnded) || running === undefined) {
        queue.length = 0;
        throw error instanceof WorkerEnded ? new UserError(error.message) : error;
      }
      const { seed, fold, methods } = running;
      for (const method of methods.filter((name) => !isFinished(start.root, seed, fold, name))) {
        emit({ kind: 'job', state: 'failed', message: error.message, method, seed, fold });
      }
    } finally {
      worker.end();
    }
  }
}

/** A worker's process ended by itself. */
class WorkerEnded extends Error {}

class WorkerProcess {
  readonly #child: Child;
  readonly #timer: NodeJS.Timeout;
  #settle: { resolve: () => void; reject: (error: unknown) => void } | undefined;
  #ended: WorkerEnded | undefined;

  constructor({ root, threads }: WorkerStart, emit: (event: JobEvent) => void, stop: StopSignal | undefined) {
    this.#child = spawnHere()('evaluate-worker', [root, String(threads)]);
    this.#child.onMessage((message) => this.#hear(message as FromWorker, emit));
    this.#child.onExit((how) => this.#exited(how));
    this.#timer = setInterval(() => {
      if (stop?.aborted === true) this.#say({ kind: 'stop' });
    }, LOOK);
  }

  ready(): Promise<void> {
    return this.#wait();
  }

  run(unit: JobUnit): Promise<void> {
    const done = this.#wait();
    this.#say({ kind: 'run', unit });
    return done;
  }

  end(): void {
    clearInterval(this.#timer);
    this.#child.kill();
  }

  #say(message: ToWorker): void {
    this.#child.send(message);
  }

  #wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      if (this.#ended !== undefined) reject(this.#ended);
    });
  }

  #hear(message: FromWorker, emit: (event: JobEvent) => void): void {
    if (message.kind === 'event') emit(message.event);
    else if (message.kind === 'ready') this.#settle?.resolve();
    else if (message.error === 'stopped') this.#settle?.reject(new StoppedError());
    else this.#settle?.reject(new UserError(message.message, {}, message.error));
  }

  #exited(how: string): void {
    this.#ended = new WorkerEnded(
      `The process that computed it ended (${how}), perhaps for lack of memory; fewer side by side (--jobs 1) may help.`,
    );
    this.#settle?.reject(this.#ended);
  }
}
