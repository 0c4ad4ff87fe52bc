import type { EvaluationCell } from '../../../src-shared/contract/calls/job.ts';
import type { Progress } from './tracker.ts';

/** Roughly how long methods take against each other, for the share of a whole evaluation; any other counts 1. */
const usualSeconds: Readonly<Record<string, number>> = {
  'spagene-paper': 40,
  gimvi: 20,
  tangram: 10,
  spagene: 8,
  'spagene-network': 2,
  spage: 2,
};

const SOON = 10;

/** How far an evaluation has come and how long it will take: jobs weighted by what such jobs take. */
export class EvaluationClock {
  readonly #cells: ReadonlyMap<string, EvaluationCell>;
  readonly #began: number;
  readonly #started = performance.now();
  #share = 0;
  #secondsLeft: number | null = null;

  constructor(cells: ReadonlyMap<string, EvaluationCell>) {
    this.#cells = cells;
    this.#began = this.#done();
    this.#share = this.#began;
  }

  tick(): void {
    const done = this.#done();
    this.#share = Math.min(1, Math.max(this.#share, done));
    const seconds = (performance.now() - this.#started) / 1000;
    const gained = done - this.#began;
    this.#secondsLeft = seconds > SOON && gained > 0.01 ? (seconds * (1 - done)) / gained : null;
  }

  get reading(): Pick<Progress, 'share' | 'secondsLeft'> {
    return { share: this.#share, secondsLeft: this.#secondsLeft };
  }

  #done(): number {
    let [done, all] = [0, 0];
    for (const { method, state, share } of this.#cells.values()) {
      const weight = usualSeconds[method] ?? 1;
      all += weight;
      done += weight * (state === 'done' || state === 'failed' ? 1 : (share ?? 0));
    }
    return all === 0 ? 0 : done / all;
  }
}
