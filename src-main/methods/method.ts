import type { StopSignal } from '../../src-shared/contract/errors.ts';
import type { LossPoint } from '../../src-shared/domain/loss-point.ts';
import type { Dense } from '../matrix/dense.ts';
import type { PairData } from '../preprocess/process-pair.ts';
import type { Predictor } from './predictor.ts';
import type { TrainingStore } from './train-members.ts';

/** Counts as in the file, of the cells and genes of a processed dataset. */
export interface CountData {
  /** Kept cells × kept genes, in the order of the processed matrix. */
  readonly values: Dense;
  /** Sum of each kept cell over every gene of the file that is not held out. */
  readonly totals: Float64Array;
}

/**
 * Everything that a method may see of a fold. Genes held out are absent from the spatial data in every form: they
 * are in no matrix, no total, no filter and no list of shared genes.
 */
export interface MethodInput {
  /** Both datasets in processed units; `shared` are the training genes. */
  readonly data: PairData;
  /** Columns of the processed reference that will be asked for; a method may be fitted to these alone. */
  readonly targets: Int32Array;
  /** For methods whose authors ask for counts. */
  readonly counts: { readonly spatial: CountData; readonly reference: CountData };
  /** Cell type of each kept reference cell, where the user gave labels. */
  readonly labels: readonly string[] | undefined;
  /** A count (≥ 0) of a spatial cell (row of the processed matrix) in processed units. */
  readonly processed: (count: number, row: number) => number;
  readonly seed: number;
  /** Where a long training keeps its checkpoints. */
  readonly store: TrainingStore;
  readonly stop?: StopSignal;
}

/** How far a fit has come. */
export type FitProgress =
  | { readonly kind: 'steps'; readonly done: number; readonly total: number }
  | { readonly kind: 'losses'; readonly point: LossPoint; readonly members: number };

/** A fitted method. */
export interface Fit {
  /** Imputes the target genes in processed units. */
  readonly predictor: Predictor;
  /** Where this fit departed from what the method's authors describe, in whole sentences. */
  readonly departures: readonly string[];
  /** Correlation that the method itself expects of each target gene on held-out cells, where it can say. */
  readonly expected?: Float64Array;
}

/** A way to impute, as the tables name it. */
export interface Method {
  /** Name in tables and in --methods, such as `spagene-network`. */
  readonly name: string;
  /** Name in figures and sentences, such as `SpaGene, network alone`. */
  readonly title: string;
  readonly kind: 'spagene' | 'peer' | 'floor';
  /** Methods of one group share what they train, so they are run one after the other. */
  readonly group?: string;
  /** Paper, in one line. */
  readonly source: string;
  /**
   * Fits the method; yields now and then, which lets the event loop turn. Deterministic for a seed. Throws
   * StoppedError when told to stop and a UserError when the data do not suit the method.
   */
  fit(input: MethodInput): AsyncGenerator<FitProgress, Fit>;
}
