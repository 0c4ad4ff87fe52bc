import type { Csr } from '../matrix/csr.ts';

/** How a matrix is stored. `compression` is gzip's level; 0 or none leaves the values as they are. */
export interface MatrixLayout {
  readonly layout: 'dense' | 'csr';
  readonly type?: 'float32' | 'float64';
  readonly compression?: number;
}

/** Rows of a dense matrix, row-major, or of a sparse one. */
export type Rows = Float32Array | Float64Array | Csr;

/** Takes the rows of one matrix, in order, and writes them in pieces of bounded size. */
export interface RowStream {
  /** Throws a RangeError when the rows do not follow those before, or are of the wrong kind. */
  append(firstRow: number, rows: Rows): void;
  /** Writes what is left. Throws a RangeError when rows are missing. */
  end(): void;
}

/** What createDataset is to be told about compression. */
export const gzip = (level: number | undefined): object =>
  level === undefined || level === 0 ? {} : { compression: 'gzip', compression_opts: level };

export function checkNext(place: string, expected: number, got: number): void {
  if (expected !== got) throw new RangeError(`${place}: row ${expected} comes next, not row ${got}`);
}

export function missing(place: string, got: number, rows: number): never {
  throw new RangeError(`${place}: only ${got} of ${rows} rows were written`);
}
