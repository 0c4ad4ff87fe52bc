import type { StopSignal } from '../../src-shared/contract/errors.ts';
import type { PackedBlock } from './packed.ts';

/** A sparse matrix of cells (rows) × genes (columns), compressed by rows. Values are counts or expression. */
export interface Csr {
  readonly rows: number;
  readonly columns: number;
  /** Length rows + 1; row r holds entries indptr[r] … indptr[r + 1] − 1. */
  readonly indptr: Float64Array | Uint32Array;
  /** Column of each entry, increasing within a row. */
  readonly indices: Int32Array | Uint32Array;
  /** Value of each entry; explicit zeros are allowed. */
  readonly values: Float32Array;
}

/** A run of consecutive cells; `firstRow` is the row of its first cell in the whole matrix. */
export interface RowBlock extends Csr {
  readonly firstRow: number;
  /** Sum of the finite values before they were rounded to float32, where the reader knows it. */
  readonly sum?: number;
}

/**
 * A cells × genes matrix that can be read from the start as often as needed, in blocks of rows of bounded size
 * (about 64 MB of entries each). Blocks come in order, cover every row once, and hold finite or non-finite values
 * as they stand in the file: judging them is the caller's business.
 */
export interface MatrixSource {
  /** The file it comes from, for messages. */
  readonly file: string;
  /** The element inside the file, such as `X`, `raw/X`, `layers/counts` or `matrix`. */
  readonly element: string;
  readonly rows: number;
  readonly columns: number;
  /** Number of stored entries where the file says so. */
  readonly entries?: number;
  blocks(signal?: StopSignal): AsyncIterable<RowBlock>;
  /** The same rows in packed form, where the reader makes that itself. */
  packed?(signal?: StopSignal): AsyncIterable<PackedBlock>;
}
