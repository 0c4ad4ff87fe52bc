import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeError } from './atomic-write.ts';

/**
 * mkdir with its parents, one at a time: Node's recursive form never returns on some virtual file systems. Throws a
 * UserError when the folder cannot be made.
 */
export async function makeFolder(path: string): Promise<void> {
  if (existsSync(path)) return;
  await makeFolder(dirname(path));
  try {
    await mkdir(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw writeError(error, path);
  }
}
