/** Calls back at once when asked after a pause, else at the end of the interval: never more often, and always last. */
export class Steady {
  readonly #every: number;
  readonly #call: () => void;
  #timer: NodeJS.Timeout | undefined;
  #asked = false;

  constructor(every: number, call: () => void) {
    this.#every = every;
    this.#call = call;
  }

  ask(): void {
    if (this.#timer !== undefined) {
      this.#asked = true;
      return;
    }
    this.#call();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#asked) return;
      this.#asked = false;
      this.ask();
    }, this.#every);
  }

  /** Ends it; what was asked for and not called yet is dropped. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#asked = false;
  }
}
