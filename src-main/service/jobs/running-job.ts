import type { LogLine } from '../../../src-shared/contract/calls/job.ts';
import type { JobTask } from '../../engine/job-protocol.ts';
import type { ServiceContext } from '../context.ts';
import { addLogLine } from './job-folder.ts';
import { JobProcess, type Outcome } from './job-process.ts';
import type { JobPatch } from './records.ts';
import type { Tracker } from './tracker.ts';

const TELL_EVERY = 100;

export interface JobPlace {
  readonly id: string;
  readonly folder: string;
}

/** A job that is under way: tells the page how it goes, ten times a second at most, and keeps its log. */
export class RunningJob {
  readonly tracker: Tracker;
  readonly #context: ServiceContext;
  readonly #place: JobPlace;
  readonly #process: JobProcess;
  readonly #timer: NodeJS.Timeout;
  readonly #started = performance.now();
  #memory: number | null = null;
  #told = '';
  #logged: Promise<void> = Promise.resolve();

  constructor(
    context: ServiceContext,
    place: JobPlace,
    task: JobTask,
    tracker: Tracker,
    save: (patch: JobPatch) => void,
  ) {
    this.#context = context;
    this.#place = place;
    this.tracker = tracker;
    this.#process = new JobProcess(context.spawn, task, context.version, {
      event: (event) => {
        const { log, patch } = tracker.hear(event);
        if (log !== undefined) this.log(log.level, log.message);
        if (patch !== undefined) save({ ...patch });
      },
      memory: (bytes) => (this.#memory = bytes),
    });
    this.#timer = setInterval(() => this.#tell(), TELL_EVERY);
  }

  /** Seconds since the process was started. */
  get seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }

  get ended(): Promise<Outcome> {
    return this.#process.ended;
  }

  async stop(patience: number): Promise<void> {
    await this.#process.stop(patience);
  }

  finishEarly(): void {
    this.log('info', 'Told to end the training early.');
    this.#process.finishEarly();
  }

  log(level: LogLine['level'], message: string): void {
    const line = { time: new Date().toISOString(), level, message };
    this.#context.emit('job:log', { id: this.#place.id, line });
    // A log that cannot be kept must not stop what it tells of.
    this.#logged = this.#logged.then(() => addLogLine(this.#place.folder, line)).catch(() => undefined);
  }

  /** Sends the last of what has gathered, and nothing from then on. */
  close(): void {
    clearInterval(this.#timer);
    this.#tell();
  }

  /** Waits for the log to be on disk. */
  logged(): Promise<void> {
    return this.#logged;
  }

  #tell(): void {
    const emit = this.#context.emit.bind(this.#context);
    const progress = { ...this.tracker.progress, id: this.#place.id, memoryBytes: this.#memory };
    const text = JSON.stringify(progress);
    if (text !== this.#told) emit('job:progress', progress);
    this.#told = text;
    this.tracker.flush(emit);
  }
}
