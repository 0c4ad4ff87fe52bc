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

/** Where the values of some columns go. */
export interface Places {
  /** The place of column `first`, of the next one, …; −1 for one that is not wanted. */
  readonly of: Int32Array;
  readonly first: number;
}

/** The places of columns that stand in this order in the target. */
export function placesOf(columns: Int32Array): Places {
  const first = columns.reduce((least, column) => Math.min(least, column), columns[0] ?? 0);
  const last = columns.reduce((most, column) => Math.max(most, column), first);
  const of = new Int32Array(last - first + 1).fill(-1);
  columns.forEach((column, i) => (of[column - first] = i));
  return { of, first };
}

/** Adds weight · row to a target. */
export function addRow(
  target: Float32Array,
  { starts, columns, values }: SparseRows,
  row: number,
  { of, first }: Places,
  weight: number,
): void {
  const end = starts[row + 1]!;
  let k = lowerBound(columns, first, starts[row]!, end);
  for (; k < end && columns[k]! < first + of.length; k++) {
    const place = of[columns[k]! - first]!;
    if (place >= 0) target[place] = target[place]! + weight * values[k]!;
  }
}

/** First position from `from` on whose column is not below this one; `to` where there is none. */
function lowerBound(columns: Int32Array, column: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (columns[middle]! < column) low = middle + 1;
    else high = middle;
  }
  return low;
}
