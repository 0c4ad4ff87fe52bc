import type { EventName, EventOf } from '../../src-shared/contract/events.ts';
import type { ProjectState } from '../../src-shared/domain/project.ts';

/** Which jobs are running, for a host that is about to end. */
export class RunningJobs {
  #names: readonly string[] = [];

  /** To be given every event. */
  hear<K extends EventName>(event: K, payload: EventOf<K>): void {
    if (event !== 'project:changed') return;
    const { project } = payload as { project: ProjectState | null };
    const jobs = [...(project?.runs ?? []), ...(project?.evaluations ?? [])];
    this.#names = jobs.filter(({ state }) => state === 'running').map(({ name }) => name);
  }

  get names(): readonly string[] {
    return this.#names;
  }

  /** What leaving does to them; null when none runs. */
  sentence(): string | null {
    if (this.#names.length === 0) return null;
    const which = this.#names.map((name) => `"${name}"`).join(', ');
    return `${which} is still running; it is saved and paused, and goes on when you resume it.`;
  }
}
