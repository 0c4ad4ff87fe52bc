import { throwIfStopped } from '../../src-shared/contract/errors.ts';
import type { StopSignal } from '../../src-shared/contract/errors.ts';

/** How a long computation is stopped and watched. */
export interface LongWork {
  readonly stop?: StopSignal | undefined;
  /** Told now and then the share done, 0 … 1. */
  readonly progress?: ((share: number) => void) | undefined;
}

/** A part of a work, whose shares become those from `from` to `to` of the whole. */
export function partOf<W extends LongWork>(work: W, from: number, to: number): W {
  return { ...work, progress: (share: number) => work.progress?.(from + share * (to - from)) };
}

/** Milliseconds of work between two turns of the event loop. */
const STRETCH = 50;

/** Lets the event loop turn now and then in a long loop: `if (turns.due) await turns.take(share)`. */
export class Turns {
  readonly #work: LongWork;
  #end = performance.now() + STRETCH;

  constructor(work: LongWork = {}) {
    this.#work = work;
  }

  /** True where a stretch of work has lasted long enough, and a turn is due. */
  get due(): boolean {
    return performance.now() >= this.#end;
  }

  /** Tells the share done, where given, and lets timers and messages in. Throws a StoppedError when told to stop. */
  async take(share?: number): Promise<void> {
    throwIfStopped(this.#work.stop);
    if (share !== undefined) this.#work.progress?.(share);
    await new Promise((resolve) => setTimeout(resolve));
    throwIfStopped(this.#work.stop);
    this.#end = performance.now() + STRETCH;
  }

  /** Runs a computation that yields between its steps; `share` says how far the whole is meanwhile. */
  async through<T>(steps: Generator<undefined, T>, share: () => number): Promise<T> {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (this.due) await this.take(share());
    }
  }
}
