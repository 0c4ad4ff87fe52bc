import type { Spawn } from './child.ts';
import { forkChild } from './fork-child.ts';
import { relayedSpawn } from './relay.ts';
import { parent, parentPort } from './this-process.ts';

let here: Spawn | undefined;

/** How this process starts others: by Node's fork, or in a utility process of Electron by asking its host. */
export function spawnHere(): Spawn {
  here ??= parentPort() === undefined ? forkChild : relayedSpawn(parent()!);
  return here;
}
