import type { StopSignal } from '../../src-shared/contract/errors.ts';
import type { Dense, Matrix } from '../matrix/dense.ts';
import type { Domain, ProcessingReport } from './report.ts';
import type { Normalisation } from './scale.ts';

/** How to process; the meaning of each stands with its default in the run's configuration. */
export interface ProcessingSettings {
  /** Fraction of cells that must show a gene. */
  readonly geneDensity: number;
  /** Fraction of the kept genes that a cell must show. */
  readonly cellDensity: number;
  readonly hvgCount: number;
  /** Clip at mean + this many sd of the positive values; null clips nothing. */
  readonly clipSd: number | null;
  readonly normalisation: Normalisation;
  /** Total that library-size normalisation brings every cell to. */
  readonly libraryTarget: 'median' | number;
  /** Keep every gene that passes the density filter. */
  readonly allGenes: boolean;
}

/** Which file this is and which of its columns are special. */
export interface ProcessingOptions extends ProcessingSettings {
  readonly domain: Domain;
  /** Columns of the genes that both files have. */
  readonly sharedColumns: ArrayLike<number>;
  /** Columns that the user named: kept whatever their density and variability. */
  readonly neverFilter?: ArrayLike<number>;
  /** Columns treated as if the file did not have them (held-out genes); they influence nothing. */
  readonly genesExcluded?: ArrayLike<number>;
  readonly signal?: StopSignal;
}

/** One file after processing; `M` says whether its values are sure to be in memory. */
export interface ProcessedDomain<M extends Matrix = Dense> {
  /** Rows of the file that were kept, increasing, and their names. */
  readonly cells: { readonly rows: Int32Array; readonly names: readonly string[] };
  /** Columns of the file that come out, increasing, and their names. */
  readonly genes: { readonly columns: Int32Array; readonly names: readonly string[] };
  /** Kept cells × genes that come out, in processed units. */
  readonly values: M;
  /** Mean and population sd of each gene's processed values over the kept cells. */
  readonly mean: Float64Array;
  readonly sd: Float64Array;
  /** Per gene, in counts; NaN where nothing is clipped. */
  readonly clipLimits: Float64Array;
  /** Per kept cell: sum over every gene of the file that was not left out, also those that do not come out. */
  readonly totals: Float64Array;
  /** Per kept cell: counts were multiplied by it before scaling; undefined where library size is not used. */
  readonly sizeFactors: Float64Array | undefined;
  /** 1 for the genes among the `hvgCount` most variable; all where nothing had to be cut. */
  readonly highlyVariable: Uint8Array;
  readonly report: ProcessingReport;
}
