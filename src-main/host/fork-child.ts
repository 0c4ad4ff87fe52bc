import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Child, Entry } from './child.ts';

/** Starts `dist/<entry>.js` with Node; typed arrays arrive as typed arrays. The default Spawn outside Electron. */
export function forkChild(entry: Entry, args: readonly string[] = []): Child {
  // Libraries write on a worker's error stream what a user cannot use; the engine's own sentences are for reading.
  const errors =
    entry === 'engine-process' || process.env['SPAGENE_DEBUG'] !== undefined ? 'inherit' : 'ignore';
  const file = fileURLToPath(new URL(`./${entry}.js`, import.meta.url));
  const child = fork(file, [...args], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', errors, 'ipc'],
  });
  let ended: string | undefined;
  const listeners: ((how: string) => void)[] = [];
  const end = (how: string) => {
    if (ended !== undefined) return;
    ended = how;
    for (const listener of listeners) listener(how);
  };
  child.on('exit', (code, signal) => end(signal ?? `code ${code ?? 0}`));
  // Emitted when it cannot be started, and when a message does not reach it; then `exit` follows by itself.
  child.on('error', (error) => {
    if (child.pid === undefined) end(error.message);
  });
  return {
    pid: child.pid,
    send: (message) => {
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      if (ended === undefined) listeners.push(listener);
      else queueMicrotask(() => listener(ended!));
    },
    kill: () => void child.kill(),
  };
}
