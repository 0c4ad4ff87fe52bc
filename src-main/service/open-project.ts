import { realpath } from 'node:fs/promises';
import type { EventName, EventOf } from '../../src-shared/contract/events.ts';
import { UserError } from '../../src-shared/contract/errors.ts';
import { jobLists } from '../../src-shared/domain/jobs.ts';
import type {
  AnalysisRecord,
  DatasetRecord,
  JobRecord,
  ProjectState,
} from '../../src-shared/domain/project.ts';
import type { Spawn } from '../host/child.ts';
import { createProject } from '../project/create-project.ts';
import { labelsFile } from '../project/dataset-file.ts';
import { OpenProject } from '../project/open-project.ts';
import { locateProject } from '../project/read-project.ts';
import { trashItem, type Item } from '../project/trash.ts';
import type { ProjectHandle, ProjectHooks, ServiceContext, Work } from './context.ts';
import { pathAccess } from './path-access.ts';
import { addRecent } from './settings-file.ts';
import { Steady } from './steady.ts';

export interface ProjectDeps {
  readonly version: string;
  readonly shell: 'electron' | 'browser';
  readonly spawn: Spawn;
  readonly work: Work;
  emit<K extends EventName>(event: K, payload: EventOf<K>): void;
}

/** What handlers share, and how a project comes to be open. */
export interface ProjectService extends ServiceContext {
  /** The open project with all that can be done to it; undefined when none is. */
  current(): OpenProject | undefined;
  /**
   * Opens a project by its folder, its project.json, or its project.json.bak, and closes the one before. The one
   * before stays open when this fails. Throws a UserError.
   */
  open(path: string): Promise<ProjectState>;
  /** Makes a project in an empty or new folder and opens it; `fill` puts into it what it has from the beginning. */
  create(
    folder: string,
    name: string,
    fill?: (project: ProjectHandle) => Promise<void>,
  ): Promise<ProjectState>;
  /** Lets the features finish, then closes the open project, if any. */
  close(): Promise<void>;
}

/** Milliseconds between two pushes of the state. */
const STEADY = 50;

interface Session {
  readonly project: OpenProject;
  readonly handle: ProjectHandle;
  readonly push: Steady;
}

export function openProjectService(deps: ProjectDeps): ProjectService {
  const hooks: ProjectHooks[] = [];
  let session: Session | undefined;
  const oneAtATime = serialiser();

  const close = async (): Promise<void> => {
    if (session === undefined) return;
    const { project, handle, push } = session;
    let failed: unknown;
    for (const hook of hooks) {
      try {
        await hook.closing?.(handle);
      } catch (error) {
        failed ??= error;
      }
    }
    session = undefined;
    await project.close();
    push.stop();
    deps.emit('project:changed', { project: null });
    if (failed !== undefined) throw failed as Error;
  };

  const begin = async (next: OpenProject): Promise<ProjectState> => {
    await close();
    const push = new Steady(STEADY, () => deps.emit('project:changed', { project: next.state }));
    session = { project: next, handle: handleOf(next), push };
    pushes.set(next, push);
    try {
      for (const hook of hooks) await hook.opened?.(session.handle);
    } catch (error) {
      session = undefined;
      push.stop();
      await next.close();
      throw error;
    }
    push.ask();
    await addRecent({ folder: next.folder, name: next.state.name });
    return next.state;
  };

  const pushes = new WeakMap<OpenProject, Steady>();
  const load = async (path: string): Promise<OpenProject> => {
    const loaded = await OpenProject.open(path, () => pushes.get(loaded)?.ask());
    return loaded;
  };

  return {
    ...deps,
    emit: (event, payload) => deps.emit(event, payload),
    project() {
      if (session !== undefined) return session.handle;
      throw new UserError('No project is open; open one, or make a new one.', {}, 'usage');
    },
    access: pathAccess(() => (session === undefined ? [] : pathsOf(session.project.state))),
    onProject: (hook) => void hooks.push(hook),
    current: () => session?.project,
    open: (path) =>
      oneAtATime(async () => {
        const { folder } = await locateProject(path);
        if (session !== undefined && (await isSame(folder, session.project.folder)))
          return session.project.state;
        return begin(await load(path));
      }),
    create: (folder, name, fill) =>
      oneAtATime(async () => {
        await createProject(folder, name);
        const made = await load(folder);
        try {
          await fill?.(handleOf(made));
        } catch (error) {
          await made.close();
          throw error;
        }
        return begin(made);
      }),
    close: () => oneAtATime(close),
  };
}

function handleOf(project: OpenProject): ProjectHandle {
  return {
    folder: project.folder,
    get state() {
      return project.state;
    },
    change: (edit) => project.change(edit),
    inputs: () => project.inputs(),
    folderOf: (kind, id) => project.folderOf(kind, id),
    trash: (kind, id) => trashItem(project, itemOf(kind, id)),
  };
}

function itemOf(kind: Parameters<ProjectHandle['trash']>[0], id: string): Item {
  if (kind === 'datasets') return { kind: 'dataset', role: id === 'spatial' ? 'spatial' : 'reference' };
  const kinds = Object.keys(jobLists) as JobRecord['kind'][];
  return { kind: kinds.find((one) => jobLists[one] === kind)!, id };
}

/** The folder of a project, and the data and gene sets outside that the user once linked into it. */
function pathsOf({ folder, spatial, reference, analyses }: ProjectState): string[] {
  const ofDataset = (record: DatasetRecord | null): (string | undefined)[] =>
    record === null
      ? []
      : [
          record.choice.path,
          record.choice.coordinates,
          labelsFile(record),
          ...record.files.map(({ path }) => path),
        ];
  const geneSets = ({ parameters }: AnalysisRecord) =>
    parameters.kind === 'pathways' ? parameters.files : [];
  const all = [folder, ...ofDataset(spatial), ...ofDataset(reference), ...analyses.flatMap(geneSets)];
  return all.filter((path) => path !== undefined);
}

async function isSame(path: string, folder: string): Promise<boolean> {
  const [one, other] = await Promise.all([path, folder].map((each) => realpath(each).catch(() => each)));
  return one === other;
}

/** Runs work one after the other, whatever came of the one before. */
function serialiser(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
