import { dirname, resolve } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { Handlers } from '../../src-shared/contract/handlers.ts';
import { allJobs } from '../../src-shared/domain/jobs.ts';
import { readGroup, saveGroup } from '../project/groups.ts';
import type { OpenProject } from '../project/open-project.ts';
import { restoreItem, trashItem, type Item } from '../project/trash.ts';
import { readerOf } from './analysis/dependencies.ts';
import { createExample } from './example-project.ts';
import type { ProjectService } from './open-project.ts';
import { recentProjects } from './settings-file.ts';

type ProjectCalls =
  | 'project:current'
  | 'project:create'
  | 'project:example'
  | 'project:open'
  | 'project:close'
  | 'project:change'
  | 'project:save-view'
  | 'project:remove'
  | 'project:restore'
  | 'group:save'
  | 'group:cells';

/** Characters of JSON that the state of the views may have. */
const LARGEST_VIEW = 1_000_000;

export function projectHandlers(service: ProjectService): Pick<Handlers, ProjectCalls> {
  const open = (): OpenProject => {
    // Says that none is open.
    service.project();
    return service.current()!;
  };
  return {
    'project:current': () => Promise.resolve({ project: service.current()?.state ?? null }),
    'project:create': async ({ folder, name }) => {
      service.access.check(folder);
      return service.create(folder, name);
    },
    'project:example': ({ folder, scenario }) => createExample(service, folder, scenario),
    'project:open': async ({ folder }) => {
      await mayOpen(service, folder);
      return service.open(folder);
    },
    'project:close': async () => {
      await service.close();
      return {};
    },
    'project:change': async (changes) => {
      await open().change((state) => ({ ...state, ...changes }));
      return {};
    },
    'project:save-view': async ({ view }) => {
      await saveView(open(), view);
      return {};
    },
    'project:remove': async (item) => {
      checkIdle(open(), item);
      return { trash: await trashItem(open(), item) };
    },
    'project:restore': async ({ trash }) => {
      await restoreItem(open(), trash);
      return {};
    },
    'group:save': async ({ name, cells }) => ({ id: await saveGroup(open(), name, cells) }),
    'group:cells': async ({ id }) => ({ cells: await readGroup(open(), id) }),
  };
}

/** A project may be opened that the user picked now or opened before. */
async function mayOpen(service: ProjectService, path: string): Promise<void> {
  const given = resolve(path);
  const isOf = (folder: string): boolean => folder === given || folder === dirname(given);
  const known = [service.current()?.folder, ...(await recentProjects()).map(({ folder }) => folder)];
  if (known.some((folder) => folder !== undefined && isOf(folder))) return;
  service.access.check(path);
}

/** Where the views stand is worth no error: what cannot be kept for a project that is only looked at is not kept. */
async function saveView(project: OpenProject, view: Record<string, unknown>): Promise<void> {
  const text = JSON.stringify(view);
  if (text.length > LARGEST_VIEW)
    throw new UserError('The state of the views is too large to be kept.', {}, 'usage');
  if (project.state.readOnly !== null || text === JSON.stringify(project.state.view)) return;
  await project.change((state) => ({ ...state, view }));
}

function checkIdle({ state }: OpenProject, item: Item): void {
  const jobs = allJobs(state);
  const busy =
    item.kind === 'dataset'
      ? jobs.find((job) => job.state === 'running')
      : jobs.find((job) => job.kind === item.kind && job.id === item.id && job.state === 'running');
  const reader = item.kind === 'dataset' ? undefined : readerOf(state, item.id);
  if (reader !== undefined) {
    throw new UserError(`"${reader.name}" is reading it. Stop that first.`, {}, 'usage');
  }
  if (busy === undefined) return;
  const what = item.kind === 'dataset' ? 'It uses these data; pause or stop it' : 'Stop it';
  throw new UserError(`"${busy.name}" is running. ${what} first.`, {}, 'usage');
}
