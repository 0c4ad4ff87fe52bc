import { hostname, uptime } from 'node:os';
import type { FoundLock, Holder } from './lock-holder.ts';
import { isRunning, processStart } from './process-start.ts';

/** Milliseconds without a sign of life after which a lock of another machine counts as left behind. */
const OTHER_HOST = 60_000;
/** The same for a process of this machine whose number runs: another program may have got the number. */
const SAME_HOST = 600_000;

/** Whether the process that took a lock is gone. */
export function isStale({ holder, age }: FoundLock): boolean {
  if (holder?.host !== hostname()) return age > OTHER_HOST;
  if (!isRunning(holder.pid) || age > uptime() * 1000) return true;
  const start = processStart(holder.pid);
  if (start !== null && holder.start !== null) return start !== holder.start;
  return age > SAME_HOST;
}

/** Why a project can only be looked at, for a person. */
export function heldBy(holder: Holder | null): string {
  const who =
    holder === null
      ? 'Another program'
      : `Another window of SpaGene (process ${holder.pid} on ${holder.host}, since ${holder.since.slice(0, 16).replace('T', ' ')} UTC)`;
  return `${who} has this project open, so here it can only be looked at. Close it there, then open it here again.`;
}
