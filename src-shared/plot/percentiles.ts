const HALF = 1 << 16;

/**
 * Percentiles of many values without sorting them: exact, by counting the upper and then the lower half of each
 * value's bits (radix selection). Values that are no numbers are left out. One pass when made, one for each rank asked.
 */
export class Percentiles {
  /** How many values are numbers. */
  readonly count: number;
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly #bits: Uint32Array;
  readonly #below: Uint32Array;
  readonly #known = new Map<number, number>();

  constructor(values: Float32Array) {
    this.#bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
    const counts = new Uint32Array(HALF + 1);
    let [count, low, high, sum] = [0, Infinity, -Infinity, 0];
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (Number.isNaN(value)) continue;
      counts[(orderedBits(this.#bits[i]!) >>> 16) + 1]!++;
      count++;
      sum += value;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    for (let half = 0; half < HALF; half++) counts[half + 1]! += counts[half]!;
    this.#below = counts;
    this.count = count;
    this.low = count > 0 ? low : NaN;
    this.high = count > 0 ? high : NaN;
    this.mean = count > 0 ? sum / count : NaN;
  }

  /** Percentile 0 … 100, between two values in proportion (as numpy's default); NaN of no values. */
  at(percent: number): number {
    if (this.count === 0) return NaN;
    const rank = (Math.min(100, Math.max(0, percent)) / 100) * (this.count - 1);
    const lower = this.#ranked(Math.floor(rank));
    const share = rank - Math.floor(rank);
    return share === 0 ? lower : lower + share * (this.#ranked(Math.floor(rank) + 1) - lower);
  }

  /** The value with `rank` values before it in order. */
  #ranked(rank: number): number {
    const known = this.#known.get(rank);
    if (known !== undefined) return known;
    const upper = lastAtMost(this.#below, rank);
    const counts = new Uint32Array(HALF);
    for (let i = 0; i < this.#bits.length; i++) {
      const bits = this.#bits[i]!;
      const ordered = orderedBits(bits);
      if (ordered >>> 16 === upper && !isNotANumber(bits)) counts[ordered & (HALF - 1)]!++;
    }
    let left = rank - this.#below[upper]!;
    let lower = 0;
    while (left >= counts[lower]!) left -= counts[lower++]!;
    const value = fromOrdered(((upper << 16) | lower) >>> 0);
    this.#known.set(rank, value);
    return value;
  }
}

/** Bits of a float32 as an integer that grows with it. */
function orderedBits(bits: number): number {
  return (bits & 0x80000000 ? ~bits : bits | 0x80000000) >>> 0;
}

function fromOrdered(ordered: number): number {
  const bits = (ordered & 0x80000000 ? ordered & 0x7fffffff : ~ordered) >>> 0;
  return new Float32Array(new Uint32Array([bits]).buffer)[0]! + 0;
}

function isNotANumber(bits: number): boolean {
  return (bits & 0x7fffffff) > 0x7f800000;
}

/** The last index whose count is at most `rank`, with something in it. */
function lastAtMost(below: Uint32Array, rank: number): number {
  let [low, high] = [0, below.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (below[middle]! <= rank) low = middle;
    else high = middle - 1;
  }
  return low;
}
