import { UserError } from '../../../src-shared/contract/errors.ts';
import type { JobRecord } from '../../../src-shared/domain/project.ts';
import type { JobTask } from '../../engine/job-protocol.ts';
import type { ProjectHandle, ServiceContext } from '../context.ts';
import { analysisTask } from '../analysis/analysis-task.ts';
import { readerOf } from '../analysis/dependencies.ts';
import { endOf, type Asked } from './endings.ts';
import { readAsked, type AskedJob } from './job-folder.ts';
import { PARTS_FAILED } from './evaluation-tracker.ts';
import { hasLeftOvers, withLeftOversPaused } from './left-overs.ts';
import { added, dequeued, enqueued, folderKind, jobOf, patched, type JobPatch } from './records.ts';
import { RunningJob } from './running-job.ts';
import { StateSaver } from './state-saver.ts';
import { taskOf } from './tasks.ts';
import type { Tracker } from './tracker.ts';
import { trackerOf } from './trackers.ts';

/** Milliseconds that a job has for its checkpoint. */
const PATIENCE: Readonly<Record<Asked, number>> = { pause: 30_000, cancel: 5_000, closing: 6_000 };

/** The job that runs. */
interface Current {
  readonly id: string;
  /** Undefined while the process is being prepared. */
  job: RunningJob | undefined;
  /** Why it was told to stop; undefined while it was not. */
  asked: Asked | undefined;
  /** Settles when the job is over and its record says so. */
  readonly over: Promise<void>;
}

/** The jobs of the open project: one runs at a time, since all share the cores; the others wait in order. */
export class JobQueue {
  readonly #context: ServiceContext;
  readonly #project: ProjectHandle;
  readonly #saver: StateSaver;
  /** Jobs that were taken from the queue, should saving that have failed. */
  readonly #taken = new Set<string>();
  readonly #trackers = new Map<string, Tracker>();
  #current: Current | undefined;
  #closing = false;

  constructor(context: ServiceContext, project: ProjectHandle) {
    this.#context = context;
    this.#project = project;
    this.#saver = new StateSaver(project, (unsaved) => context.emit('project:changed', { project: unsaved }));
  }

  /** Whether a job runs. */
  get busy(): boolean {
    return this.#current !== undefined;
  }

  /** The job of this id, if it runs. */
  running(id: string): RunningJob | undefined {
    return this.#current?.id === id ? this.#current.job : undefined;
  }

  /** Who follows the job, or followed it to its end. */
  tracker(id: string): Tracker | undefined {
    return this.#trackers.get(id);
  }

  /** Jobs that an earlier session left running or waiting do not start by themselves. */
  async opened(): Promise<void> {
    const { state } = this.#project;
    if (state.readOnly === null && hasLeftOvers(state)) await this.#project.change(withLeftOversPaused);
  }

  /** Adds a job whose record is new, or goes on with one that had ended. */
  async add(record: JobRecord): Promise<void> {
    await this.#project.change((state) => enqueued(added(state, record), record.id, null));
    this.#next();
  }

  async pause(id: string): Promise<void> {
    const { state } = this.#job(id);
    if (state === 'queued') {
      await this.#project.change((now) =>
        patched(dequeued(now, id), id, {
          state: 'paused',
          reason: 'Paused before it began; resume puts it in the queue.',
        }),
      );
    } else if (this.#current?.id === id) await this.#end('pause');
    else if (state !== 'paused')
      throw new UserError('Only a job that runs or waits can be paused.', {}, 'usage');
  }

  /** A job that had begun comes before those that have not. */
  async resume(id: string): Promise<void> {
    // That it had ended may not be on disk yet.
    if (this.#current?.id !== id) await this.#saver.now();
    const { state, warnings } = this.#job(id);
    if (state === 'running' || state === 'queued') return;
    if (state === 'finished' && !warnings.some(({ code }) => code === PARTS_FAILED))
      throw new UserError('This job is finished; there is nothing to resume.', {}, 'usage');
    this.#taken.delete(id);
    await this.#project.change((now) =>
      patched(enqueued(now, id, now.queue[0] ?? null), id, { state: 'queued', reason: null }),
    );
    this.#next();
  }

