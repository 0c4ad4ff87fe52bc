import { throwIfStopped, type StopSignal } from '../../src-shared/contract/errors.ts';
import { pearson, ssim } from '../../src-shared/maths/metrics.ts';
import { zScores } from '../../src-shared/maths/statistics.ts';
import { gatherRows, plainView, rowRange } from '../matrix/affine-view.ts';
import { breathe } from '../train/stage.ts';
import type { GeneCorrelations } from './blend-weights.ts';
import type { MethodData, Predictor } from './predictor.ts';
import type { RidgeEquations } from './ridge.ts';
import { ridgePredictor } from './ridge.ts';

/** Penalties among which the blend's ridge regression chooses. */
export const ALPHAS = [30, 100, 300, 1000, 3000, 10000, 30000] as const;

/** A shared gene that was set aside: what was measured, and what each candidate predicts without having seen it. */
export interface UnseenGene {
  /** Position in the list of shared genes. */
  readonly gene: number;
  /** Processed units, one value a scored cell. */
  readonly truth: Float64Array;
  /** Clipped at 0 and z-scored, one a candidate; zeros where constant. */
  readonly predictions: readonly Float64Array[];
}

/** Genes set aside together, and the network that has not seen them. */
export interface Fold {
  readonly inner: Int32Array;
  readonly network: Predictor;
}

/** Truth of some shared genes on some cells, one array a gene. */
function measured(data: MethodData, genes: Int32Array, rows: Int32Array): Float64Array[] {
  const view = plainView(data.spatial.values);
  const columns = genes.map((gene) => data.shared.spatial[gene]!);
  const values = gatherRows({ ...view, columns }, rows);
  return columnsOf(values, rows.length, genes.length);
}

/** Columns of a row-major matrix. */
export function columnsOf(values: Float32Array, rows: number, columns: number): Float64Array[] {
  return Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => values[i * columns + j]!),
  );
}

/** Clipped at 0, then mean 0 and population sd 1; zeros where constant. */
export function clippedZ(values: Float64Array): Float64Array {
  return zScores(values.map((value) => Math.max(0, value)));
}

function others(count: number, inner: Int32Array): Int32Array {
  const aside = new Set(inner);
  return rowRange(0, count).filter((gene) => !aside.has(gene));
}

/** The penalty with the best mean correlation on genes set aside. */
export async function chooseAlpha(
  data: MethodData,
  equations: RidgeEquations,
  folds: readonly Fold[],
  rows: Int32Array,
  stop?: StopSignal,
): Promise<number> {
  const scores = ALPHAS.map(() => 0);
  for (const { inner } of folds) {
    const inputs = others(data.shared.names.length, inner);
    const targets = inner.map((gene) => data.shared.reference[gene]!);
    const truth = measured(data, inner, rows);
    for (const [a, alpha] of ALPHAS.entries()) {
      await pause(stop);
      const predictor = ridgePredictor(data, equations, { inputs, targets, alpha });
      const predicted = columnsOf(predictor.at(rows)(targets), rows.length, inner.length);
      predictor.dispose();
      for (const [i, values] of predicted.entries()) scores[a] = scores[a]! + pearson(truth[i]!, values);
    }
  }
  return ALPHAS[scores.indexOf(Math.max(...scores))]!;
}

/** Floors that use only the given shared genes, for the given reference columns. */
export type FloorsWithout = (inputs: Int32Array, targets: Int32Array) => readonly Predictor[];

/** Predictions of every gene set aside, by the network and by floors fitted without it. */
export async function unseenGenes(
  data: MethodData,
  folds: readonly Fold[],
  rows: Int32Array,
  floorsWithout: FloorsWithout,
  stop?: StopSignal,
): Promise<UnseenGene[]> {
  const unseen: UnseenGene[] = [];
  for (const { inner, network } of folds) {
    await pause(stop);
    const targets = inner.map((gene) => data.shared.reference[gene]!);
    const floors = floorsWithout(others(data.shared.names.length, inner), targets);
    const predicted = [network, ...floors].map((predictor) =>
      columnsOf(predictor.at(rows)(targets), rows.length, inner.length).map(clippedZ),
    );
    for (const floor of floors) floor.dispose();
    const truth = measured(data, inner, rows);
    for (const [i, gene] of inner.entries()) {
      unseen.push({ gene, truth: truth[i]!, predictions: predicted.map((genes) => genes[i]!) });
    }
  }
  return unseen;
}

/** Lets a stop through. */
async function pause(stop: StopSignal | undefined): Promise<void> {
  await breathe();
  throwIfStopped(stop);
}

/** Correlations that the choice of weights needs. */
export function correlations({ truth, predictions }: UnseenGene): GeneCorrelations {
  return {
    withTruth: predictions.map((z) => pearson(truth, z)),
    among: predictions.map((a) => predictions.map((b) => pearson(a, b))),
  };
}

/** Shares of the reference's sd among which the spread of the result is chosen. */
export const SPREADS = [0.15, 0.25, 0.35, 0.5, 0.7, 1] as const;

/**
 * The spread κ with the best mean SSIM on genes set aside, for values max(0, m + κ s Z) with the reference's
 * mean m and sd s of the gene and Z the z-scored blend.
 */
export function chooseSpread(
  data: MethodData,
  genes: readonly UnseenGene[],
  weights: readonly number[],
): number {
  const { mean, sd } = data.reference;
  const blends = genes.map(({ predictions }) => zScores(blended(predictions, weights)));
  const scores = SPREADS.map((spread) =>
    genes.reduce((sum, { gene, truth }, i) => {
      const column = data.shared.reference[gene]!;
      const values = blends[i]!.map((z) => Math.max(0, mean[column]! + spread * sd[column]! * z));
      return sum + ssim(truth, values);
    }, 0),
  );
  return SPREADS[scores.indexOf(Math.max(...scores))]!;
}

function blended(predictions: readonly Float64Array[], weights: readonly number[]): Float64Array {
  return predictions[0]!.map((_, i) => predictions.reduce((sum, z, c) => sum + weights[c]! * z[i]!, 0));
}
