import { mean, median, range, ranks, zScores } from './statistics.ts';
import type { Numbers } from './statistics.ts';

/** RMSE of two z-scored profiles whose correlation is 0; no pair with PCC 0 has a larger MAE either. */
const UNCORRELATED = Math.SQRT2;

function sameLength(truth: Numbers, prediction: Numbers): void {
  if (truth.length !== prediction.length) {
    throw new RangeError(`profiles of ${truth.length} and ${prediction.length} cells`);
  }
}

/** Rounding in single precision, relative to the values' size. */
const ROUNDING = 1e-6;

/** True where all values are equal but for single-precision rounding; such a profile has no correlation. */
export function isConstant(values: Numbers): boolean {
  const { min, max } = range(values);
  return max - min <= ROUNDING * Math.max(Math.abs(min), Math.abs(max));
}

/** Population means, variances and covariance of a pair of profiles. */
function moments(a: Numbers, b: Numbers) {
  const meanA = mean(a);
  const meanB = mean(b);
  let varA = 0;
  let varB = 0;
  let cov = 0;
  for (let i = 0; i < a.length; i++) {
    const da = a[i]! - meanA;
    const db = b[i]! - meanB;
    varA += da * da;
    varB += db * db;
    cov += da * db;
  }
  const n = a.length;
  return { meanA, meanB, varA: varA / n, varB: varB / n, cov: cov / n };
}

/** Pearson's correlation over cells, in [−1, 1]; 0 where a side is constant. */
export function pearson(truth: Numbers, prediction: Numbers): number {
  sameLength(truth, prediction);
  if (isConstant(truth) || isConstant(prediction)) return 0;
  const { varA, varB, cov } = moments(truth, prediction);
  return Math.min(1, Math.max(-1, cov / Math.sqrt(varA * varB)));
}

/** Spearman's correlation: Pearson's of the ranks, ties sharing their mean rank; 0 where a side is constant. */
export function spearman(truth: Numbers, prediction: Numbers): number {
  sameLength(truth, prediction);
  if (isConstant(truth) || isConstant(prediction)) return 0;
  // Ranks of a NaN would be as good as any.
  if (Number.isNaN(range(truth).min) || Number.isNaN(range(prediction).min)) return Number.NaN;
  return pearson(ranks(truth), ranks(prediction));
}

function minMaxScaled(values: Numbers): Float64Array {
  const { min, max } = range(values);
  const width = isConstant(values) ? Infinity : max - min;
  return Float64Array.from({ length: values.length }, (_, i) => (values[i]! - min) / width);
}

/** (2μμ̂ + C1)(2cov + C2) / ((μ² + μ̂² + C1)(σ² + σ̂² + C2)) of population moments (Wang et al. 2004). */
function ssimFormula(a: Numbers, b: Numbers, c1: number, c2: number): number {
  const { meanA, meanB, varA, varB, cov } = moments(a, b);
  return ((2 * meanA * meanB + c1) * (2 * cov + c2)) / ((meanA ** 2 + meanB ** 2 + c1) * (varA + varB + c2));
}

/**
 * Structural similarity with one window over all cells, both profiles min–max scaled to [0, 1] first
 * (a constant one to zeros), C1 = 0.01, C2 = 0.03 (SpaGene, bioRxiv 2025.10.03.680242).
 */
export function ssim(truth: Numbers, prediction: Numbers): number {
  sameLength(truth, prediction);
  return ssimFormula(minMaxScaled(truth), minMaxScaled(prediction), 0.01, 0.03);
}

function maxScaled(values: Numbers): Float64Array {
  const { max } = range(values);
  return Float64Array.from({ length: values.length }, (_, i) => values[i]! / (max > 0 ? max : 1));
}

/**
 * Structural similarity as in the benchmark of Li et al. (Nature Methods 2022): profiles divided by their maximum
 * (where it is positive), C1 = (0.01 M)², C2 = (0.03 M)², M the larger maximum after scaling, 1 if not positive.
 */
export function ssimLi2022(truth: Numbers, prediction: Numbers): number {
  sameLength(truth, prediction);
  const a = maxScaled(truth);
  const b = maxScaled(prediction);
  const larger = Math.max(range(a).max, range(b).max);
  const scale = larger > 0 ? larger : 1;
  return ssimFormula(a, b, (0.01 * scale) ** 2, (0.03 * scale) ** 2);
}

/**
 * Root mean squared error of z-scored profiles (population sd), which equals √(2(1 − PCC)); √2 where a side is
 * constant, so that a constant prediction never pays.
 */
export function rmse(truth: Numbers, prediction: Numbers): number {
  return Math.sqrt(2 * (1 - pearson(truth, prediction)));
}

/** Mean absolute error of z-scored profiles (population sd); √2, the RMSE's value, where a side is constant. */
export function maeZScored(truth: Numbers, prediction: Numbers): number {
  sameLength(truth, prediction);
  if (isConstant(truth) || isConstant(prediction)) return UNCORRELATED;
  return mae(zScores(truth), zScores(prediction));
}

/** Mean absolute error in the profiles' own units. */
export function mae(truth: Numbers, prediction: Numbers): number {
  sameLength(truth, prediction);
  let sum = 0;
  for (let i = 0; i < truth.length; i++) sum += Math.abs(truth[i]! - prediction[i]!);
  return sum / truth.length;
}

/** Names of the metrics in reports. All but `mae` have no unit. */
export const METRICS = ['pcc', 'spearman', 'ssim', 'ssimLi2022', 'rmse', 'maeZScored', 'mae'] as const;
export type MetricName = (typeof METRICS)[number];

/** The scores of one gene over the cells. `constant`: a side did not vary, so the correlations count as 0. */
export type GeneScores = Readonly<Record<MetricName, number>> & { readonly constant: boolean };

/** Scores one gene's imputed profile against the measured one; both over the same cells, in the same order. */
export function scoreGene(truth: Numbers, prediction: Numbers): GeneScores {
  return {
    pcc: pearson(truth, prediction),
    spearman: spearman(truth, prediction),
    ssim: ssim(truth, prediction),
    ssimLi2022: ssimLi2022(truth, prediction),
    rmse: rmse(truth, prediction),
    maeZScored: maeZScored(truth, prediction),
    mae: mae(truth, prediction),
    constant: isConstant(truth) || isConstant(prediction),
  };
}

/** Mean and median of a score over genes. */
export interface Summary {
  readonly mean: number;
  readonly median: number;
}

/** Mean and median of every metric over genes; none is dropped. NaN of no genes. */
export function aggregate(genes: readonly GeneScores[]): Readonly<Record<MetricName, Summary>> {
  const summaries = METRICS.map((name): [MetricName, Summary] => {
    const scores = genes.map((gene) => gene[name]);
    return [name, { mean: mean(scores), median: median(scores) }];
  });
  return Object.fromEntries(summaries) as Record<MetricName, Summary>;
}
