import type { Child, Entry, Spawn } from './child.ts';
import type { Parent } from './this-process.ts';
import { kindOf } from './protocol.ts';

/**
 * Utility processes of Electron cannot start others; they ask their host by message. `child` is a number that the
 * asking process gave to the new one.
 */
type ToHost =
  | {
      readonly kind: 'spawn:start';
      readonly child: number;
      readonly entry: Entry;
      readonly args: readonly string[];
    }
  | { readonly kind: 'spawn:send'; readonly child: number; readonly message: unknown }
  | { readonly kind: 'spawn:kill'; readonly child: number };

type FromHost =
  | { readonly kind: 'spawn:pid'; readonly child: number; readonly pid: number | undefined }
  | { readonly kind: 'spawn:message'; readonly child: number; readonly message: unknown }
  | { readonly kind: 'spawn:exit'; readonly child: number; readonly how: string };

/** Whether a message is the relay's own, and not for the one who listens to a child. */
export function isRelayed(message: unknown): boolean {
  return kindOf(message)?.startsWith('spawn:') === true;
}

/** For a process that may start none itself: every child is started by the parent, and messages go through it. */
export function relayedSpawn(parent: Pick<Parent, 'send' | 'onMessage'>): Spawn {
  const children = new Map<number, RelayedChild>();
  let started = 0;
  parent.onMessage((message) => {
    if (!isRelayed(message)) return;
    const told = message as FromHost;
    children.get(told.child)?.hear(told);
    if (told.kind === 'spawn:exit') children.delete(told.child);
  });
  return (entry, args = []) => {
    const number = ++started;
    const child = new RelayedChild(number, (message) => parent.send(message));
    children.set(number, child);
    parent.send({ kind: 'spawn:start', child: number, entry, args: [...args] } satisfies ToHost);
    return child;
  };
}

class RelayedChild implements Child {
  pid: number | undefined;
  readonly #number: number;
  readonly #tell: (message: ToHost) => void;
  readonly #messages: ((message: unknown) => void)[] = [];
  readonly #exits: ((how: string) => void)[] = [];
  #ended: string | undefined;

  constructor(number: number, tell: (message: ToHost) => void) {
    this.#number = number;
    this.#tell = tell;
  }

  hear(told: FromHost): void {
    if (told.kind === 'spawn:pid') this.pid = told.pid;
    else if (told.kind === 'spawn:message') for (const listener of this.#messages) listener(told.message);
    else {
      this.#ended = told.how;
      for (const listener of this.#exits) listener(told.how);
    }
  }

  send(message: unknown): void {
    if (this.#ended === undefined) this.#tell({ kind: 'spawn:send', child: this.#number, message });
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#messages.push(listener);
  }

  onExit(listener: (how: string) => void): void {
    if (this.#ended === undefined) this.#exits.push(listener);
    else queueMicrotask(() => listener(this.#ended!));
  }

  kill(): void {
    if (this.#ended === undefined) this.#tell({ kind: 'spawn:kill', child: this.#number });
  }
}

/** What a job may need; not a second engine. */
const startable: Readonly<Record<Exclude<Entry, 'engine-process'>, true>> = {
  'job-worker': true,
  'evaluate-worker': true,
  'backends-worker': true,
};

/** For a host: starts what `child` (and what it starts in turn) asks for; they end when it ends. */
export function serveSpawns(child: Child, spawn: Spawn): void {
  const served = new Map<number, Child>();
  const tell = (message: FromHost) => child.send(message);
  child.onMessage((message) => {
    if (!isRelayed(message)) return;
    const asked = message as ToHost;
    if (asked.kind === 'spawn:send') served.get(asked.child)?.send(asked.message);
    else if (asked.kind === 'spawn:kill') served.get(asked.child)?.kill();
    else if (Object.hasOwn(startable, asked.entry)) serve(asked.child, spawn(asked.entry, asked.args));
  });
  const serve = (number: number, started: Child) => {
    served.set(number, started);
    serveSpawns(started, spawn);
    tell({ kind: 'spawn:pid', child: number, pid: started.pid });
    started.onMessage((message) => {
      if (!isRelayed(message)) tell({ kind: 'spawn:message', child: number, message });
    });
    started.onExit((how) => {
      served.delete(number);
      tell({ kind: 'spawn:exit', child: number, how });
    });
  };
  child.onExit(() => {
    for (const each of served.values()) each.kill();
  });
}
