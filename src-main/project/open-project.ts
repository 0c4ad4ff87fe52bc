import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import { id as idSchema } from '../../src-shared/contract/schemas.ts';
import type { InputRequest } from '../../src-shared/domain/impute-request.ts';
import type { ProjectState } from '../../src-shared/domain/project.ts';
import { writeFileAtomically } from '../io/atomic-write.ts';
import { checkedInputs } from './check-files.ts';
import { ChangeQueue } from './change-queue.ts';
import { removeGeneIndex } from './gene-index.ts';
import type { Ledger } from './ledger.ts';
import type { Lock } from './keep-lock.ts';
import { LOCK_FILE, takeLock } from './lock.ts';
import { formatProject, type ReadProject } from './project-file.ts';
import { BACKUP_FILE, locateProject, PROJECT_FILE, readProject, type ProjectPlace } from './read-project.ts';
import { heldBy } from './stale-lock.ts';
import { emptyTrash } from './trash-folder.ts';

export type Edit = (state: ProjectState) => ProjectState;

/** Where the parts of a project lie. */
export type ProjectFolder = 'runs' | 'evaluations' | 'analyses' | 'groups' | 'exports';

/** A project that is open: its state, and the only way in which its project.json is written. */
export class OpenProject {
  readonly folder: string;
  readonly ledger: Ledger;
  readonly #changed: (state: ProjectState) => void;
  readonly #queue = new ChangeQueue((edits) => this.#save(edits));
  #state: ProjectState;
  #lock: Lock | undefined;
  #closed = false;

  private constructor({ state, ledger }: ReadProject, changed: (state: ProjectState) => void) {
    this.folder = state.folder;
    this.ledger = ledger;
    this.#state = ledger.withStale(state);
    this.#changed = changed;
  }

  /**
   * Opens the project that `path` means: its folder, its project.json, or project.json.bak to go on from that copy.
   * Opens read-only, with the reason in `state.readOnly`, when another process holds it or nothing may be written.
   *
   * @param changed called after every saved change
   * @throws UserError when there is no project, it is damaged, or a newer program wrote it
   */
  static async open(
    path: string,
    changed: (state: ProjectState) => void = () => undefined,
  ): Promise<OpenProject> {
    const place = await locateProject(path);
    let opened: OpenProject | undefined;
    const held = await hold(place.folder, (why) => {
      if (opened !== undefined) opened.#loseLock(why);
    });
    try {
      opened = new OpenProject(await readProject(place), changed);
      opened.#lock = held.lock;
      opened.#state = { ...opened.#state, readOnly: held.readOnly };
      if (held.readOnly === null) await opened.#tidy(place);
      return opened;
    } catch (error) {
      await held.lock?.release();
      throw error;
    }
  }

  get state(): ProjectState {
    return this.#state;
  }

  change(edit: Edit): Promise<void> {
    const problem = this.#closed ? 'The project was closed meanwhile.' : this.#state.readOnly;
    if (problem !== null) return Promise.reject(new UserError(problem, { file: this.folder }, 'usage'));
    return this.#queue.add(edit);
  }

  inputs(): Promise<InputRequest> {
    return checkedInputs(this.#state, this.ledger);
  }

  folderOf(kind: ProjectFolder, id: string): string {
    if (!idSchema.safeParse(id).success)
      throw new UserError(`"${id}" is not the name of anything here.`, {}, 'usage');
    return join(this.folder, kind, id);
  }

  /** Waits for changes under way and gives the lock back. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue.settled();
    await this.#lock?.release();
  }

  async #save(edit: Edit): Promise<void> {
    const { folder } = this;
    const { readOnly } = this.#state;
    if (readOnly !== null) throw new UserError(readOnly, { file: folder }, 'usage');
    const next = this.ledger.withStale({ ...edit(this.#state), folder, readOnly });
    await this.#write(next);
    this.#state = { ...next, readOnly: this.#state.readOnly };
    this.#changed(this.#state);
  }

  async #write(state: ProjectState): Promise<void> {
    await this.#checkThere();
    await this.ledger.look(state);
    const text = formatProject(state, this.ledger);
    await writeFileAtomically(join(this.folder, PROJECT_FILE), text);
    // What counts is saved by now; a copy that is one change older still serves.
    await writeFileAtomically(join(this.folder, BACKUP_FILE), text).catch(() => undefined);
  }

  /** A folder that was moved away may have been made again, empty, by who writes into it. */
  async #checkThere(): Promise<void> {
    for (const name of [PROJECT_FILE, LOCK_FILE]) {
      if ((await stat(join(this.folder, name)).catch(() => undefined)) !== undefined) return;
    }
    throw new UserError(
      `The project is not in ${this.folder} any more, so nothing was saved. Put the folder back, or open the project where it is now.`,
      { file: this.folder },
    );
  }

  /** Puts in order what opening for writing may put in order. */
  async #tidy({ folder, file }: ProjectPlace): Promise<void> {
    if (file === BACKUP_FILE) {
      const path = join(folder, PROJECT_FILE);
      await rename(path, `${path}.damaged`).catch(() => undefined);
      await this.#write(this.#state);
    }
    await emptyTrash(folder).catch(() => undefined);
    if (this.#state.spatial === null) await removeGeneIndex(folder);
  }

  #loseLock(why: string): void {
    this.#lock = undefined;
    this.#state = { ...this.#state, readOnly: why };
    this.#changed(this.#state);
  }
}

interface Held {
  readonly lock: Lock | undefined;
  readonly readOnly: string | null;
}

async function hold(folder: string, lost: (why: string) => void): Promise<Held> {
  try {
    const taken = await takeLock(folder, { lost: (by) => lost(heldBy(by)) });
    if ('lock' in taken) return { lock: taken.lock, readOnly: null };
    return { lock: undefined, readOnly: heldBy(taken.heldBy) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { lock: undefined, readOnly: `This project can only be looked at. ${error.message}` };
  }
}
