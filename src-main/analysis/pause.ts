import { throwIfStopped } from '../../src-shared/contract/errors.ts';
import type { StopSignal } from '../../src-shared/contract/errors.ts';

/** How a long computation is stopped and watched. */
export interface Watch {
  readonly stop?: StopSignal | undefined;
  /** Told the share that is done, 0 … 1. */
  readonly progress?: ((share: number) => void) | undefined;
}

/** Tells the share, lets timers and messages in, and throws StoppedError where told to stop meanwhile. */
export async function pause(watch: Watch, share: number): Promise<void> {
  watch.progress?.(share);
  await new Promise((resolve) => setTimeout(resolve));
  throwIfStopped(watch.stop);
}
