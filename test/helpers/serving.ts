import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { enter, PageSocket } from './page-socket.ts';
import { root, type Finished } from './spagene.ts';

/** `spagene serve` as a process of its own. */
export interface Serving {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly output: () => { readonly out: string; readonly err: string };
  /** The address that it printed. Rejects when it ends before. */
  readonly address: Promise<string>;
  readonly finished: Promise<Finished>;
}

/** @param home folder of the settings, so that no test touches the user's own */
export function startServing(home: string, args: readonly string[]): Serving {
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), 'serve', '--no-open', ...args], {
    env: { ...process.env, SPAGENE_HOME: home, SPAGENE_THREADS: '1' },
    // Ctrl-C reaches the whole group, as in a terminal.
    detached: true,
  });
  let [out, err] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const found = /http:\S+/u.exec(out)?.[0];
      if (found !== undefined) resolve(found);
    });
    void finished.then(() => reject(new Error(`spagene serve ended: ${err}`)));
  });
  address.catch(() => undefined);
  return { child, output: () => ({ out, err }), address, finished };
}

/** A page that has opened the printed address. */
export async function openPage(
  serving: Serving,
): Promise<{ base: string; cookie: string; page: PageSocket }> {
  const address = await serving.address;
  const base = new URL(address).origin;
  const cookie = await enter(address);
  return { base, cookie, page: await PageSocket.open(base, { cookie, origin: base }) };
}

/** Processes that a process has started (Linux only). */
export function childrenOf(pid: number): { readonly pid: number; readonly command: string }[] {
  const pids = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
  return pids.map((each) => ({ pid: each, command: readFileSync(`/proc/${each}/cmdline`, 'utf8') }));
}

/** Ctrl-C in its terminal. */
export function interrupt({ child }: Serving): void {
  process.kill(-child.pid!, 'SIGINT');
}
