import { Random } from '../../src-shared/maths/random.ts';

/** Cells in a batch: all of them when there are fewer than wanted. */
export function batchSize(cells: number, batch: number): number {
  return Math.min(batch, cells);
}

/** Whole batches in one pass over the cells. */
export function batchesIn(cells: number, batch: number): number {
  return Math.floor(cells / batchSize(cells, batch));
}

/**
 * Batches of cells, drawn without state: which cells a step sees follows from the seed and the step's number, so
 * a resumed run sees what an uninterrupted one would have seen. Within an epoch a stream is shuffled, cut into
 * batches, and the last partial batch dropped; a stream that ends before the epoch does is reshuffled.
 */
export class BatchStream {
  readonly size: number;
  readonly perRound: number;
  readonly #cells: number;
  readonly #seed: number;
  readonly #name: string;
  #key = '';
  #order: Int32Array = new Int32Array(0);

  /** @param batch wanted cells a batch; all cells when there are fewer */
  constructor(cells: number, batch: number, seed: number, name: string) {
    this.size = batchSize(cells, batch);
    this.perRound = batchesIn(cells, batch);
    this.#cells = cells;
    this.#seed = seed;
    this.#name = name;
  }

  /** The cells of one step of an epoch. */
  at(epoch: number, step: number): Int32Array {
    const key = `${this.#name} epoch ${epoch} round ${Math.floor(step / this.perRound)}`;
    if (key !== this.#key) {
      this.#key = key;
      this.#order = new Random(this.#seed, key).permutation(this.#cells);
    }
    const first = (step % this.perRound) * this.size;
    return this.#order.slice(first, first + this.size);
  }
}
