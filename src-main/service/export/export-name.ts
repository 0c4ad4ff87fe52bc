import { existsSync } from 'node:fs';
import { join } from 'node:path';

const LONGEST = 80;

/** A job's name as part of a file's name on any system: letters, digits, dots and dashes. */
export function fileStem(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/gu, '');
  return Array.from(plain).slice(0, LONGEST).join('') || 'run';
}

/** Names that exports being written have taken. */
const taken = new Set<string>();

/**
 * Takes a path in the folder that is not there yet (stem.ext, stem-2.ext, …) for as long as `write` needs to make
 * it; what is there is never written over.
 */
export async function withFreePath<T>(
  folder: string,
  stem: string,
  extension: string,
  write: (path: string) => Promise<T>,
): Promise<T> {
  const path = freePath(folder, stem, extension);
  taken.add(path);
  try {
    return await write(path);
  } finally {
    taken.delete(path);
  }
}

function freePath(folder: string, stem: string, extension: string): string {
  for (let n = 1; ; n++) {
    const path = join(folder, `${stem}${n === 1 ? '' : `-${n}`}${extension}`);
    if (!taken.has(path) && !existsSync(path)) return path;
  }
}
