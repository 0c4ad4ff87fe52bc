import type { AnalysisStage } from '../../../src-shared/domain/analysis-event.ts';
import type { Progress } from './tracker.ts';

/** Shares of the whole at which each stage begins and ends. */
const spans: Readonly<Record<AnalysisStage, readonly [number, number]>> = {
  reading: [0, 0.05],
  analysing: [0.05, 0.97],
  writing: [0.97, 1],
};
/** Seconds of the analysing, and share of it, that are watched before anything is said of the rest. */
const SOON = 3;
const LITTLE = 0.02;

/** How far an analysis has come, and how long it will take at the speed at which its main stage goes. */
export class AnalysisClock {
  readonly #now: () => number;
  #stage: AnalysisStage = 'reading';
  #entered: number;
  #within = 0;
  #share = 0;

  /** @param now seconds */
  constructor(now: () => number = () => performance.now() / 1000) {
    this.#now = now;
    this.#entered = now();
  }

  enter(stage: AnalysisStage): void {
    this.#stage = stage;
    this.#entered = this.#now();
    this.tick(0);
  }

  /** @param within share of the stage, 0 … 1 */
  tick(within: number): void {
    const [from, to] = spans[this.#stage];
    this.#within = Math.min(1, Math.max(0, within));
    this.#share = Math.max(this.#share, from + this.#within * (to - from));
  }

  get reading(): Pick<Progress, 'share' | 'secondsLeft'> {
    return { share: this.#share, secondsLeft: this.#secondsLeft() };
  }

  #secondsLeft(): number | null {
    const elapsed = this.#now() - this.#entered;
    if (this.#stage !== 'analysing' || elapsed < SOON || this.#within < LITTLE) return null;
    return (elapsed * (1 - this.#within)) / this.#within;
  }
}
