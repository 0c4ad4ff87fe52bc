/** Milliseconds that the drawing of one frame may take while something moves. */
const FRAME = 18;
const FEWEST = 4000;

/**
 * How many points are drawn while the map moves: as many as the machine draws in time, learned from how long frames
 * take. Points are in random order, so the first ones are a fair picture of all.
 */
export class Detail {
  #points: number;
  #last = -Infinity;

  constructor(points = 60_000) {
    this.#points = points;
  }

  /** Points of all panels together. */
  get points(): number {
    return Math.round(this.#points);
  }

  /** A whole picture of `points` took this long. */
  measured(points: number, milliseconds: number): void {
    this.#points = Math.max(FEWEST, (points * FRAME) / Math.max(1, milliseconds));
  }

  /** A movement begins: what was before it is no frame. */
  begin(): void {
    this.#last = -Infinity;
  }

  /** A frame of a movement is shown at `time`; `drawn` points were wanted and had. */
  frame(time: number): void {
    const interval = time - this.#last;
    this.#last = time;
    if (interval === Infinity) return;
    if (interval > 30) this.#points = Math.max(FEWEST, this.#points * (interval > 45 ? 0.4 : 0.8));
    else if (interval < 21) this.#points = Math.min(4e6, this.#points * 1.05);
  }
}
