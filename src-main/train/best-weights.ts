import { liveData, restoreLive, type TensorData } from '../model/frozen-state.ts';
import type { Network } from '../model/network.ts';
import type { Snapshot } from './stage.ts';

const PREFIX = 'best.';

/** The weights of a network at its best score: copies, not aliases of weights that go on moving. */
export class BestWeights {
  readonly #network: Network;
  #weights: ReadonlyMap<string, TensorData> = new Map();
  score = Number.NEGATIVE_INFINITY;
  step = -1;

  constructor(network: Network) {
    this.#network = network;
  }

  get found(): boolean {
    return this.step >= 0;
  }

  /** Keeps the present weights if the score is the best so far; of equal scores the earlier wins. */
  async offer(score: number, step: number): Promise<void> {
    if (!(score > this.score)) return;
    this.score = score;
    this.step = step;
    this.#weights = await liveData(this.#network);
  }

  /** Puts the best weights back into the network; leaves it alone when nothing was offered. */
  apply(): void {
    if (this.found) restoreLive(this.#network, this.#weights);
  }

  snapshot(): Snapshot {
    if (!this.found) return { tensors: new Map(), counters: {} };
    return {
      tensors: new Map([...this.#weights].map(([name, data]) => [PREFIX + name, data])),
      counters: { bestScore: this.score, bestStep: this.step },
    };
  }

  restore({ tensors, counters }: Snapshot): void {
    if (counters['bestStep'] === undefined) return;
    this.score = counters['bestScore']!;
    this.step = counters['bestStep'];
    this.#weights = new Map(
      [...tensors].filter(([n]) => n.startsWith(PREFIX)).map(([n, data]) => [n.slice(PREFIX.length), data]),
    );
  }
}
