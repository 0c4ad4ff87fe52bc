import type { ProjectState } from '../../../src-shared/domain/project.ts';
import type { ProjectHandle } from '../context.ts';

type Edit = (state: ProjectState) => ProjectState;

const TRY_AGAIN = 3000;

/**
 * Saves what a job has to say, in order, also when the disk is full or away for a while: then it is tried again,
 * since nobody waits for an answer, and shown meanwhile, since it happened.
 */
export class StateSaver {
  readonly #project: ProjectHandle;
  readonly #show: (unsaved: ProjectState) => void;
  #waiting: Edit[] = [];
  #saving: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(project: ProjectHandle, show: (unsaved: ProjectState) => void) {
    this.#project = project;
    this.#show = show;
  }

  save(edit: Edit): void {
    this.#waiting.push(edit);
    this.#next().catch(() => undefined);
  }

  /** Waits for the edit, and those before it, to have been tried once. */
  async saved(edit: Edit): Promise<void> {
    this.save(edit);
    await this.#saving;
  }

  /** Tries again at once what could not be saved. Throws a UserError when it still cannot. */
  now(): Promise<void> {
    return this.#next();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /** One try after the other, so that no edit is made twice. */
  #next(): Promise<void> {
    const trying = this.#saving.then(() => this.#write());
    this.#saving = trying.catch(() => undefined);
    return trying;
  }

  async #write(): Promise<void> {
    const edits = this.#waiting;
    this.#waiting = [];
    if (edits.length === 0) return;
    try {
      await this.#project.change((state) => applied(edits, state));
    } catch (error) {
      this.#waiting = [...edits, ...this.#waiting];
      this.#show(applied(this.#waiting, this.#project.state));
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#next().catch(() => undefined), TRY_AGAIN).unref();
      throw error;
    }
  }
}

function applied(edits: readonly Edit[], state: ProjectState): ProjectState {
  return edits.reduce((now, edit) => edit(now), state);
}
