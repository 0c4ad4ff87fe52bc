import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { ProjectState } from '../../src-shared/domain/project.ts';
import { writeFileAtomically } from '../io/atomic-write.ts';
import { makeFolder } from '../io/make-folder.ts';
import { Ledger } from './ledger.ts';
import { formatProject } from './project-file.ts';
import { PROJECT_FILE } from './read-project.ts';

const PARTS = ['datasets', 'runs', 'evaluations', 'analyses', 'groups', 'exports'] as const;

/** Files that systems put into folders by themselves. */
const OF_THE_SYSTEM = new Set(['.DS_Store', 'desktop.ini', 'Thumbs.db', '.directory']);

/**
 * Makes a project in a folder that is empty or not there yet.
 *
 * @throws UserError when it holds something, or cannot be made or written to
 */
export async function createProject(folder: string, name: string): Promise<void> {
  const path = resolve(folder);
  await checkEmpty(path);
  await makeFolder(path);
  for (const part of PARTS) await makeFolder(join(path, part));
  await writeFileAtomically(join(path, PROJECT_FILE), formatProject(emptyState(path, name), new Ledger()));
  await writeFileAtomically(join(path, openerName(name)), OPENER);
}

/** What a double click in a file manager opens; the project is the folder that holds it. */
const OPENER = 'Opens this folder in SpaGene Desktop.\n';

/** `Mouse cortex / 2` → `Mouse cortex - 2.spagene`, a name that every system takes. */
function openerName(name: string): string {
  const plain = name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').replace(/^[.\s]+|[.\s]+$/gu, '');
  return `${plain === '' ? 'Project' : plain.slice(0, 80)}.spagene`;
}

async function checkEmpty(path: string): Promise<void> {
  const names: string[] = await readdir(path).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    const what = code === 'ENOTDIR' ? 'is not a folder' : `cannot be opened (${String(code)})`;
    throw new UserError(`${path} ${what}; choose another folder for the project.`, { file: path });
  });
  if (names.includes(PROJECT_FILE)) {
    throw new UserError(`${path} holds a project already; open it, or choose another folder.`, {
      file: path,
    });
  }
  if (names.some((one) => !OF_THE_SYSTEM.has(one))) {
    throw new UserError(`${path} is not empty; choose an empty folder, or make a new one in it.`, {
      file: path,
    });
  }
}

function emptyState(folder: string, name: string): ProjectState {
  return {
    folder,
    name,
    created: new Date().toISOString(),
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
