/** The whole state of a {@link Random}, four unsigned 32-bit words; kept in checkpoints. */
export type RandomState = readonly [number, number, number, number];

/** One step of splitmix32: turns a counter into a well-mixed 32-bit word. */
function splitmix32(counter: number): number {
  let word = (counter + 0x9e3779b9) | 0;
  word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
  return (word ^ (word >>> 15)) >>> 0;
}

/**
 * Seeded random numbers: xoshiro128** (Blackman & Vigna 2018), the same on every machine.
 * `new Random(seed, 'dropout')` gives independent streams by name from one seed.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(seed: number, stream = '') {
    let mixed = splitmix32(splitmix32(seed | 0) ^ (Math.floor(seed / 0x100000000) | 0));
    for (let i = 0; i < stream.length; i++) mixed = splitmix32(mixed ^ stream.charCodeAt(i));
    this.#a = splitmix32(mixed);
    this.#b = splitmix32(this.#a);
    this.#c = splitmix32(this.#b);
    this.#d = splitmix32(this.#c) | 1;
  }

  get state(): RandomState {
    return [this.#a >>> 0, this.#b >>> 0, this.#c >>> 0, this.#d >>> 0];
  }

  set state(state: RandomState) {
    [this.#a, this.#b, this.#c, this.#d] = state;
  }

  /** A uniform unsigned 32-bit integer. */
  uint32(): number {
    const product = Math.imul(this.#b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  /** A uniform double in [0, 1) with 53 random bits. */
  uniform(): number {
    return (this.uint32() * 0x200000 + (this.uint32() >>> 11)) / 0x20000000000000;
  }

  /** A uniform integer in [0, limit). Throws when limit is not in 1 … 2^32. */
  below(limit: number): number {
    if (!(limit >= 1 && limit <= 0x100000000)) throw new RangeError(`below(${limit})`);
    const fair = 0x100000000 - (0x100000000 % limit);
    let word = this.uint32();
    while (word >= fair) word = this.uint32();
    return word % limit;
  }

  /** A standard normal deviate (Box–Muller, one of the pair). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Shuffles in place (Fisher–Yates) and returns the same array. */
  shuffle<T extends Int32Array | number[] | string[]>(values: T): T {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const kept = values[i]!;
      values[i] = values[j]!;
      values[j] = kept;
    }
    return values;
  }

  /** The integers 0 … length − 1 in random order. */
  permutation(length: number): Int32Array {
    return this.shuffle(Int32Array.from({ length }, (_, i) => i));
  }
}
