import { existsSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { Handlers } from '../../src-shared/contract/handlers.ts';
import { writeError } from '../io/atomic-write.ts';
import { listFolder } from './list-folder.ts';
import type { ProjectService } from './open-project.ts';
import { places } from './places.ts';

type FileCalls = 'files:choose' | 'files:list' | 'files:picked' | 'files:make-folder' | 'files:reveal';

export function fileHandlers(
  service: Pick<ProjectService, 'shell' | 'access' | 'current'>,
): Pick<Handlers, FileCalls> {
  const listed = new Set<string>();
  const onlyInBrowser = (): void => {
    if (service.shell !== 'browser')
      throw refused('In the desktop app, the dialogs of the system list folders.');
  };
  return {
    'files:choose': () => Promise.reject(refused('The dialogs of the system are for the desktop app only.')),
    'files:reveal': () => Promise.reject(refused('The file manager is for the desktop app only.')),
    'files:list': async ({ folder: asked }) => {
      onlyInBrowser();
      const folder = fullPath(asked ?? homedir());
      const { entries, truncated } = await listFolder(folder);
      listed.add(await realpath(folder));
      const parent = dirname(folder);
      return {
        folder,
        parent: parent === folder ? null : parent,
        places: await places(service.current()?.folder),
        entries,
        truncated,
      };
    },
    'files:picked': ({ path }) => {
      const full = fullPath(path);
      // A new project's folder and the one that holds all projects may both have to be made.
      if (![full, dirname(full), dirname(dirname(full))].some((one) => existsSync(one))) {
        return Promise.reject(new UserError(`${full} is not there (any more).`, { file: full }));
      }
      service.access.grant(full);
      return Promise.resolve({});
    },
    'files:make-folder': async ({ folder, name }) => {
      onlyInBrowser();
      const parent = fullPath(folder);
      checkName(name);
      if (!listed.has(await realpath(parent).catch(() => parent))) service.access.check(parent);
      const path = join(parent, name);
      await makeNew(path);
      service.access.grant(path);
      return { path };
    },
  };
}

function refused(message: string): UserError {
  return new UserError(message, {}, 'usage');
}

function fullPath(path: string): string {
  if (isAbsolute(path) && !path.includes('\0')) return resolve(path);
  throw refused(`"${path.slice(0, 200)}" is not a full path.`);
}

async function makeNew(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw writeError(error, path);
    throw new UserError(`${path} is there already; choose another name.`, { file: path }, 'input', error);
  }
}

/** Names that one of the systems would not take, or that mean something else. */
function checkName(name: string): void {
  const bad =
    name.trim() === '' ||
    /^\.{1,2}$|^\.|[. ]$/u.test(name) ||
    // eslint-disable-next-line no-control-regex -- no system shows control characters
    /[\u0000-\u001f<>:"/\\|?*]/u.test(name) ||
    /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu.test(name);
  if (!bad) return;
  throw refused(
    `"${name.slice(0, 80)}" cannot be the name of a folder: it must not be empty, begin or end with a dot, end with a space, or have one of < > : " / \\ | ? *.`,
  );
}
