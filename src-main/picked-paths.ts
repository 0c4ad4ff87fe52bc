import { isAbsolute, relative, resolve, sep } from 'node:path';

/** Files and folders that the user chose, dropped or opened; the engine may read these and what lies in them. */
export class PickedPaths {
  readonly #paths = new Set<string>();

  add(path: string): void {
    this.#paths.add(resolve(path));
  }

  /** Whether a path, or a folder that holds it, was picked. */
  covers(path: string): boolean {
    return isAbsolute(path) && [...this.#paths].some((picked) => holds(picked, path));
  }
}

/** Whether a path is a folder itself or lies below it, by its name. */
export function holds(folder: string, path: string): boolean {
  const way = relative(folder, resolve(path));
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
