import type { Child } from '../../src-main/host/child.ts';

/** A process that a test plays: `sent` is what it was told, `say` and `end` are what it does. */
export class PlayedChild implements Child {
  readonly pid: number;
  readonly sent: unknown[] = [];
  killed = false;
  readonly #heard: ((message: unknown) => void)[] = [];
  readonly #ends: ((how: string) => void)[] = [];

  constructor(pid = 1) {
    this.pid = pid;
  }

  send(message: unknown): void {
    this.sent.push(structuredClone(message));
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#heard.push(listener);
  }

  onExit(listener: (how: string) => void): void {
    this.#ends.push(listener);
  }

  kill(): void {
    this.killed = true;
    this.end('SIGTERM');
  }

  say(message: unknown): void {
    for (const listener of this.#heard) listener(structuredClone(message));
  }

  end(how: string): void {
    for (const listener of this.#ends.splice(0)) listener(how);
  }
}
