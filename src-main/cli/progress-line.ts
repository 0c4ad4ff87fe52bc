import type { Warning } from '../../src-shared/contract/errors.ts';
import { duration } from './time-left.ts';

/** What every command that takes long tells. */
type CommonEvent =
  | { readonly kind: 'stage'; readonly name: string; readonly detail: string }
  | { readonly kind: 'warning'; readonly warning: Warning }
  | { readonly kind: 'note'; readonly message: string }
  | { readonly kind: 'finished'; readonly folder: string; readonly seconds: number };

/** One JSON object a line on standard output. */
export function jsonLine(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

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

  /** An event that all commands tell in the same words. */
  tell(event: CommonEvent): void {
    switch (event.kind) {
      case 'stage':
        this.say(`${event.name.padEnd(10)} ${event.detail}`);
        return;
      case 'warning':
        this.say(`! ${event.warning.message}`);
        return;
      case 'note':
        this.say(event.message);
        return;
      case 'finished':
        this.say(`done       ${event.folder} in ${duration(event.seconds)}`);
    }
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
