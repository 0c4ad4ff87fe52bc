import type { SizeNull } from './enrichment-null.ts';

/** What the rate is computed from: size and normalised score of a set. */
export interface NormalisedTerm {
  readonly size: number;
  readonly nes: number;
}

/**
 * False discovery rate of each set (Subramanian et al. 2005): among the normalised scores of its sign, the share of all
 * sets' random ones that are as far from 0, over the share of the observed ones that are; at most 1. NaN where the
 * normalised score is NaN.
 */
export function falseDiscoveryRates(
  terms: readonly NormalisedTerm[],
  nulls: ReadonlyMap<number, SizeNull>,
): Float64Array {
  const setsOf = new Map<number, number>();
  for (const { size } of terms) setsOf.set(size, (setsOf.get(size) ?? 0) + 1);
  const rates = new Float64Array(terms.length).fill(Number.NaN);
  for (const sign of [1, -1]) {
    const random = new Tail(randomScores(nulls, setsOf, sign));
    const ours = terms.map(({ nes }) => nes * sign).filter((score) => score > 0);
    const observed = new Tail({
      scores: Float64Array.from(ours),
      weights: new Float64Array(ours.length).fill(1),
    });
    for (const [i, { nes }] of terms.entries()) {
      const score = nes * sign;
      if (score > 0) rates[i] = Math.min(1, random.share(score) / observed.share(score));
    }
  }
  return rates;
}

interface Weighted {
  readonly scores: Float64Array;
  readonly weights: Float64Array;
}

/** Normalised scores of one sign of the random sets, made positive; each counts as often as sets have its size. */
function randomScores(
  nulls: ReadonlyMap<number, SizeNull>,
  setsOf: ReadonlyMap<number, number>,
  sign: number,
): Weighted {
  const parts = [...nulls].map(([size, { scores, positiveMean, negativeMean }]) => {
    const mean = sign > 0 ? positiveMean : -negativeMean;
    const normalised = scores.map((score) => (score * sign) / mean).filter((score) => score > 0);
    return { normalised, sets: setsOf.get(size) ?? 0 };
  });
  const count = parts.reduce((sum, { normalised }) => sum + normalised.length, 0);
  const all = { scores: new Float64Array(count), weights: new Float64Array(count) };
  let to = 0;
  for (const { normalised, sets } of parts) {
    all.scores.set(normalised, to);
    all.weights.fill(sets, to, (to += normalised.length));
  }
  return all;
}

/** Weighted numbers, of which the share from some value on is asked. */
class Tail {
  readonly #scores: Float64Array;
  /** Weight from each score on; one more, 0, at the end. */
  readonly #from: Float64Array;

  constructor({ scores, weights }: Weighted) {
    const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
    this.#scores = Float64Array.from(order, (i) => scores[i]!);
    this.#from = new Float64Array(scores.length + 1);
    for (let i = scores.length - 1; i >= 0; i--) this.#from[i] = this.#from[i + 1]! + weights[order[i]!]!;
  }

  /** Share of the weight at scores ≥ a value. */
  share(value: number): number {
    let [low, high] = [0, this.#scores.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#scores[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return this.#from[low]! / this.#from[0]!;
  }
}
