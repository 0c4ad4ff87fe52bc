import type { EventName, EventOf } from '../../src-shared/contract/events.ts';
import { allJobs } from '../../src-shared/domain/jobs.ts';
import type { JobRecord, ProjectState } from '../../src-shared/domain/project.ts';

/** Which jobs are running, for a host that is about to end. */
export class RunningJobs {
  #running: readonly JobRecord[] = [];

  /** To be given every event. */
  hear<K extends EventName>(event: K, payload: EventOf<K>): void {
    if (event !== 'project:changed') return;
    const { project } = payload as { project: ProjectState | null };
    const jobs = project === null ? [] : allJobs(project);
    this.#running = jobs.filter(({ state }) => state === 'running');
  }

  get names(): readonly string[] {
    return this.#running.map(({ name }) => name);
  }

  /** What leaving does to them; null when none runs. */
  sentence(): string | null {
    if (this.#running.length === 0) return null;
    const which = this.names.map((name) => `"${name}"`).join(', ');
    return this.#running.every(({ kind }) => kind === 'analysis')
      ? `${which} is still running; it is stopped, and begins again when you resume it.`
      : `${which} is still running; it is saved and paused, and goes on when you resume it.`;
  }
}
