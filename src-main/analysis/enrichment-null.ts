import type { Random } from '../../src-shared/maths/random.ts';
import { runningPeak } from '../../src-shared/maths/running-sum.ts';
import type { Turns } from './long-work.ts';

/** Enrichment scores of random gene sets of one size. */
export interface SizeNull {
  /** In increasing order. */
  readonly scores: Float64Array;
  /** Mean of those above 0, and of the others; NaN where there is none. */
  readonly positiveMean: number;
  readonly negativeMean: number;
}

/**
 * Enrichment scores of random gene sets, for each of some sizes. In every permutation the sets of different sizes are
 * the beginnings of one random order of the genes, kept sorted while they grow: each size has its own fair sample,
 * and a permutation costs the sum of the sizes (the idea of fgsea: Korotkevich et al. 2021).
 *
 * @param weights of all genes in the order of the ranking
 * @param sizes distinct, increasing, at most the number of genes
 */
export async function enrichmentNull(
  weights: Float64Array,
  sizes: readonly number[],
  permutations: number,
  random: Random,
  turns: Turns,
): Promise<Map<number, SizeNull>> {
  const scores = sizes.map(() => new Float64Array(permutations));
  const order = Int32Array.from(weights.keys());
  const sorted = new Int32Array(sizes.at(-1) ?? 0);
  for (let permutation = 0; permutation < permutations; permutation++) {
    let held = 0;
    for (let s = 0; s < sizes.length; s++) {
      for (; held < sizes[s]!; held++) insert(sorted, held, draw(order, held, random));
      scores[s]![permutation] = runningPeak(sorted, held, weights).score;
    }
    if (turns.due) await turns.take(permutation / permutations);
  }
  return new Map(sizes.map((size, s) => [size, summary(scores[s]!)]));
}

/** The next of a random order (Fisher–Yates from the front); the order is one already, from whatever it was. */
function draw(order: Int32Array, next: number, random: Random): number {
  const chosen = next + random.below(order.length - next);
  const item = order[chosen]!;
  order[chosen] = order[next]!;
  order[next] = item;
  return item;
}

/** Inserts an item into the `held` increasing ones. */
function insert(sorted: Int32Array, held: number, item: number): void {
  let [low, high] = [0, held];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < item) low = middle + 1;
    else high = middle;
  }
  sorted.copyWithin(low + 1, low, held);
  sorted[low] = item;
}

function summary(scores: Float64Array): SizeNull {
  scores.sort();
  const firstPositive = scores.findIndex((score) => score > 0);
  const split = firstPositive < 0 ? scores.length : firstPositive;
  const mean = (part: Float64Array): number => part.reduce((sum, score) => sum + score, 0) / part.length;
  return {
    scores,
    positiveMean: mean(scores.subarray(split)),
    negativeMean: mean(scores.subarray(0, split)),
  };
}
