import { passOver, type Matrix } from '../matrix/dense.ts';

/** The values of a matrix that are not 0, row by row. */
export interface SparseRows {
  /** rows + 1 positions in `columns` and `values`. */
  readonly starts: Float64Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

const known = new WeakMap<Matrix, SparseRows>();

/** Worked out once a matrix: most of an expression matrix is 0, and sums over its rows need not look at that. */
export function sparseRows(matrix: Matrix): SparseRows {
  const made = known.get(matrix) ?? withoutZeros(matrix);
  known.set(matrix, made);
  return made;
}

function withoutZeros(matrix: Matrix): SparseRows {
  const starts = new Float64Array(matrix.rows + 1);
  for (const { first, rows, values } of passOver(matrix)) {
    for (let row = 0, i = 0; row < rows; row++) {
      let count = 0;
      for (const end = i + matrix.columns; i < end; i++) if (values[i] !== 0) count++;
      starts[first + row + 1] = starts[first + row]! + count;
    }
  }
  const total = starts[matrix.rows]!;
  const [columns, kept] = [new Int32Array(total), new Float32Array(total)];
  let filled = 0;
  for (const { rows, values } of passOver(matrix)) {
    for (let row = 0, i = 0; row < rows; row++) {
      for (let column = 0; column < matrix.columns; column++, i++) {
        if (values[i] === 0) continue;
        columns[filled] = column;
        kept[filled++] = values[i]!;
      }
    }
  }
  return { starts, columns, values: kept };
}

/** Adds weight · row to a target that holds, for column c, its place at `places[c]` (−1: not wanted). */
export function addRow(
  target: Float32Array,
  { starts, columns, values }: SparseRows,
  row: number,
  places: Int32Array,
  weight: number,
): void {
  for (let k = starts[row]!, end = starts[row + 1]!; k < end; k++) {
    const place = places[columns[k]!]!;
    if (place >= 0) target[place] = target[place]! + weight * values[k]!;
  }
}
