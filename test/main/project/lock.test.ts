import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Lock } from '../../../src-main/project/keep-lock.ts';
import type { Holder } from '../../../src-main/project/lock-holder.ts';
import { takeLock } from '../../../src-main/project/lock.ts';
import { bundled, isThere, temporaryFolder } from './support.ts';

const home = temporaryFolder();
let made = 0;

async function newFolder(): Promise<string> {
  const folder = join(home, String(made++));
  await mkdir(folder);
  return folder;
}

const held: Lock[] = [];
afterEach(async () => {
  for (const lock of held.splice(0)) await lock.release();
});

/** Takes the lock, or says who has it. */
async function attempt(folder: string, options = {}): Promise<Holder | 'unknown' | Lock> {
  const taken = await takeLock(folder, options);
  if ('heldBy' in taken) return taken.heldBy ?? 'unknown';
  held.push(taken.lock);
  return taken.lock;
}

const isLock = (result: Holder | 'unknown' | Lock): result is Lock =>
  typeof result === 'object' && 'release' in result;

function leave(folder: string, holder: Partial<Holder>, secondsAgo = 0): void {
  const path = join(folder, '.lock');
  const since = '2026-01-01T00:00:00.000Z';
  writeFileSync(
    path,
    JSON.stringify({ pid: 1, host: hostname(), start: null, since, nonce: 'aa', ...holder }),
  );
  const then = Date.now() / 1000 - secondsAgo;
  utimesSync(path, then, then);
}

/** Number of a process that was there and is not any more. */
const gonePid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

describe('one process', () => {
  test('the second gets who holds it; after release it is free, and nothing is left', async () => {
    const folder = await newFolder();
    const first = await attempt(folder);
    expect(isLock(first)).toBe(true);
    expect(await attempt(folder)).toMatchObject({ pid: process.pid, host: hostname() });
    await (first as Lock).release();
    expect(readdirSync(folder)).toEqual([]);
    expect(isLock(await attempt(folder))).toBe(true);
  });

  test('a lock whose process is gone is taken over at once', async () => {
    const folder = await newFolder();
    leave(folder, { pid: gonePid() });
    expect(isLock(await attempt(folder))).toBe(true);
    expect(readdirSync(folder)).toEqual(['.lock']);
  });

  test('a lock whose process number another process got is taken over', async () => {
    const folder = await newFolder();
    leave(folder, { pid: process.pid, start: 'long before' });
    expect(isLock(await attempt(folder))).toBe(process.platform === 'linux');
  });

  test.each([
    [30, false],
    [90, true],
  ])('a lock of another machine, %i s without a sign of life: taken over %s', async (seconds, taken) => {
    const folder = await newFolder();
    leave(folder, { host: 'another-machine', pid: gonePid() }, seconds);
    expect(isLock(await attempt(folder))).toBe(taken);
  });

  test('a lock that cannot be read is waited for, then taken over', async () => {
    const folder = await newFolder();
    writeFileSync(join(folder, '.lock'), '{"pi');
    expect(await attempt(folder)).toBe('unknown');
    const then = Date.now() / 1000 - 90;
    utimesSync(join(folder, '.lock'), then, then);
    expect(isLock(await attempt(folder))).toBe(true);
  });

  test('a claim that a killed process left does not keep a stale lock for ever', async () => {
    const folder = await newFolder();
    leave(folder, { pid: gonePid(), nonce: 'bb' });
    writeFileSync(join(folder, '.lock-claim-bb'), '');
    utimesSync(join(folder, '.lock-claim-bb'), Date.now() / 1000 - 60, Date.now() / 1000 - 60);
    expect(isLock(await attempt(folder))).toBe(true);
  });

  test('what killed processes left goes after an hour', async () => {
    const folder = await newFolder();
    for (const [name, seconds] of [
      ['.lock-old', 4000],
      ['.lock-young', 60],
    ] as const) {
      writeFileSync(join(folder, name), '');
      utimesSync(join(folder, name), Date.now() / 1000 - seconds, Date.now() / 1000 - seconds);
    }
    await attempt(folder);
    expect(readdirSync(folder).sort()).toEqual(['.lock', '.lock-young']);
  });

  test('the holder shows that it lives, and learns when its lock was taken', async () => {
    const folder = await newFolder();
    let by: Holder | null | undefined;
    await attempt(folder, { refreshEvery: 20, lost: (holder: Holder | null) => (by = holder) });
    const long = Date.now() / 1000 - 500;
    utimesSync(join(folder, '.lock'), long, long);
    await sleep(150);
    expect(await attempt(folder)).toMatchObject({ pid: process.pid });
    expect(by).toBeUndefined();
    leave(folder, { pid: 77, nonce: 'cc' });
    await sleep(150);
    expect(by).toMatchObject({ pid: 77 });
    await held.pop()!.release();
    // The other one's lock is not ours to remove.
    expect(JSON.parse(readFileSync(join(folder, '.lock'), 'utf8'))).toMatchObject({ nonce: 'cc' });
  });

  test('a folder that went away and came back without the lock gets it again', async () => {
    const folder = await newFolder();
    await attempt(folder, { refreshEvery: 20 });
    spawnSync('rm', [join(folder, '.lock')]);
    await sleep(150);
    expect(isThere(join(folder, '.lock'))).toBe(true);
  });
});

describe('processes that race', () => {
  let program: string;
  beforeAll(async () => {
    program = await bundled(
      `import { takeLock } from './src-main/project/lock.ts';
       process.send('ready');
       process.on('message', async (folder) => {
         const taken = await takeLock(folder).catch((error) => ({ error: String(error) }));
         process.send({ won: 'lock' in taken, heldBy: taken.heldBy ?? null, error: taken.error ?? null });
       });`,
      home,
      'racer',
    );
  });

  const next = (child: ChildProcess): Promise<unknown> =>
    new Promise((resolve) => void child.once('message', resolve));

  test.each([
    ['a free lock', () => undefined],
    ['a lock whose process is gone', (folder: string) => leave(folder, { pid: gonePid() })],
    ['a lock of another machine', (folder: string) => leave(folder, { host: 'elsewhere' }, 100)],
    [
      'an unreadable old lock',
      (folder: string) => {
        writeFileSync(join(folder, '.lock'), '');
        const then = Date.now() / 1000 - 100;
        utimesSync(join(folder, '.lock'), then, then);
      },
    ],
  ])('for %s: one wins, the others learn who', async (_, prepare) => {
    const children = Array.from({ length: 5 }, () => fork(program));
    try {
      await Promise.all(children.map(next));
      for (let round = 0; round < 8; round++) {
        const folder = await newFolder();
        prepare(folder);
        const answers = children.map(next);
        for (const child of children) child.send(folder);
        const results = (await Promise.all(answers)) as {
          won: boolean;
          heldBy: Holder | null;
          error: unknown;
        }[];
        const winner = results.findIndex(({ won }) => won);
        expect(results.map(({ error }) => error).filter(Boolean)).toEqual([]);
        expect(results.filter(({ won }) => won)).toHaveLength(1);
        const told = new Set(results.filter(({ won }) => !won).map(({ heldBy }) => heldBy?.pid));
        expect([...told]).toEqual([children[winner]!.pid]);
        expect(readdirSync(folder)).toEqual(['.lock']);
      }
    } finally {
      for (const child of children) child.kill();
    }
  });
});
