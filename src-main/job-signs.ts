import { Notification, powerSaveBlocker } from 'electron';
import type { EventName, EventOf } from '../src-shared/contract/events.ts';
import { allJobs } from '../src-shared/domain/jobs.ts';
import type { JobRecord, ProjectState } from '../src-shared/domain/project.ts';
import type { MainWindow } from './window.ts';

/** Seconds of work from which on a job's end is worth a notification. */
const LONG = 60;

/** What the system shows of jobs: progress on the taskbar, no sleep while one runs, a notification at its end. */
export class JobSigns {
  readonly #window: MainWindow;
  #running = new Map<string, JobRecord>();
  #folder: string | null = null;
  #awake: number | undefined;

  constructor(window: MainWindow) {
    this.#window = window;
  }

  /** To be given every event. */
  hear<K extends EventName>(event: K, payload: EventOf<K>): void {
    if (event === 'project:changed') this.#changed((payload as EventOf<'project:changed'>).project);
    else if (event === 'job:progress') {
      const { id, share } = payload as EventOf<'job:progress'>;
      if (this.#running.has(id)) this.#window.progress(share);
    }
  }

  #changed(project: ProjectState | null): void {
    const jobs = project === null ? [] : allJobs(project);
    const ran = project?.folder === this.#folder ? this.#running : new Map<string, JobRecord>();
    this.#folder = project?.folder ?? null;
    this.#running = new Map(jobs.filter(({ state }) => state === 'running').map((job) => [job.id, job]));
    for (const job of jobs) if (ran.has(job.id) && !this.#running.has(job.id)) this.#ended(job);
    this.#stayAwake(this.#running.size > 0);
    if (this.#running.size === 0) this.#window.progress(null);
  }

  #ended(job: JobRecord): void {
    const told = job.state === 'finished' || job.state === 'failed';
    if (!told || job.seconds < LONG || this.#window.isFocused || !Notification.isSupported()) return;
    const title = job.state === 'finished' ? `${job.name} is finished` : `${job.name} has failed`;
    const notification = new Notification({ title, body: job.reason ?? summary(job) });
    notification.on('click', () => this.#window.show());
    notification.show();
  }

  #stayAwake(awake: boolean): void {
    if (awake === (this.#awake !== undefined)) return;
    if (this.#awake !== undefined) powerSaveBlocker.stop(this.#awake);
    this.#awake = awake ? powerSaveBlocker.start('prevent-app-suspension') : undefined;
  }
}

function summary(job: JobRecord): string {
  if (job.kind === 'evaluation') return job.verdict[0] ?? 'The report is ready.';
  if (job.kind === 'analysis') return job.summary ?? 'The analysis is ready.';
  return job.trust ?? 'The imputed genes can be looked at on the map.';
}
