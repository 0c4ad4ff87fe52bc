import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';

/** What the system said (Node's error codes), and the sentence for a person. */
const reasons: Readonly<Record<string, (path: string) => string>> = {
  ENOSPC: (path) => `The disk is full: ${path} was not written. Free some space or choose another folder.`,
  EDQUOT: (path) =>
    `Your disk quota is used up: ${path} was not written. Free some space or choose another folder.`,
  EFBIG: (path) => `${path} became larger than this disk or account allows. Choose another folder.`,
  EACCES: (path) => `You may not write to ${dirname(path)}. Change its permissions or choose another folder.`,
  EPERM: (path) => `You may not write to ${dirname(path)}. Change its permissions or choose another folder.`,
  ENOENT: (path) =>
    `The folder ${dirname(path)} is not there (any more), so ${basename(path)} was not written.`,
  ENOTDIR: (path) => `${path} was not written: a part of this path is a file, not a folder.`,
  EISDIR: (path) => `${path} is a folder; give the name of a file.`,
  ENOTEMPTY: (path) => `${path} is a folder; give the name of a file.`,
  EROFS: (path) => `${dirname(path)} is read-only. Choose another folder.`,
  EXDEV: (path) =>
    `${path} lies on another disk than its folder, so it was not written. Choose another folder.`,
  ENAMETOOLONG: (path) => `The name ${basename(path)} is too long for this disk. Choose a shorter one.`,
  EIO: (path) => `The disk reported an error while ${path} was being written. Check the disk.`,
};

/** HDF5 wraps the system's error into its own text; this is how its C library words it. */
const wordings: readonly (readonly [RegExp, string])[] = [
  [/no space left on device/i, 'ENOSPC'],
  [/file too large/i, 'EFBIG'],
  [/quota exceeded/i, 'EDQUOT'],
  [/read-only file system/i, 'EROFS'],
  [/permission denied|operation not permitted/i, 'EACCES'],
  [/no such file or directory/i, 'ENOENT'],
];

/**
 * The {@link UserError} for an error met while writing `path`; an error that is not the disk's or the folder's
 * fault comes back unchanged.
 */
export function writeError(error: unknown, path: string): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const code =
    (error as NodeJS.ErrnoException).code ?? wordings.find(([text]) => text.test(error.message))?.[1];
  const sentence = code === undefined ? undefined : reasons[code];
  return sentence === undefined ? error : new UserError(sentence(path), { file: path }, 'input', error);
}

/**
 * A file under a temporary name beside its final one. `commit` puts it in place in one step, so that whoever
 * looks sees the old file or the whole new one; `discard` removes it.
 */
export interface PendingFile {
  readonly temporary: string;
  /** Flushes to disk, renames, flushes the folder. Throws a UserError, and leaves nothing, when that fails. */
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Creates the empty temporary file, and removes those that killed processes left behind for the same path.
 * Throws a UserError when the folder cannot be written to.
 */
export async function createPending(path: string): Promise<PendingFile> {
  await removeAbandoned(path).catch(() => undefined);
  const unique = `${String(process.pid)}-${randomBytes(4).toString('hex')}`;
  const temporary = join(dirname(path), `${prefixOf(path)}${unique}.tmp`);
  const discard = async (): Promise<void> => rm(temporary, { force: true });
  try {
    await (await open(temporary, 'wx')).close();
  } catch (error) {
    throw writeError(error, path);
  }
  const commit = async (): Promise<void> => {
    try {
      await flush(temporary);
      await rename(temporary, path);
    } catch (error) {
      await discard().catch(() => undefined);
      throw writeError(error, path);
    }
    // Not every system lets a folder be opened or flushed; the file itself is safe by now.
    await flush(dirname(path), 'r').catch(() => undefined);
  };
  return { temporary, commit, discard };
}

/** The machine is part of the name: process numbers mean nothing on another one that shares the folder. */
function prefixOf(path: string): string {
  return `.${basename(path)}.${hostname().replace(/[^\w-]/g, '_')}-`;
}

/** Removes the temporary files that killed processes of this machine left for `path`. */
async function removeAbandoned(path: string): Promise<void> {
  const prefix = prefixOf(path);
  for (const name of await readdir(dirname(path))) {
    const pid = name.startsWith(prefix)
      ? /^(\d+)-[0-9a-f]{8}\.tmp$/.exec(name.slice(prefix.length))?.[1]
      : undefined;
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(dirname(path), name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

async function flush(path: string, flags = 'r+'): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file so that it is there whole or not at all: under a temporary name in the same folder, flushed to
 * disk, then renamed. `content` is the bytes or text, or a function that writes to the temporary path it is given.
 * Throws a UserError for a full disk, a missing permission, a folder that has vanished; nothing half-written stays.
 */
export async function writeFileAtomically(
  path: string,
  content: Uint8Array | string | ((temporary: string) => Promise<void> | void),
): Promise<void> {
  const pending = await createPending(path);
  try {
    if (typeof content === 'function') await content(pending.temporary);
    else await writeAll(pending.temporary, content);
  } catch (error) {
    await pending.discard().catch(() => undefined);
    throw writeError(error, path);
  }
  await pending.commit();
}

async function writeAll(path: string, content: Uint8Array | string): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(content);
  } finally {
    await handle.close();
  }
}
