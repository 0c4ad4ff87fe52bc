import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import { isInside } from '../project/stored-path.ts';
import type { PathAccess } from './context.ts';

/**
 * Which paths may be read. Links are followed to where they lead before anything is compared, so that a link inside
 * a permitted folder opens nothing outside of it.
 *
 * @param ofProject paths that the open project brings along: its folder, and its datasets
 */
export function pathAccess(ofProject: () => readonly string[]): PathAccess {
  const granted = new Set<string>();
  return {
    grant(path) {
      granted.add(realPath(path));
    },
    check(path) {
      const real = realPath(path);
      const holds = (folder: string): boolean => isInside(folder, real);
      if ([...granted].some(holds) || ofProject().some((one) => holds(realPath(one)))) return;
      const where = real === resolve(path) ? path : `${path} (a link to ${real})`;
      throw new UserError(
        `${where} was not chosen by you in this window; choose it, or a folder that holds it.`,
        {
          file: path,
        },
      );
    },
  };
}

/** Where a path leads. What is not there yet counts as lying where its folder leads. */
function realPath(path: string): string {
  if (!isAbsolute(path) || path.includes('\0')) {
    throw new UserError(`"${path.slice(0, 200)}" is not a full path.`, {}, 'usage');
  }
  const full = resolve(path);
  try {
    return realpathSync.native(full);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const mayBeMade = (code === 'ENOENT' || code === 'ENOTDIR') && dirname(full) !== full && !isLink(full);
    if (mayBeMade) return join(realPath(dirname(full)), basename(full));
    const why = code === 'EACCES' ? 'you have no permission' : 'it leads nowhere';
    throw new UserError(`${path} cannot be opened: ${why}.`, { file: path }, 'input', error);
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
