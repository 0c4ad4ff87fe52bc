import { breathe } from './stage.ts';

const POINTS_PER_EPOCH = 5;
const BREATHE_MILLISECONDS = 50;

/** When a stage reports its losses, and when it lets the event loop turn. */
export class Pace {
  readonly #every: number;
  readonly #steps: number;
  #breathed = performance.now();

  constructor(stepsPerEpoch: number, steps: number) {
    this.#every = Math.max(1, Math.round(stepsPerEpoch / POINTS_PER_EPOCH));
    this.#steps = steps;
  }

  /** Whether a loss point is due after this step (counted from 0). */
  reports(step: number): boolean {
    return (step + 1) % this.#every === 0 || step + 1 === this.#steps;
  }

  /** Turns the event loop at most every 50 ms, so that stop, progress and messages get through. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#breathed < BREATHE_MILLISECONDS) return;
    await breathe();
    this.#breathed = performance.now();
  }
}
