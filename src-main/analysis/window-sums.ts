import { UserError } from '../../src-shared/contract/errors.ts';
import type { Positions } from '../../src-shared/maths/neighbours.ts';
import type { Numbers } from '../../src-shared/maths/statistics.ts';

/** Steps in which a field moves along its width and its height. */
export const STEPS = 4;

/** Squares of the grid that are kept at most. */
const MOST_SQUARES = 1_000_000;

/** A grid over cells in which every STEPS × STEPS squares are one place of a field. */
export interface Windows {
  /** Corner of the first square, in the unit of the positions. */
  readonly x: number;
  readonly y: number;
  /** Places of a field along x and y. */
  readonly columns: number;
  readonly rows: number;
  /** Cells with a value in each place of the field, and the sum of their values: rows × columns, row-major. */
  readonly counts: Float64Array;
  readonly sums: Float64Array;
}

/**
 * Counts and sums of values in all places of a field that moves over some cells by quarters of its width and height.
 *
 * @param cells those with a position and a value
 * Throws a UserError where the field is so small that there are too many places.
 */
export function windows(
  { dimensions, values }: Positions,
  weights: Numbers,
  cells: Int32Array,
  width: number,
  height: number,
): Windows {
  const across = extent(values, dimensions, 0, cells);
  const along = extent(values, dimensions, 1, cells);
  // As many squares as hold the tissue, the last cell within the last, and one field at least.
  const columns = Math.max(STEPS, Math.floor(((across.high - across.low) / width) * STEPS) + 1);
  const rows = Math.max(STEPS, Math.floor(((along.high - along.low) / height) * STEPS) + 1);
  if (columns * rows > MOST_SQUARES) {
    throw new UserError(
      `Fields of ${width} × ${height} are too small for a tissue of ${across.high - across.low} × ` +
        `${along.high - along.low}; choose larger ones.`,
    );
  }
  const counts = new Float64Array(columns * rows);
  const sums = new Float64Array(columns * rows);
  for (const cell of cells) {
    const column = square(values[cell * dimensions]! - across.low, width, columns);
    const row = square(values[cell * dimensions + 1]! - along.low, height, rows);
    const at = row * columns + column;
    counts[at] = counts[at]! + 1;
    sums[at] = sums[at]! + weights[cell]!;
  }
  return {
    x: across.low,
    y: along.low,
    columns: columns - STEPS + 1,
    rows: rows - STEPS + 1,
    counts: slide(counts, columns, rows),
    sums: slide(sums, columns, rows),
  };
}

function square(offset: number, side: number, squares: number): number {
  return Math.min(squares - 1, Math.floor((offset / side) * STEPS));
}

function extent(values: Numbers, dimensions: number, axis: number, cells: Int32Array) {
  let low = Infinity;
  let high = -Infinity;
  for (const cell of cells) {
    low = Math.min(low, values[cell * dimensions + axis]!);
    high = Math.max(high, values[cell * dimensions + axis]!);
  }
  return { low, high };
}

/** Sums over every STEPS × STEPS squares. */
function slide(squares: Float64Array, columns: number, rows: number): Float64Array {
  const across = columns - STEPS + 1;
  const strips = new Float64Array(across * rows);
  for (let at = 0; at < strips.length; at++) {
    const from = Math.floor(at / across) * columns + (at % across);
    for (let step = 0; step < STEPS; step++) strips[at] = strips[at]! + squares[from + step]!;
  }
  const sums = new Float64Array(across * (rows - STEPS + 1));
  for (let at = 0; at < sums.length; at++) {
    for (let step = 0; step < STEPS; step++) sums[at] = sums[at]! + strips[at + step * across]!;
  }
  return sums;
}
