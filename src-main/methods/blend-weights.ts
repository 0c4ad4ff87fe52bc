import { mean, standardDeviation } from '../../src-shared/maths/statistics.ts';

/** Correlations of one gene: of each candidate's out-of-sample prediction with the truth, and among them. */
export interface GeneCorrelations {
  /** candidates */
  readonly withTruth: readonly number[];
  /** candidates × candidates */
  readonly among: readonly (readonly number[])[];
}

/** What the weights were learned from and what they promise. */
export interface LearnedWeights {
  /** One a candidate, ≥ 0, sum 1. */
  readonly weights: readonly number[];
  /** Mean correlation over the genes of the blend, and of each candidate alone, out of sample. */
  readonly score: number;
  readonly alone: readonly number[];
  readonly genes: number;
}

const GRID = 10;
/** A blend this close to the best (in standard errors of the paired deficit) counts as equally good. */
const TOLERANCE = 0.5;

/**
 * Correlation with the truth of Σ w z for z-scored predictions: w·c / √(wᵀ R w); 0 where the blend is constant.
 */
export function blendCorrelation(w: readonly number[], { withTruth, among }: GeneCorrelations): number {
  let signal = 0;
  let variance = 0;
  for (let i = 0; i < w.length; i++) {
    signal += w[i]! * withTruth[i]!;
    for (let j = 0; j < w.length; j++) variance += w[i]! * w[j]! * among[i]![j]!;
  }
  return variance > 1e-12 ? signal / Math.sqrt(variance) : 0;
}

/**
 * Weights of a blend, learned on genes that no candidate was fitted on: among all weights on a grid of tenths,
 * those whose mean paired deficit to the best is at most half its standard error over the genes, the nearest to
 * the prior. With few genes this stays near the prior, with many it follows the data.
 *
 * @param prior weights that are taken without evidence
 */
export function learnWeights(genes: readonly GeneCorrelations[], prior: readonly number[]): LearnedWeights {
  if (genes.length === 0) return { weights: prior, score: 0, alone: prior.map(() => 0), genes: 0 };
  const grid = simplex(prior.length, GRID);
  const scores = grid.map((w) => genes.map((gene) => blendCorrelation(w, gene)));
  const means = scores.map(mean);
  const best = means.indexOf(Math.max(...means));
  const distance = (i: number) => grid[i]!.reduce((sum, w, c) => sum + Math.abs(w - prior[c]!), 0);
  const fine = Array.from(grid.keys()).filter((i) => {
    const deficits = scores[best]!.map((score, g) => score - scores[i]![g]!);
    return mean(deficits) <= TOLERANCE * standardError(deficits);
  });
  const chosen = fine.reduce((a, b) => {
    const nearer = distance(b) - distance(a);
    if (Math.abs(nearer) > 1e-9) return nearer < 0 ? b : a;
    return means[b]! > means[a]! ? b : a;
  }, best);
  const alone = prior.map((_, c) => mean(genes.map((gene) => gene.withTruth[c]!)));
  return { weights: grid[chosen]!, score: means[chosen]!, alone, genes: genes.length };
}

/** All vectors of `parts` non-negative multiples of 1/steps that sum to 1. */
export function simplex(parts: number, steps: number): number[][] {
  const compose = (left: number, more: number): number[][] =>
    more === 1
      ? [[left]]
      : Array.from({ length: left + 1 }, (_, first) => first).flatMap((first) =>
          compose(left - first, more - 1).map((rest) => [first, ...rest]),
        );
  return compose(steps, parts).map((counts) => counts.map((count) => count / steps));
}

function standardError(values: readonly number[]): number {
  if (values.length < 2) return Number.POSITIVE_INFINITY;
  return standardDeviation(values, 1) / Math.sqrt(values.length);
}
