import type { Matrix } from '../matrix/dense.ts';
import type { PairData } from '../preprocess/process-pair.ts';
import type { ProcessedDomain } from '../preprocess/processed-domain.ts';

/** What every method is fitted on: both processed datasets and the shared genes that it may use. */
export type MethodData = PairData<Matrix>;

/** Imputed values of a fixed set of cells: genes (columns of the reference) → cells × genes, row-major. */
export type CellPrediction = (genes: Int32Array) => Float32Array;

/** A fitted method that imputes every reference gene in processed units. */
export interface Predictor {
  readonly name: string;
  /** Does the work that all genes share for some spatial cells. */
  at(rows: Int32Array): CellPrediction;
  dispose(): void;
}

/** z-scores with each dataset's own population mean and sd; a constant column becomes 0. */
export function scaling(
  domain: Pick<ProcessedDomain<Matrix>, 'mean' | 'sd'>,
  columns: Int32Array,
): { readonly factor: Float32Array; readonly offset: Float32Array } {
  const factor = Float32Array.from(columns, (column) => inverse(domain.sd[column]!));
  const offset = Float32Array.from(columns, (column) => -domain.mean[column]! * inverse(domain.sd[column]!));
  return { factor, offset };
}

function inverse(deviation: number): number {
  return deviation > 0 ? 1 / deviation : 0;
}
