import type { EventName, EventOf } from '../../src-shared/contract/events.ts';
import type { InputRequest } from '../../src-shared/domain/impute-request.ts';
import type { JobList } from '../../src-shared/domain/jobs.ts';
import type { ProjectState } from '../../src-shared/domain/project.ts';
import type { Spawn } from '../host/child.ts';

/** What the handlers of the engine's process share. */
export interface ServiceContext {
  readonly version: string;
  readonly shell: 'electron' | 'browser';
  readonly spawn: Spawn;
  emit<K extends EventName>(event: K, payload: EventOf<K>): void;
  /** The open project. Throws a UserError when none is open. */
  project(): ProjectHandle;
  readonly access: PathAccess;
  /** Hooks of features that keep something about the open project; awaited in the order of registration. */
  onProject(hooks: ProjectHooks): void;
  /** Work that a page may stop by its ticket: previews, imports, exports. */
  readonly work: Work;
}

export interface ProjectHooks {
  opened?(project: ProjectHandle): void | Promise<void>;
  closing?(project: ProjectHandle): void | Promise<void>;
}

/** The project that is open. */
export interface ProjectHandle {
  readonly folder: string;
  /** What the page sees; never mutated. */
  readonly state: ProjectState;
  /**
   * Changes the state, saves project.json atomically and tells the page; one change after the other. Throws a
   * UserError when the project is read-only, its folder is gone, or the disk is full: the state stays as it was.
   */
  change(edit: (state: ProjectState) => ProjectState): Promise<void>;
  /** What jobs read. Throws a UserError naming the dataset that is missing, moved or changed since its import. */
  inputs(): Promise<InputRequest>;
  /** Folder of one run, evaluation, analysis or export; not made by this. */
  folderOf(kind: JobList | 'groups' | 'exports', id: string): string;
  /**
   * Moves an item's folder into the project's trash, its record with it; a dataset goes by its role.
   * @returns a name to restore it by
   */
  trash(kind: JobList | 'datasets', id: string): Promise<string>;
}

/** Which paths the page may have read: those that the user picked, and what lies in the open project. */
export interface PathAccess {
  grant(path: string): void;
  /** Throws a UserError when the user never picked this path or a folder that holds it. */
  check(path: string): void;
}

export interface Work {
  /** Runs work under a ticket; `signal` is aborted by work:cancel; `report` sends work:progress, ten a second at most. */
  run<T>(
    ticket: string,
    work: (signal: AbortSignal, report: (stage: string, share: number | null) => void) => Promise<T>,
  ): Promise<T>;
  cancel(ticket: string): void;
}
