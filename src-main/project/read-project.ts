import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import { notAProject } from './migrate.ts';
import { DamagedProject, parseProject, type ReadProject } from './project-file.ts';

export const PROJECT_FILE = 'project.json';
/** A copy of what was saved last, for when project.json is damaged. */
export const BACKUP_FILE = 'project.json.bak';

export interface ProjectPlace {
  readonly folder: string;
  readonly file: typeof PROJECT_FILE | typeof BACKUP_FILE;
}

/**
 * The project that a path means: its folder, its project.json, or project.json.bak to go on from the copy.
 *
 * @throws UserError when there is no project
 */
export async function locateProject(path: string): Promise<ProjectPlace> {
  const given = resolve(path);
  const found = await stat(given).catch(() => undefined);
  const name = basename(given);
  if (found === undefined) {
    throw new UserError(
      `${given} is not there (any more). It may have been moved, or its disk is not connected.`,
      {
        file: given,
      },
    );
  }
  if (found.isFile() && (name === PROJECT_FILE || name === BACKUP_FILE)) {
    return { folder: dirname(given), file: name };
  }
  if (!found.isDirectory()) throw notAProject(given);
  for (const file of [PROJECT_FILE, BACKUP_FILE]) {
    if ((await stat(join(given, file)).catch(() => undefined)) !== undefined) {
      return { folder: given, file: PROJECT_FILE };
    }
  }
  throw new UserError(`${given} is not a project: it holds no ${PROJECT_FILE}.`, { file: given });
}

/**
 * Reads a project. When project.json is damaged or gone and the copy beside it is good, the error says so, and its
 * place has the copy's name as `element`.
 *
 * @throws UserError with one sentence
 */
export async function readProject({ folder, file }: ProjectPlace): Promise<ReadProject> {
  const path = join(folder, file);
  try {
    return parseProject(await readText(path), folder, path);
  } catch (error) {
    if (!(error instanceof DamagedProject)) throw error;
    throw await damaged(folder, file, error.message);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new DamagedProject('it is not there', { cause: error });
    const reason = code === 'EACCES' || code === 'EPERM' ? 'you have no permission' : String(code);
    throw new UserError(`${path} cannot be read: ${reason}.`, { file: path }, 'input', error);
  }
}

async function damaged(folder: string, file: string, reason: string): Promise<UserError> {
  const path = join(folder, file);
  const backup = join(folder, BACKUP_FILE);
  const hasGoodBackup =
    file !== BACKUP_FILE &&
    (await readText(backup)
      .then((text) => parseProject(text, folder, backup))
      .then(
        () => true,
        () => false,
      ));
  if (!hasGoodBackup) {
    return new UserError(
      `${path} is damaged (${reason}), and there is no good copy of it in the folder; put one back from a backup.`,
      { file: path },
    );
  }
  return new UserError(
    `${path} is damaged (${reason}). Open ${BACKUP_FILE} in the same folder to go on from the copy that was saved last.`,
    { file: path, element: BACKUP_FILE },
  );
}
