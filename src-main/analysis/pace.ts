import { throwIfStopped } from '../../src-shared/contract/errors.ts';
import type { StopSignal } from '../../src-shared/contract/errors.ts';

/** What a long computation asks its caller, and tells it. */
export interface LongWork {
  readonly stop?: StopSignal | undefined;
  /** Called now and then with the share done, 0 … 1. */
  readonly progress?: ((share: number) => void) | undefined;
}

/** Milliseconds of work between two turns of the event loop. */
const STRETCH = 40;

/** Lets the event loop turn often enough during a long computation. */
export class Pace {
  readonly #work: LongWork;
  #end = performance.now() + STRETCH;

  constructor(work: LongWork = {}) {
    this.#work = work;
  }

  /** True where a stretch of work has lasted long enough, and {@link turn} is due. */
  get due(): boolean {
    return performance.now() >= this.#end;
  }

  /** Tells the share done and lets the event loop turn. Throws a StoppedError where the caller wants no more. */
  async turn(share: number): Promise<void> {
    throwIfStopped(this.#work.stop);
    this.#work.progress?.(share);
    await new Promise((resolve) => setTimeout(resolve));
    throwIfStopped(this.#work.stop);
    this.#end = performance.now() + STRETCH;
  }

  /** Runs a computation that yields between its steps; `share` says how far the whole is meanwhile. */
  async through<T>(steps: Generator<undefined, T>, share: () => number): Promise<T> {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (this.due) await this.turn(share());
    }
  }
}
