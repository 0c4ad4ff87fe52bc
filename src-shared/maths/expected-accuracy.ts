import { spearman } from './metrics.ts';
import { ridgeByLeaveOneOut } from './ridge-leave-one-out.ts';
import { mean, range, standardDeviation } from './statistics.ts';
import type { Numbers } from './statistics.ts';

/**
 * What is known of a gene without measuring it in space, in the order of the feature vectors:
 * `mean` in the reference, processed units; `sparsity`, the share of reference cells without a count; `dispersion`,
 * the natural logarithm of variance / mean in the reference, processed units; `agreement`, the mean Pearson
 * correlation over spatial cells between the predictions of a blend's members, each made without the gene;
 * `panelCorrelation`, the largest absolute Pearson correlation with a panel gene in the reference; `panelR2`, the R²
 * of ridge regression from the panel in the reference.
 */
export const EXPECTED_ACCURACY_FEATURES = [
  'mean',
  'sparsity',
  'dispersion',
  'agreement',
  'panelCorrelation',
  'panelR2',
] as const;
export type ExpectedAccuracyFeature = (typeof EXPECTED_ACCURACY_FEATURES)[number];

/** A gene that was held out: its features, and the PCC that its imputation achieved. */
export interface HeldOutGene {
  readonly features: Numbers;
  readonly achieved: number;
}

/** One feature's part in the regression. */
export interface FeatureTerm {
  readonly name: ExpectedAccuracyFeature;
  /** Mean and population sd over the genes learned from; sd 0: it did not vary, and has no part. */
  readonly mean: number;
  readonly sd: number;
  /** Smallest and largest value learned from; a gene beyond them counts as there. */
  readonly low: number;
  readonly high: number;
  /** PCC per sd. */
  readonly coefficient: number;
}

/** The regression as files keep it. */
export interface ExpectedAccuracyParameters {
  readonly format: 'spagene-expected-accuracy';
  readonly formatVersion: 1;
  /** Genes it was learned from, and their mean achieved PCC. */
  readonly genes: number;
  readonly mean: number;
  /** λ of the ridge regression; null where nothing was learned. */
  readonly penalty: number | null;
  readonly terms: readonly FeatureTerm[];
  /**
   * Spearman's correlation and mean absolute difference between achieved PCC and the prediction of the regression
   * learned without the gene; null where too few genes were there to learn from.
   */
  readonly spearman: number | null;
  readonly meanAbsoluteError: number | null;
}

/** Foretells the held-out PCC of a gene that was never measured in space. */
export interface ExpectedAccuracyModel {
  readonly parameters: ExpectedAccuracyParameters;
  /** Expected PCC in [−1, 1] of a gene with these {@link EXPECTED_ACCURACY_FEATURES}. */
  predict(features: Numbers): number;
}

/** With fewer genes than this nothing is learned, and every gene is expected to do as the mean did. */
const FEWEST_GENES = 10;

/** Penalties tried, per gene: from hardly any shrinkage to the mean for every gene. */
const PENALTIES = [-3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3].map((power) => 10 ** power);

/**
 * Learns from held-out genes to foretell the PCC of genes that cannot be checked: ridge regression on standardised
 * features, its penalty chosen by leave-one-out error ({@link ridgeByLeaveOneOut}). Fewer than ten genes give the
 * mean of their PCC for every gene, none gives undefined.
 *
 * A feature that is not finite counts as missing and takes the mean of those that are, in learning and predicting;
 * a feature that is never finite, or constant, has no part. A prediction does not extrapolate: features are held
 * inside the range learned from. Throws a RangeError for a feature vector of another length or an achieved PCC
 * outside [−1, 1] (NaN included): correlations are always defined here, 0 for a constant profile.
 */
export function learnExpectedAccuracy(genes: readonly HeldOutGene[]): ExpectedAccuracyModel | undefined {
  for (const gene of genes) check(gene);
  if (genes.length === 0) return undefined;
  const centre = mean(genes.map((gene) => gene.achieved));
  const unfitted = EXPECTED_ACCURACY_FEATURES.map((name, column) => describe(name, column, genes));
  const start = { format: 'spagene-expected-accuracy', formatVersion: 1, genes: genes.length } as const;
  if (genes.length < FEWEST_GENES) {
    const nothing = { penalty: null, spearman: null, meanAbsoluteError: null };
    return expectedAccuracyModel({ ...start, mean: centre, terms: unfitted, ...nothing });
  }

  const x = Float64Array.from(genes.flatMap((gene) => standardised(unfitted, gene.features)));
  // The mean is not left out with the gene: that alone would make prediction and truth run against each other.
  const y = Float64Array.from(genes, (gene) => gene.achieved - centre);
  const fit = ridgeByLeaveOneOut(
    x,
    y,
    PENALTIES.map((penalty) => penalty * genes.length),
  );
  return expectedAccuracyModel({
    ...start,
    mean: centre,
    penalty: fit.penalty,
    terms: unfitted.map((term, column) => ({ ...term, coefficient: fit.coefficients[column]! })),
    spearman: spearman(y, fit.leftOut),
    meanAbsoluteError: mean(fit.leftOut.map((prediction, i) => Math.abs(y[i]! - prediction))),
  });
}

