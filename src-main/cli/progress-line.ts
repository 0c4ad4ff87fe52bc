const SECONDS_BETWEEN_LINES = 10;

/** Lines on standard error: those that stay, and one that rewrites itself on a terminal. */
export class ProgressLine {
  readonly #live = process.stderr.isTTY;
  #open = false;
  #shown = 0;

  /** A line that stays. */
  say(text: string): void {
    if (this.#open) process.stderr.write('\r\x1b[2K');
    this.#open = false;
    process.stderr.write(`${text}\n`);
  }

  /** A line that the next one replaces. */
  show(text: string): void {
    if (this.#live) {
      const width = Math.max(20, process.stderr.columns - 1);
      process.stderr.write(`\r\x1b[2K${text.slice(0, width)}`);
      this.#open = true;
    } else if (performance.now() - this.#shown > SECONDS_BETWEEN_LINES * 1000) {
      this.#shown = performance.now();
      process.stderr.write(`${text}\n`);
    }
  }
}