  finishEarly(id: string): void {
    const job = this.running(id);
    this.#job(id);
    if (job?.tracker.progress.canFinishEarly !== true) {
      throw new UserError(
        'A run can be ended early while its networks are trained, from the first translation on; now it can be paused.',
        {},
        'usage',
      );
    }
    job.finishEarly();
  }

  /** @returns a name to restore the job by */
  async cancel(id: string): Promise<string> {
    const kind = folderKind(this.#job(id));
    const reader = readerOf(this.#project.state, id);
    if (reader !== undefined)
      throw new UserError(`"${reader.name}" is reading it; stop that first.`, {}, 'usage');
    if (this.#current?.id === id) await this.#end('cancel');
    else if (this.#job(id).state === 'queued') await this.pause(id);
    return this.#project.trash(kind, id);
  }

  async move(id: string, before: string | null): Promise<void> {
    if (this.#job(id).state !== 'queued')
      throw new UserError('Only a waiting job can be moved.', {}, 'usage');
    if (id === before) return;
    await this.#project.change((state) => enqueued(state, id, before));
  }

  async change(id: string, patch: { readonly name?: string; readonly notes?: string }): Promise<void> {
    this.#job(id);
    await this.#project.change((state) => patched(state, id, patch));
  }

  /** Pauses what runs; nothing starts any more. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#current !== undefined) await this.#end('closing');
    this.#saver.close();
  }

  #job(id: string): JobRecord {
    return jobOf(this.#project.state, id);
  }

  async #end(asked: Asked): Promise<void> {
    const current = this.#current!;
    current.asked ??= asked;
    if (current.job !== undefined) await current.job.stop(PATIENCE[asked]);
    await current.over;
  }

  /** Starts the first job in the queue when none runs. */
  #next(): void {
    const id = this.#project.state.queue.find((waiting) => !this.#taken.has(waiting));
    if (this.#current !== undefined || this.#closing || id === undefined) return;
    const current: { -readonly [K in keyof Current]: Current[K] } = {
      id,
      job: undefined,
      asked: undefined,
      over: Promise.resolve(),
    };
    this.#current = current;
    this.#taken.add(id);
    current.over = this.#run(current).finally(() => {
      this.#current = undefined;
      this.#next();
    });
  }

  async #run(current: Current): Promise<void> {
    const { id } = current;
    const before = this.#job(id);
    const patch: JobPatch = { state: 'running', reason: null };
    const save = (change: JobPatch) => this.#saver.save((state) => patched(state, id, change));
    this.#saver.save((state) => patched(dequeued(state, id), id, patch));
    try {
      const job = await this.#start(before, save);
      current.job = job;
      // Told to stop while it was being prepared.
      if (current.asked !== undefined) void job.stop(PATIENCE[current.asked]);
      const outcome = await job.ended;
      job.close();
      const end = await endOf(outcome, current.asked, job.tracker);
      for (const { level, message } of end.log) job.log(level, message);
      await job.logged();
      const seconds = before.seconds + job.seconds;
      await this.#saver.saved((state) => patched(state, id, { ...end.patch, seconds }));
    } catch (error) {
      const reason = error instanceof UserError ? error.message : `A fault of SpaGene: ${String(error)}`;
      await this.#saver.saved((state) => patched(state, id, { state: 'failed', reason }));
    }
  }

  async #start(record: JobRecord, save: (patch: JobPatch) => void): Promise<RunningJob> {
    const { id } = record;
    const folder = this.#project.folderOf(folderKind(record), id);
    const asked = await readAsked(folder);
    const task = await this.#task(asked, record, folder);
    const tracker = await trackerOf(asked, id, folder, this.#project.state);
    this.#trackers.set(id, tracker);
    const seconds = () => record.seconds + job.seconds;
    const job: RunningJob = new RunningJob(this.#context, { id, folder }, task, tracker, (patch) =>
      save({ ...patch, seconds: seconds() }),
    );
    return job;
  }

  async #task(asked: AskedJob, record: JobRecord, folder: string): Promise<JobTask> {
    const project = this.#project;
    if (record.kind === 'analysis') return analysisTask(project, this.#context.access, record);
    if (asked.kind === 'analysis') throw new RangeError(`${folder} is asked for as an analysis`);
    return taskOf(asked, folder, await project.inputs(), project.state.spatial?.name ?? 'spatial');
  }
}
