/** Buckets a series may have before pairs of them are merged. */
export const CAPACITY = 4096;

/** A loss term over the steps. One entry a bucket; a bucket is one point until the series outgrows its capacity. */
export interface SeriesView {
  readonly length: number;
  /** Points that a full bucket stands for, a power of two; the last bucket may hold fewer. */
  readonly stride: number;
  /** Step of the newest point; −1 of none. */
  readonly lastStep: number;
  /** Step of each bucket's last point. */
  readonly step: Uint32Array;
  readonly mean: Float32Array;
  readonly low: Float32Array;
  readonly lowStep: Uint32Array;
  readonly high: Float32Array;
  readonly highStep: Uint32Array;
}

/**
 * Points in the order of their steps, in typed arrays that grow up to {@link CAPACITY} and no further: when full,
 * every two buckets become one, which keeps their mean and their extremes at the steps where they were.
 */
export class LossSeries implements SeriesView {
  length = 0;
  stride = 1;
  step = new Uint32Array(64);
  mean = new Float32Array(64);
  low = new Float32Array(64);
  lowStep = new Uint32Array(64);
  high = new Float32Array(64);
  highStep = new Uint32Array(64);
  /** Points taken in so far. */
  points = 0;
  #inLast = 0;
  #sumLast = 0;

  /** Step of the newest point; −1 of none. */
  get lastStep(): number {
    return this.length === 0 ? -1 : this.step[this.length - 1]!;
  }

  /** @returns whether the point was new: a step that is already there is not taken again */
  append(step: number, value: number): boolean {
    if (step <= this.lastStep) return false;
    if (this.length > 0 && this.#inLast < this.stride) this.#extend(step, value);
    else this.#open(step, value);
    this.points += 1;
    return true;
  }

  #open(step: number, value: number): void {
    if (this.length === CAPACITY) {
      this.#halve();
      this.#open(step, value);
      return;
    }
    if (this.length === this.step.length) this.#grow();
    const at = this.length++;
    this.step[at] = step;
    this.mean[at] = value;
    this.low[at] = value;
    this.high[at] = value;
    this.lowStep[at] = step;
    this.highStep[at] = step;
    this.#inLast = 1;
    this.#sumLast = value;
  }

  #extend(step: number, value: number): void {
    const at = this.length - 1;
    this.#inLast += 1;
    this.#sumLast += value;
    this.step[at] = step;
    this.mean[at] = this.#sumLast / this.#inLast;
    if (value < this.low[at]!) {
      this.low[at] = value;
      this.lowStep[at] = step;
    }
    if (value > this.high[at]!) {
      this.high[at] = value;
      this.highStep[at] = step;
    }
  }

  #halve(): void {
    for (let to = 0; to < CAPACITY / 2; to += 1) {
      const [a, b] = [2 * to, 2 * to + 1];
      const [low, high] = [this.low[b]! < this.low[a]! ? b : a, this.high[b]! > this.high[a]! ? b : a];
      this.step[to] = this.step[b]!;
      this.mean[to] = (this.mean[a]! + this.mean[b]!) / 2;
      this.lowStep[to] = this.lowStep[low]!;
      this.low[to] = this.low[low]!;
      this.highStep[to] = this.highStep[high]!;
      this.high[to] = this.high[high]!;
    }
    this.length = CAPACITY / 2;
    this.stride *= 2;
    // Every bucket is full, so the next point opens one.
    this.#inLast = this.stride;
  }

  #grow(): void {
    const size = Math.min(2 * this.step.length, CAPACITY);
    const [step, lowStep, highStep] = [this.step, this.lowStep, this.highStep].map((old) => {
      const larger = new Uint32Array(size);
      larger.set(old);
      return larger;
    });
    const [mean, low, high] = [this.mean, this.low, this.high].map((old) => {
      const larger = new Float32Array(size);
      larger.set(old);
      return larger;
    });
    Object.assign(this, { step, lowStep, highStep, mean, low, high });
  }
}
