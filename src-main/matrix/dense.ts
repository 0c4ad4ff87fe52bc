/** A dense row-major float32 matrix in memory; rows are cells, columns genes or latent dimensions. */
export interface Dense {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** The same kept outside memory, for matrices that grow with the number of cells; read some rows at a time. */
export interface StoredRows {
  readonly rows: number;
  readonly columns: number;
  /** Consecutive rows, row-major; a copy. Throws a UserError when the disk fails. */
  read(first: number, count: number): Float32Array;
}

export type Matrix = Dense | StoredRows;

export function isInMemory(matrix: Matrix): matrix is Dense {
  return 'values' in matrix;
}

/** Consecutive rows, row-major. May be the matrix itself: not to be changed. */
export function rowsBetween(matrix: Matrix, first: number, count: number): Float32Array {
  if (!isInMemory(matrix)) return matrix.read(first, count);
  return matrix.values.subarray(first * matrix.columns, (first + count) * matrix.columns);
}

/** Values that are looked at together where a whole matrix is passed over. */
const PASS_VALUES = 1 << 21;

/** All rows in order, some at a time. */
export function* passOver(matrix: Matrix): Generator<{ first: number; rows: number; values: Float32Array }> {
  const step = Math.max(1, Math.floor(PASS_VALUES / Math.max(1, matrix.columns)));
  for (let first = 0; first < matrix.rows; first += step) {
    const rows = Math.min(step, matrix.rows - first);
    yield { first, rows, values: rowsBetween(matrix, first, rows) };
  }
}

/** Some rows, in the given order; a copy. */
export function takeRows(matrix: Matrix, rows: Int32Array): Dense {
  const { columns } = matrix;
  const taken = new Float32Array(rows.length * columns);
  for (let i = 0; i < rows.length;) {
    const count = runLength(rows, i);
    taken.set(rowsBetween(matrix, rows[i]!, count), i * columns);
    i += count;
  }
  return { rows: rows.length, columns, values: taken };
}

/** How many row numbers from here on follow one another. */
function runLength(rows: Int32Array, from: number): number {
  let end = from + 1;
  while (end < rows.length && rows[end] === rows[end - 1]! + 1) end++;
  return end - from;
}