/** The model of parameters that were learned before. */
export function expectedAccuracyModel(parameters: ExpectedAccuracyParameters): ExpectedAccuracyModel {
  return { parameters, predict: (features) => predict(parameters, features) };
}

/** How well the expected PCC of genes came true. */
export interface Validation {
  /** Of each gene, what the other folds' genes lead to expect; NaN where there are no others. */
  readonly expected: Float64Array;
  /** Spearman's correlation with the achieved PCC, each expectation taken against the mean it was learned around. */
  readonly spearman: number;
  readonly meanAbsoluteError: number;
}

/**
 * Learns on all folds but one and predicts that one, fold by fold. The means of the other folds run against a fold's
 * own, which would tell against a regression of small effect; so for Spearman's correlation each expectation loses
 * the mean of the genes it was learned from.
 *
 * @param folds the fold of each gene
 * Undefined unless there are genes of two folds; throws as {@link learnExpectedAccuracy}.
 */
export function validateAcrossFolds(
  genes: readonly HeldOutGene[],
  folds: ArrayLike<number>,
): Validation | undefined {
  if (folds.length !== genes.length) throw new RangeError(`${folds.length} folds of ${genes.length} genes`);
  const names = new Set(Array.from(folds));
  if (names.size < 2) return undefined;
  const expected = new Float64Array(genes.length);
  const aboveMean = new Float64Array(genes.length);
  for (const fold of names) {
    const model = learnExpectedAccuracy(genes.filter((_, i) => folds[i] !== fold))!;
    genes.forEach((gene, i) => {
      if (folds[i] !== fold) return;
      const pcc = model.predict(gene.features);
      expected[i] = pcc;
      aboveMean[i] = pcc - model.parameters.mean;
    });
  }
  const achieved = genes.map((gene) => gene.achieved);
  const errors = expected.map((value, i) => Math.abs(value - achieved[i]!));
  return { expected, spearman: spearman(achieved, aboveMean), meanAbsoluteError: mean(errors) };
}

function check({ features, achieved }: HeldOutGene): void {
  checkLength(features);
  if (!(Math.abs(achieved) <= 1)) throw new RangeError(`${achieved} is no correlation`);
}

function checkLength(features: Numbers): void {
  const wanted = EXPECTED_ACCURACY_FEATURES.length;
  if (features.length !== wanted) throw new RangeError(`${features.length} features instead of ${wanted}`);
}

/** Moments and range of the finite values of a feature, the coefficient still 0. */
function describe(name: ExpectedAccuracyFeature, column: number, genes: readonly HeldOutGene[]): FeatureTerm {
  const values = genes.map((gene) => gene.features[column]!).filter(Number.isFinite);
  if (values.length === 0) return { name, mean: 0, sd: 0, low: 0, high: 0, coefficient: 0 };
  const { min: low, max: high } = range(values);
  const sd = standardDeviation(values);
  // Differences of rounding only are none.
  const varies = sd > 1e-12 * Math.max(Math.abs(low), Math.abs(high));
  return { name, mean: mean(values), sd: varies ? sd : 0, low, high, coefficient: 0 };
}

function standardised(terms: readonly FeatureTerm[], features: Numbers): number[] {
  return terms.map((term, column) => {
    const value = features[column]!;
    if (term.sd === 0 || !Number.isFinite(value)) return 0;
    return (Math.min(term.high, Math.max(term.low, value)) - term.mean) / term.sd;
  });
}

function predict({ mean: centre, terms }: ExpectedAccuracyParameters, features: Numbers): number {
  checkLength(features);
  const x = standardised(terms, features);
  const sum = terms.reduce((total, term, column) => total + term.coefficient * x[column]!, centre);
  return Math.min(1, Math.max(-1, sum));
}
