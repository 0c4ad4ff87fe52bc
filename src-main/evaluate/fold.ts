import type { StopSignal } from '../../src-shared/contract/errors.ts';
import type { EvaluatedGene } from '../../src-shared/domain/evaluation.ts';
import type { MethodInput } from '../methods/method.ts';
import { keptCounts } from '../preprocess/counts.ts';
import { processPair, type PairData } from '../preprocess/process-pair.ts';
import type { ProcessedDomain } from '../preprocess/processed-domain.ts';
import { scaled } from '../preprocess/scale.ts';
import { foldOfGenes, type Evaluation, type FoldRule } from './evaluation.ts';

/** One fold, ready for any method. */
export interface Fold {
  readonly seed: number;
  readonly fold: number;
  /** The genes that are scored, gene by gene with `input.targets` and `truth`. */
  readonly genes: readonly EvaluatedGene[];
  readonly input: Omit<MethodInput, 'seed' | 'store' | 'stop'>;
  /** Rows of the fold's spatial matrix that are scored: cells that both filters keep. */
  readonly rows: Int32Array;
  /** The same cells as rows of the spatial file. */
  readonly fileRows: Int32Array;
  /** Measured values of each scored gene on the scored cells, processed with every gene in place. */
  readonly truth: readonly Float64Array[];
}

/** Which genes are hidden, and a name for it. */
export interface HiddenGenes {
  readonly seed: number;
  readonly fold: number;
  /** Shared genes that the spatial data shall not show, as the spatial file spells them. */
  readonly hidden: readonly string[];
  /** Those of them that are imputed and scored; all when left out. */
  readonly scored?: readonly string[];
}

/** The genes of a fold by the rule of the evaluation. */
export function genesOfFold({ names }: Evaluation, rule: FoldRule, seed: number, fold: number): HiddenGenes {
  const folds = foldOfGenes(names, rule, seed);
  return { seed, fold, hidden: names.filter((_, i) => folds[i] === fold) };
}

/**
 * Processes both datasets without the spatial values of some genes: filters, clipping, scaling and the choice of
 * genes see what a panel without them would have shown. Scored are those that processing keeps when nothing is
 * left out (all of them, unless there are more than 1,000 shared genes).
 */
export async function prepareFold(
  evaluation: Evaluation,
  { seed, fold, hidden, scored }: HiddenGenes,
  stop?: StopSignal,
): Promise<Fold> {
  const { spatial, reference, config, truth, labels } = evaluation;
  const inFold = new Set(scored ?? hidden);
  const positions = Array.from(truth.shared.names.keys()).filter((i) => inFold.has(truth.shared.names[i]!));
  const wanted = positions.map((i) => truth.shared.names[i]!);
  const { data } = await processPair(spatial, reference, config, stop, { genes: hidden, wanted });
  const counts = {
    spatial: { values: await keptCounts(spatial, data.spatial, stop), totals: data.spatial.totals },
    reference: { values: await keptCounts(reference, data.reference, stop), totals: data.reference.totals },
  };
  const normalisation = config.parameters['data.normalisation'];
  const { sizeFactors } = data.spatial;
  const { rows, truthRows } = commonCells(data.spatial, truth.spatial);
  return {
    seed,
    fold,
    genes: positions.map((i) => geneFacts(truth, i, fold)),
    input: {
      data,
      targets: targetColumns(data, truth, positions),
      counts,
      labels: labels && Array.from(data.reference.cells.rows, (row) => labels[row]!),
      processed: (count, row) => scaled(count, normalisation, sizeFactors?.[row] ?? 1),
    },
    rows,
    fileRows: rows.map((row) => data.spatial.cells.rows[row]!),
    truth: positions.map((i) => columnOf(truth.spatial, truth.shared.spatial[i]!, truthRows)),
  };
}

/** Rows of both matrices that are the same cell. */
function commonCells(ours: ProcessedDomain, truth: ProcessedDomain) {
  const at = new Map(Array.from(truth.cells.rows, (row, i) => [row, i]));
  const rows = Int32Array.from(ours.cells.rows.keys()).filter((i) => at.has(ours.cells.rows[i]!));
  return { rows, truthRows: rows.map((i) => at.get(ours.cells.rows[i]!)!) };
}

/** Columns of the fold's reference that hold the scored genes. */
function targetColumns(data: PairData, truth: PairData, positions: readonly number[]): Int32Array {
  const at = new Map(Array.from(data.reference.genes.columns, (column, i) => [column, i]));
  return Int32Array.from(positions, (i) =>
    at.get(truth.reference.genes.columns[truth.shared.reference[i]!]!)!,
  );
}

function columnOf({ values }: ProcessedDomain, column: number, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values.values[row * values.columns + column]!);
}

function geneFacts(truth: PairData, i: number, fold: number): EvaluatedGene {
  const [st, sc] = [truth.shared.spatial[i]!, truth.shared.reference[i]!];
  return {
    gene: truth.shared.names[i]!,
    fold,
    meanSpatial: truth.spatial.mean[st]!,
    sparsitySpatial: sparsity(truth.spatial, st),
    meanReference: truth.reference.mean[sc]!,
    sparsityReference: sparsity(truth.reference, sc),
  };
}

/** Share of the kept cells without a count. */
function sparsity({ values }: ProcessedDomain, column: number): number {
  let zeros = 0;
  for (let at = column; at < values.values.length; at += values.columns) {
    if (values.values[at] === 0) zeros++;
  }
  return zeros / values.rows;
}
