import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { parseHolder, type Holder } from './lock-holder.ts';

/** Milliseconds between two signs of life. */
const REFRESH = 20_000;

/** The right to change a project. */
export interface Lock {
  /** Gives it back, if it still is ours. */
  release(): Promise<void>;
}

export interface LockOptions {
  /** Called once when another process has taken the lock over, or it cannot be kept any more. */
  readonly lost?: (by: Holder | null) => void;
  readonly refreshEvery?: number;
}

/** Shows every now and then that the holder is alive, and finds out when the lock was taken over. */
export function keepLock(path: string, mine: Holder, { lost, refreshEvery = REFRESH }: LockOptions): Lock {
  const timer = setInterval(() => void refresh(), refreshEvery);
  timer.unref();
  let current = Promise.resolve();
  const refresh = (): Promise<void> => {
    current = current.then(async () => {
      const by = await signOfLife(path, mine).catch(() => undefined);
      if (by === undefined) return;
      clearInterval(timer);
      lost?.(by.holder);
    });
    return current;
  };
  return {
    async release() {
      clearInterval(timer);
      await current;
      const text = await readFile(path, 'utf8').catch(() => '');
      if (parseHolder(text)?.nonce === mine.nonce) await rm(path, { force: true }).catch(() => undefined);
    },
  };
}

/** @returns undefined while the lock is ours; else who has it. Throws when the folder cannot be reached now. */
async function signOfLife(path: string, mine: Holder): Promise<{ holder: Holder | null } | undefined> {
  const text = JSON.stringify(mine);
  try {
    // Read and written through one handle: should the lock be replaced meanwhile, the new one stays untouched.
    const handle = await open(path, 'r+');
    try {
      const found = parseHolder(await handle.readFile('utf8'));
      if (found?.nonce !== mine.nonce) return { holder: found };
      await handle.write(text, 0);
      return undefined;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    // The folder was away and came back without it.
    await writeFile(path, text, { flag: 'wx' });
    return undefined;
  }
}
