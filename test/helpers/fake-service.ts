import { fork } from 'node:child_process';
import { cp, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventName } from '../../src-shared/contract/events.ts';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { InputRequest } from '../../src-shared/domain/impute-request.ts';
import type { JobList } from '../../src-shared/domain/jobs.ts';
import type { ProjectState } from '../../src-shared/domain/project.ts';
import type { Child, Spawn } from '../../src-main/host/child.ts';
import type { ProjectHandle, ProjectHooks, ServiceContext } from '../../src-main/service/context.ts';
import { root } from './spagene.ts';

/** A project in memory, whose folder is real. */
export class FakeProject implements ProjectHandle {
  readonly folder: string;
  state: ProjectState;
  readonly #inputs: InputRequest;
  /** What `change` throws until it is taken away. */
  broken: UserError | undefined;
  changes = 0;

  constructor(folder: string, inputs: InputRequest) {
    this.folder = folder;
    this.#inputs = inputs;
    this.state = {
      folder,
      name: 'Test',
      created: '2026-01-01T00:00:00.000Z',
      notes: '',
      readOnly: null,
      spatial: null,
      reference: null,
      sharedGenes: null,
      runs: [],
      evaluations: [],
      analyses: [],
      groups: [],
      queue: [],
      view: {},
    };
  }

  change(edit: (state: ProjectState) => ProjectState): Promise<void> {
    if (this.broken !== undefined) return Promise.reject(this.broken);
    this.state = edit(this.state);
    this.changes += 1;
    return Promise.resolve();
  }

  inputs(): Promise<InputRequest> {
    return Promise.resolve(this.#inputs);
  }

  folderOf(kind: string, id: string): string {
    return join(this.folder, kind, id);
  }

  async trash(kind: JobList, id: string): Promise<string> {
    await mkdir(join(this.folder, 'trash'), { recursive: true });
    await rename(this.folderOf(kind, id), join(this.folder, 'trash', id));
    this.state = { ...this.state, [kind]: this.state[kind].filter((job) => job.id !== id) };
    return id;
  }

  /** A copy of the folder of a job, such as it is on disk now. */
  async copyOf(kind: string, id: string, to: string): Promise<void> {
    await cp(this.folderOf(kind, id), to, { recursive: true });
  }
}

/** A service context around a fake project, keeping what is emitted. */
export class FakeService implements ServiceContext {
  readonly version = '0.0.0-test';
  readonly shell = 'browser';
  readonly spawn: Spawn;
  readonly events: { readonly name: EventName; readonly payload: unknown; readonly at: number }[] = [];
  readonly access = { grant: () => undefined, check: () => undefined };
  readonly work: ServiceContext['work'] = {
    run: (_, work) => work(this.cancel.signal, () => undefined),
    cancel: () => this.cancel.abort(),
  };
  readonly cancel = new AbortController();
  readonly #hooks: ProjectHooks[] = [];
  #project: FakeProject | undefined;

  constructor(spawn: Spawn) {
    this.spawn = spawn;
  }

  emit(name: EventName, payload: unknown): void {
    this.events.push({ name, payload, at: performance.now() });
  }

  project(): FakeProject {
    if (this.#project === undefined) throw new UserError('No project is open.', {}, 'usage');
    return this.#project;
  }

  onProject(hooks: ProjectHooks): void {
    this.#hooks.push(hooks);
  }

  async open(project: FakeProject): Promise<void> {
    this.#project = project;
    for (const hooks of this.#hooks) await hooks.opened?.(project);
  }

  async close(): Promise<void> {
    for (const hooks of this.#hooks) await hooks.closing?.(this.project());
    this.#project = undefined;
  }
}

/** Starts entries of dist/ as Node's fork does; `children` are those started, newest last. */
export function realSpawn(children: Child[] = []): Spawn {
  return (entry, args = []) => {
    const child = fork(join(root, 'dist', `${entry}.js`), [...args], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, SPAGENE_THREADS: '1' },
    });
    const started: Child = {
      pid: child.pid,
      send: (message) => {
        if (child.connected) child.send(message as object);
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) =>
        void child.on('exit', (code, signal) => listener(signal ?? `code ${String(code)}`)),
      kill: () => void child.kill(),
    };
    children.push(started);
    return started;
  };
}

/** Waits until something is so. Throws an Error when it is not within the time. */
export async function until(what: () => boolean, milliseconds = 240_000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!what()) {
    if (performance.now() > end) throw new Error(`not so after ${milliseconds} ms: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
