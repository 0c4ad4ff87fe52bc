import type { StopSignal } from '../../src-shared/contract/errors.ts';
import { pearson, ssim } from '../../src-shared/maths/metrics.ts';
import { zScores } from '../../src-shared/maths/statistics.ts';
import { gatherRows, plainView, rowRange } from '../matrix/affine-view.ts';
import { pause } from '../train/stage.ts';
import type { GeneCorrelations } from './blend-weights.ts';
import type { Depth } from './depth.ts';
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
  /** Depth of each scored cell without the genes set aside. */
  readonly depth: Float64Array;
  /** Clipped at 0, one a candidate. */
  readonly values: readonly Float64Array[];
}

/** The same with the predictions of chosen candidates at one depth exponent, z-scored; zeros where constant. */
export interface JudgedGene extends Pick<UnseenGene, 'gene' | 'truth'> {
  readonly predictions: readonly Float64Array[];
}

/** Predictions of some of the candidates as cells of their depth would show them. */
export function judged(
  { gene, truth, depth, values }: UnseenGene,
  scale: Depth,
  exponent: number,
  candidates: readonly number[],
): JudgedGene {
  const predictions = candidates.map((c) => {
    const deep = values[c]!.slice();
    scale.apply(deep, depth, exponent);
    return zScores(deep);
  });
  return { gene, truth, predictions };
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

function clipped(values: Float64Array): Float64Array {
  return values.map((value) => Math.max(0, value));
}

/** Clipped at 0, then mean 0 and population sd 1; zeros where constant. */
export function clippedZ(values: Float64Array): Float64Array {
  return zScores(clipped(values));
}

/** Positions of all shared genes but these. */
export function others(count: number, inner: Int32Array): Int32Array {
  const aside = new Set(inner);
  return rowRange(0, count).filter((gene) => !aside.has(gene));
}

/** For each depth exponent the penalty with the best mean correlation on genes set aside. */
export async function chooseAlphas(
  data: MethodData,
  equations: RidgeEquations,
  folds: readonly Fold[],
  rows: Int32Array,
  scale: Depth,
  exponents: readonly number[],
  stop?: StopSignal,
): Promise<number[]> {
  const scores = exponents.map(() => ALPHAS.map(() => 0));
  for (const { inner } of folds) {
    const inputs = others(data.shared.names.length, inner);
    const targets = inner.map((gene) => data.shared.reference[gene]!);
    const truth = measured(data, inner, rows);
    const depth = scale.without(spatialColumns(data, inner), rows);
    for (const [a, alpha] of ALPHAS.entries()) {
      await pause(stop);
      const predictor = ridgePredictor(data, equations, { inputs, targets, alpha });
      const predicted = columnsOf(predictor.at(rows)(targets), rows.length, inner.length);
      predictor.dispose();
      for (const [i, values] of predicted.entries()) {
        for (const [e, exponent] of exponents.entries()) {
          const deep = values.slice();
          scale.apply(deep, depth, exponent);
          scores[e]![a] = scores[e]![a]! + pearson(truth[i]!, deep);
        }
      }
    }
  }
  return scores.map((of) => ALPHAS[of.indexOf(Math.max(...of))]!);
}

function spatialColumns(data: MethodData, genes: Int32Array): Int32Array {
  return genes.map((gene) => data.shared.spatial[gene]!);
}

/** Floors that use only the given shared genes, for the given reference columns. */
export type FloorsWithout = (inputs: Int32Array, targets: Int32Array) => readonly Predictor[];

/** Predictions of every gene set aside, by the network and by floors fitted without it. */
export async function unseenGenes(
  data: MethodData,
  folds: readonly Fold[],
  rows: Int32Array,
  scale: Depth,
  floorsWithout: FloorsWithout,
  stop?: StopSignal,
): Promise<UnseenGene[]> {
  const unseen: UnseenGene[] = [];
  for (const { inner, network } of folds) {
    await pause(stop);
    const targets = inner.map((gene) => data.shared.reference[gene]!);
    const floors = floorsWithout(others(data.shared.names.length, inner), targets);
    const predicted = [network, ...floors].map((predictor) =>
      columnsOf(predictor.at(rows)(targets), rows.length, inner.length).map(clipped),
    );
    for (const floor of floors) floor.dispose();
    const truth = measured(data, inner, rows);
    const depth = scale.without(spatialColumns(data, inner), rows);
    for (const [i, gene] of inner.entries()) {
      unseen.push({ gene, truth: truth[i]!, depth, values: predicted.map((genes) => genes[i]!) });
    }
  }
  return unseen;
}

/** Correlations that the choice of weights needs. */
export function correlations({ truth, predictions }: JudgedGene): GeneCorrelations {
  return {
    withTruth: predictions.map((z) => pearson(truth, z)),
    among: predictions.map((a) => predictions.map((b) => pearson(a, b))),
  };
}

/** Shares of the reference's sd among which the spread of the result is chosen. */
export const SPREADS = [0.15, 0.25, 0.35, 0.5, 0.7, 1] as const;
/** Ceilings, in sd of the blend, above which values are cut as measured ones are clipped. */
export const CEILINGS = [2, 2.5, 3, 4, Number.POSITIVE_INFINITY] as const;

/** What turns a z-scored blend Z of a gene into expression: max(0, m + κ s min(Z, c)). */
export interface Shape {
  /** κ */
  readonly spread: number;
  /** c */
  readonly ceiling: number;
}

/**
 * The spread and the ceiling with the best sum of mean correlation and mean SSIM on genes set aside, for values
 * max(0, m + κ s min(Z, c)) with the reference's mean m and sd s of the gene and Z the z-scored blend.
 */
export function chooseShape(
  data: MethodData,
  genes: readonly JudgedGene[],
  weights: readonly number[],
): Shape {
  const { mean, sd } = data.reference;
  const blends = genes.map(({ predictions }) => zScores(blended(predictions, weights)));
  const shapes = SPREADS.flatMap((spread) => CEILINGS.map((ceiling) => ({ spread, ceiling })));
  const scores = shapes.map(({ spread, ceiling }) =>
    genes.reduce((sum, { gene, truth }, i) => {
      const column = data.shared.reference[gene]!;
      const scale = spread * sd[column]!;
      const values = blends[i]!.map((z) => Math.max(0, mean[column]! + scale * Math.min(z, ceiling)));
      return sum + ssim(truth, values) + pearson(truth, values);
    }, 0),
  );
  return shapes[scores.indexOf(Math.max(...scores))]!;
}

function blended(predictions: readonly Float64Array[], weights: readonly number[]): Float64Array {
  return predictions[0]!.map((_, i) => predictions.reduce((sum, z, c) => sum + weights[c]! * z[i]!, 0));
}
