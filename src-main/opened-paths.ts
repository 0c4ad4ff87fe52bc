import { app } from 'electron';
import { statSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { z } from 'zod';

/** What stands in a project's folder for a double click; the folder is the project. */
export const projectExtension = '.spagene';

const handedOn = z.strictObject({ paths: z.array(z.string().max(4096)).max(100) });

/** What the user opens from outside: by a double click, by a second start, by the list of recent documents. */
export class OpenedPaths {
  readonly #here: readonly string[];
  #waiting: (string | null)[] = [];
  #listener: ((path: string | null) => void) | undefined;

  constructor() {
    this.#here = pathsIn(process.argv, process.defaultApp, process.cwd());
    for (const path of this.#here) this.#tell(path);
    app.on('open-file', (event, path) => {
      event.preventDefault();
      this.#tell(path);
    });
    app.on('second-instance', (_event, _argv, _folder, data) => {
      const { paths } = handedOn.safeParse(data).data ?? { paths: [] };
      this.#tell(null);
      for (const path of paths) this.#tell(path);
    });
  }

  /** Whether this is the only start; if not, the first one is told what this one should have opened. */
  isFirst(): boolean {
    return app.requestSingleInstanceLock({ paths: [...this.#here] });
  }

  /** Told of each path, also of those from before; of null when the app was started again. */
  listen(listener: (path: string | null) => void): void {
    this.#listener = listener;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const path of waiting) listener(path);
  }

  #tell(path: string | null): void {
    if (this.#listener === undefined) this.#waiting.push(path);
    else this.#listener(path);
  }
}

/** The paths among the arguments of a start: what is there, and is no option. @param development the first one is the app */
export function pathsIn(argv: readonly string[], development: boolean, from: string): string[] {
  return argv
    .slice(1)
    .filter((argument) => argument !== '' && !argument.startsWith('-'))
    .slice(development ? 1 : 0)
    .map((argument) => resolve(from, argument))
    .filter((path) => statSync(path, { throwIfNoEntry: false }) !== undefined);
}

/** What is meant by a path that was opened from outside: the folder of a project for a file that names it. */
export function meantBy(path: string): string {
  const names = extname(path) === projectExtension || basename(path) === 'project.json';
  return names && isFile(path) ? dirname(path) : path;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
