import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { z } from 'zod';

/**
 * A path as project.json keeps it. Inside the project: relative to its folder, with `/`. Outside: absolute, and
 * relative to the project too where both lie under a common folder, so that they can move together.
 */
export const storedPath = z.union([
  z.string().min(1),
  z.strictObject({ absolute: z.string().min(1), relative: z.string().exactOptional() }),
]);
export type StoredPath = z.infer<typeof storedPath>;

/** Whether a path is a folder or lies somewhere below it. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** Relative ways to places outside that were not there when the project was opened; kept as they were stored. */
export type Unresolved = Map<string, string>;

export function storePath(folder: string, path: string, unresolved: Unresolved): StoredPath {
  if (isInside(folder, path)) return portable(relative(folder, path));
  const kept = unresolved.get(path);
  const way = kept ?? (haveCommonFolder(folder, path) ? portable(relative(folder, path)) : undefined);
  return way === undefined ? { absolute: path } : { absolute: path, relative: way };
}

/** The absolute path that is meant: where it was, else where it would be had it moved with the project. */
export function resolvePath(folder: string, stored: StoredPath, unresolved: Unresolved): string {
  if (typeof stored === 'string') return join(folder, stored);
  const moved = stored.relative === undefined ? undefined : resolve(folder, stored.relative);
  const isOfThisSystem = isAbsolute(stored.absolute);
  if (isOfThisSystem && existsSync(stored.absolute)) return stored.absolute;
  if (moved !== undefined && existsSync(moved)) return moved;
  if (stored.relative !== undefined) unresolved.set(stored.absolute, stored.relative);
  return stored.absolute;
}

/** Whether two absolute paths share more than the root of the disk. */
function haveCommonFolder(one: string, other: string): boolean {
  const [first, second] = [one, other].map((path) => path.split(sep).filter((part) => part !== ''));
  return first![0] !== undefined && first![0] === second![0] && (sep === '/' || first![1] === second![1]);
}

function portable(path: string): string {
  return path.split(sep).join('/');
}
