import type { ProjectState } from '../../src-shared/domain/project.ts';

type Edit = (state: ProjectState) => ProjectState;

interface Waiting {
  readonly edit: Edit;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Changes one after the other. What comes while one is being saved is saved together afterwards. */
export class ChangeQueue {
  readonly #save: (edit: Edit) => Promise<void>;
  readonly #waiting: Waiting[] = [];
  #working: Promise<void> | undefined;

  constructor(save: (edit: Edit) => Promise<void>) {
    this.#save = save;
  }

  /** Resolves when the change is saved; rejects with what the edit or the saving throws. */
  add(edit: Edit): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ edit, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  /** Resolves when nothing is left to save. */
  async settled(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    // Edits that are asked for in the same breath come together.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#together(this.#waiting.splice(0));
    // In the same breath as the look above: a change that is asked for a moment later starts the work again.
    this.#working = undefined;
  }

  async #together(batch: readonly Waiting[]): Promise<void> {
    let applied: Waiting[] = [];
    const all: Edit = (state) => {
      applied = [];
      let next = state;
      for (const one of batch) {
        try {
          next = one.edit(next);
          applied.push(one);
        } catch (error) {
          one.reject(error);
        }
      }
      return next;
    };
    try {
      await this.#save(all);
      for (const { resolve } of applied) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
