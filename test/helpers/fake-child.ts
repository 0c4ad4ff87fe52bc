import type { FromJob, ToJob } from '../../src-main/engine/job-protocol.ts';
import type { Child, Spawn } from '../../src-main/host/child.ts';

/** A job process that a test plays. */
export class FakeChild implements Child {
  readonly pid = 1;
  readonly sent: ToJob[] = [];
  killed = false;
  #hear: (message: unknown) => void = () => undefined;
  #exit: (how: string) => void = () => undefined;

  send(message: unknown): void {
    this.sent.push(message as ToJob);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#hear = listener;
  }

  onExit(listener: (how: string) => void): void {
    this.#exit = listener;
  }

  kill(): void {
    if (this.killed) return;
    this.killed = true;
    queueMicrotask(() => this.#exit('SIGTERM'));
  }

  say(message: FromJob): void {
    this.#hear(message);
  }

  exit(how: string): void {
    this.killed = true;
    this.#exit(how);
  }

  get kinds(): string[] {
    return this.sent.map(({ kind }) => kind);
  }
}

/** Starts fake children, the newest last. */
export function fakeSpawn(): { readonly spawn: Spawn; readonly children: FakeChild[] } {
  const children: FakeChild[] = [];
  return {
    children,
    spawn: () => {
      const child = new FakeChild();
      children.push(child);
      queueMicrotask(() => child.say({ kind: 'ready' }));
      return child;
    },
  };
}
