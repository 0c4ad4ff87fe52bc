import { useEffect, useState } from 'react';

/** Milliseconds between two drawings of the same chart while data stream in. */
const BETWEEN = 250;

/**
 * Lets charts draw anew one after the other, one an animation frame and each four times a second at most: a grid of
 * them drawn at once would hold up typing and clicking.
 */
class Redraws {
  readonly #wanted = new Map<object, () => void>();
  readonly #last = new WeakMap<object, number>();
  #running = false;

  want(chart: object, draw: () => void): void {
    this.#wanted.set(chart, draw);
    if (this.#running) return;
    this.#running = true;
    requestAnimationFrame(this.#frame);
  }

  forget(chart: object): void {
    this.#wanted.delete(chart);
  }

  #frame = (): void => {
    const now = performance.now();
    for (const [chart, draw] of this.#wanted) {
      if (now - (this.#last.get(chart) ?? -Infinity) < BETWEEN) continue;
      this.#wanted.delete(chart);
      this.#last.set(chart, now);
      draw();
      break;
    }
    this.#running = this.#wanted.size > 0;
    if (this.#running) requestAnimationFrame(this.#frame);
  };
}

const redraws = new Redraws();

/** A number that grows whenever the chart is to be drawn anew. `follow` calls back on every change of the data. */
export function useRedraw(follow: (changed: () => void) => () => void): number {
  const [round, setRound] = useState(0);
  useEffect(() => {
    const chart = {};
    const end = follow(() => redraws.want(chart, () => setRound((before) => before + 1)));
    return () => {
      end();
      redraws.forget(chart);
    };
  }, [follow]);
  return round;
}
