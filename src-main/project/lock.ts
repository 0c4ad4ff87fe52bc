import { randomBytes } from 'node:crypto';
import { link, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { writeError } from '../io/atomic-write.ts';
import { keepLock, type Lock, type LockOptions } from './keep-lock.ts';
import { parseHolder, type FoundLock, type Holder } from './lock-holder.ts';
import { processStart } from './process-start.ts';
import { isStale } from './stale-lock.ts';

export const LOCK_FILE = '.lock';
/** A claim to a stale lock is kept for milliseconds; an older one was left by a killed process. */
const CLAIM_AGE = 10_000;
const LITTER_AGE = 3_600_000;

/**
 * Takes the lock of a project folder. A lock whose process is gone is taken over; of several processes that try at
 * once exactly one gets it.
 *
 * @returns the lock, or who holds it
 * @throws UserError when the folder cannot be written to
 */
export async function takeLock(
  folder: string,
  options: LockOptions = {},
): Promise<{ readonly lock: Lock } | { readonly heldBy: Holder | null }> {
  const path = join(folder, LOCK_FILE);
  const mine: Holder = {
    pid: process.pid,
    host: hostname(),
    start: processStart(process.pid),
    since: new Date().toISOString(),
    nonce: randomBytes(12).toString('hex'),
  };
  const temporary = join(folder, `${LOCK_FILE}-${mine.nonce}`);
  try {
    await writeFile(temporary, JSON.stringify(mine), { flag: 'wx' });
    for (let attempt = 0; attempt < 20; attempt++) {
      if (await putNew(temporary, path)) return { lock: keepLock(path, mine, options) };
      const found = await look(path, temporary);
      if (found === undefined) continue;
      if (!isStale(found)) return { heldBy: found.holder };
      if (await takeOver(path, temporary, found)) return { lock: keepLock(path, mine, options) };
    }
    return { heldBy: (await look(path, temporary))?.holder ?? null };
  } catch (error) {
    throw writeError(error, path);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
    await sweep(folder).catch(() => undefined);
  }
}

/** Removes what processes left that were killed while they took a lock. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${LOCK_FILE}-`)) continue;
    const path = join(folder, name);
    const left = await stat(path).catch(() => undefined);
    if (left !== undefined && Date.now() - left.mtimeMs > LITTER_AGE) await rm(path, { force: true });
  }
}

/** Puts a lock where none is, whole from the first moment on. @returns false when there is one */
async function putNew(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === 'ENOENT' || code === 'ENOSPC') throw error;
  }
  // No hard links on this disk (FAT, some network shares).
  try {
    await writeFile(path, await readFile(temporary), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function look(path: string, clock: string): Promise<FoundLock | undefined> {
  try {
    // Through one handle, so that text and time are of the same lock should it be replaced meanwhile.
    const handle = await open(path, 'r');
    const [text, { mtimeMs }] = await Promise.all([handle.readFile('utf8'), handle.stat()]).finally(() =>
      handle.close(),
    );
    // The file just written shows what time it is on the disk, which may be another machine's.
    await writeFile(clock, await readFile(clock));
    return { holder: parseHolder(text), age: (await stat(clock)).mtimeMs - mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Replaces a stale lock. Only who makes the claim, named after the stale lock's nonce, may do it, and only while
 * the lock still has that nonce: who comes late finds another one.
 */
async function takeOver(path: string, temporary: string, stale: FoundLock): Promise<boolean> {
  const nonce = stale.holder?.nonce ?? 'unreadable';
  const claim = `${path}-claim-${nonce.replace(/[^a-z0-9]/gu, '')}`;
  try {
    await (await open(claim, 'wx')).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const left = await stat(claim).catch(() => undefined);
    if (left !== undefined && Date.now() - left.mtimeMs > CLAIM_AGE) await rm(claim, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, 50));
    return false;
  }
  try {
    const now = await look(path, temporary);
    if (now === undefined || (now.holder?.nonce ?? 'unreadable') !== nonce || !isStale(now)) return false;
    const ready = `${temporary}-ready`;
    await writeFile(ready, await readFile(temporary));
    await rename(ready, path);
    return true;
  } finally {
    await rm(claim, { force: true });
  }
}
