import { throwIfStopped } from '../../src-shared/contract/errors.ts';
import type { StopSignal } from '../../src-shared/contract/errors.ts';

/** How a long computation is stopped and watched. */
export interface Watch {
  readonly stop?: StopSignal | undefined;
  /** Told the share that is done, 0 … 1. */
  readonly progress?: ((share: number) => void) | undefined;
}

/** Milliseconds between two turns of the event loop. */
const BETWEEN_TURNS = 50;

/** Lets the event loop turn every now and then during a long computation. */
export class Pauses {
  readonly #watch: Watch;
  #last = -Infinity;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  /**
   * At the first call, and where the last turn was a while ago: tells the share, lets timers and messages in, and throws
   * StoppedError where told to stop meanwhile.
   */
  async at(share: number): Promise<void> {
    if (performance.now() - this.#last < BETWEEN_TURNS) return;
    this.#watch.progress?.(share);
    await new Promise((resolve) => setTimeout(resolve));
    throwIfStopped(this.#watch.stop);
    this.#last = performance.now();
  }

  /** Tells that all is done. */
  end(): void {
    this.#watch.progress?.(1);
  }
}
