import { throwIfStopped } from '../../src-shared/contract/errors.ts';
import type { StopSignal } from '../../src-shared/contract/errors.ts';

/** What a long computation accepts besides its inputs. */
export interface Work {
  readonly stop?: StopSignal | undefined;
  /** Told the share done, 0 … 1. */
  readonly progress?: ((share: number) => void) | undefined;
}

/** Longest time that the event loop is kept waiting, in milliseconds. */
const HELD_MS = 50;

/** Lets the event loop turn now and then in a long loop: `if (turns.due()) await turns.take(share)`. */
export class Turns {
  readonly #work: Work;
  #last = performance.now();

  constructor(work: Work) {
    this.#work = work;
  }

  due(): boolean {
    return performance.now() - this.#last > HELD_MS;
  }

  /** Reports the share done, and pauses. */
  async take(share: number): Promise<void> {
    this.#work.progress?.(share);
    await this.pause();
  }

  /** Lets everything else run; throws a StoppedError when told to stop. */
  async pause(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    throwIfStopped(this.#work.stop);
    this.#last = performance.now();
  }
}

/** Part of a work: its progress is told as `from` … `to` of the whole. */
export function partOf(work: Work, from: number, to: number): Work {
  return { stop: work.stop, progress: (share) => work.progress?.(from + share * (to - from)) };
}
