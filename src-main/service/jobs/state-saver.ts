import type { ProjectState } from '../../../src-shared/domain/project.ts';
import type { ProjectHandle } from '../context.ts';

type Edit = (state: ProjectState) => ProjectState;

const TRY_AGAIN = 3000;

/**
 * Saves what a job has to say, in order, also when the disk is full or away for a while: then it is tried again,
 * since nobody waits for an answer.
 */
export class StateSaver {
  readonly #project: ProjectHandle;
  #waiting: Edit[] = [];
  #saving: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(project: ProjectHandle) {
    this.#project = project;
  }

  save(edit: Edit): void {
    this.#waiting.push(edit);
    this.#saving = this.#saving.then(() => this.#flush());
  }

  /** Waits for the edit, and those before it, to have been tried once. */
  async saved(edit: Edit): Promise<void> {
    this.save(edit);
    await this.#saving;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #flush(): Promise<void> {
    const edits = this.#waiting;
    this.#waiting = [];
    if (edits.length === 0) return;
    try {
      await this.#project.change((state) => edits.reduce((now, edit) => edit(now), state));
    } catch {
      this.#waiting = [...edits, ...this.#waiting];
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#saving = this.#saving.then(() => this.#flush());
      }, TRY_AGAIN).unref();
    }
  }
}
