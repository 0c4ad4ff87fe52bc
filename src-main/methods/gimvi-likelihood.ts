import { digamma, digammaDifference } from '../../src-shared/maths/gamma.ts';

/** Keeps logarithms finite, as in scvi-tools. */
const EPSILON = 1e-8;

/** ∂ log p(x) by the mean μ, the inverse dispersion θ, and the logit π of a dropout. */
export interface Slopes {
  mean: number;
  theta: number;
  dropout: number;
}

/** What the slopes need of one gene's θ, computed once for all cells. */
export interface Dispersion {
  readonly theta: number;
  /** log(θ + ε) + θ/(θ + ε) */
  readonly entropy: number;
  readonly log: number;
  readonly digamma: number;
}

/** @param r log θ */
export function dispersion(r: number): Dispersion {
  const theta = Math.exp(r);
  const log = Math.log(theta + EPSILON);
  return { theta, log, entropy: log + theta / (theta + EPSILON), digamma: digamma(theta) };
}

/**
 * Slopes of the negative binomial of mean μ and variance μ + μ²/θ,
 * log p(x) = θ log(θ/(θ + μ)) + x log(μ/(θ + μ)) + log Γ(x + θ) − log Γ(θ) − log Γ(x + 1).
 */
export function negativeBinomialSlopes(x: number, mu: number, d: Dispersion, slopes: Slopes): void {
  const { theta } = d;
  const sum = theta + mu + EPSILON;
  slopes.mean = x / (mu + EPSILON) - (x + theta) / sum;
  slopes.theta = d.entropy - Math.log(sum) - (x + theta) / sum;
  if (x > 0) slopes.theta += digammaDifference(theta, x, d.digamma);
}

/**
 * Slopes of the zero-inflated negative binomial, in which a count is lost with probability σ(π):
 * log p(0) = log(σ(π) + σ(−π) NB(0)), log p(x) = log σ(−π) + log NB(x).
 *
 * @param pi logit of the probability of a dropout
 */
export function zeroInflatedSlopes(x: number, mu: number, pi: number, d: Dispersion, slopes: Slopes): void {
  if (x > 0) {
    negativeBinomialSlopes(x, mu, d, slopes);
    slopes.dropout = -1 / (1 + Math.exp(-pi));
    return;
  }
  const { theta } = d;
  const sum = theta + mu + EPSILON;
  const logSum = Math.log(sum);
  // Share of the negative binomial in p(0).
  const share = 1 / (1 + Math.exp(pi - theta * (d.log - logSum)));
  slopes.mean = (-share * theta) / sum;
  slopes.theta = share * (d.entropy - logSum - theta / sum);
  slopes.dropout = 1 / (1 + Math.exp(pi)) - share;
}

/** Counts of a batch and what the decoder says about them. */
export interface DecodedCounts {
  /** cells × genes, row-major */
  readonly x: Float32Array;
  /** Rows of logits, `stride` long: gene j's share of expression at j, its dropout at `dropoutAt` + j. */
  readonly logits: Float32Array;
  readonly stride: number;
  /** Undefined for the negative binomial without zero inflation. */
  readonly dropoutAt: number | undefined;
  /** Size of each cell, in counts: μ = size · softmax(logits of the genes). */
  readonly sizes: Float64Array;
  /** log θ of each gene */
  readonly r: Float32Array;
}

/** Gradients of the loss; logits as they stand in {@link DecodedCounts}. */
export interface LikelihoodGradients {
  readonly logits: Float32Array;
  /** Added to. */
  readonly r: Float32Array;
  /** By the logarithm of each cell's size. */
  readonly logSizes: Float64Array;
}

/**
 * Gradients of −weight · Σ log p(x) over the cells and genes of a batch. With a = μ ∂log p/∂μ and ρ the softmax,
 * the logits' gradient is a − ρ Σ a.
 */
export function likelihoodGradients(
  { x, logits, stride, dropoutAt, sizes, r }: DecodedCounts,
  weight: number,
  gradients: LikelihoodGradients,
): void {
  const genes = r.length;
  const dispersions = Array.from(r, dispersion);
  const byR = new Float64Array(genes);
  const shares = new Float64Array(genes);
  const slopes: Slopes = { mean: 0, theta: 0, dropout: 0 };
  for (let cell = 0; cell < sizes.length; cell++) {
    const at = cell * stride;
    softmax(logits, at, shares);
    const size = sizes[cell]!;
    let total = 0;
    for (let j = 0; j < genes; j++) {
      const d = dispersions[j]!;
      const mu = shares[j]! * size;
      const count = x[cell * genes + j]!;
      if (dropoutAt === undefined) negativeBinomialSlopes(count, mu, d, slopes);
      else {
        zeroInflatedSlopes(count, mu, logits[at + dropoutAt + j]!, d, slopes);
        gradients.logits[at + dropoutAt + j] = -weight * slopes.dropout;
      }
      const a = mu * slopes.mean;
      total += a;
      gradients.logits[at + j] = a;
      byR[j] = byR[j]! + d.theta * slopes.theta;
    }
    for (let j = 0; j < genes; j++) {
      gradients.logits[at + j] = -weight * (gradients.logits[at + j]! - shares[j]! * total);
    }
    gradients.logSizes[cell] = -weight * total;
  }
  for (let j = 0; j < genes; j++) gradients.r[j] = gradients.r[j]! - weight * byR[j]!;
}

/** Softmax of consecutive logits, as many as `shares` holds. */
export function softmax(logits: Float32Array, at: number, shares: Float64Array): void {
  let largest = -Infinity;
  for (let j = 0; j < shares.length; j++) largest = Math.max(largest, logits[at + j]!);
  let sum = 0;
  for (let j = 0; j < shares.length; j++) {
    const value = Math.exp(logits[at + j]! - largest);
    shares[j] = value;
    sum += value;
  }
  for (let j = 0; j < shares.length; j++) shares[j] = shares[j]! / sum;
}
