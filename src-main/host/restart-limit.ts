const WITHIN = 60_000;
const MOST = 3;

/** At most three starts within a minute: an engine that ends at once would otherwise be started for ever. */
export class RestartLimit {
  readonly #clock: () => number;
  #starts: number[] = [];
  #how = '';
  #refused = false;

  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
  }

  /** Counts a start when it is allowed now; `how` the engine ended, where that is new. */
  allowed(how = this.#how): boolean {
    this.#how = how;
    const now = this.#clock();
    this.#starts = this.#starts.filter((start) => start > now - WITHIN);
    this.#refused = this.#starts.length >= MOST;
    if (!this.#refused) this.#starts.push(now);
    return !this.#refused;
  }

  /** What happened, for the user. */
  sentence(): string {
    return this.#refused
      ? `The engine's process ended again and again (${this.#how}) and is left alone for a minute; ` +
          `if it keeps ending, close other programs to free memory and restart SpaGene.`
      : `The engine's process ended unexpectedly (${this.#how}) and was started again. ` +
          `Nothing that was saved is lost; jobs that ran are paused and can be resumed.`;
  }
}
