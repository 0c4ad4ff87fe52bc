import { isInMemory, takeRows, type Matrix } from './dense.ts';

/**
 * Chosen columns of a matrix, each scaled and shifted: value = x · factor + offset. Networks see their data
 * through such views, so that z-scores and sub-panels need no copy of the matrix.
 */
export interface AffineView<M extends Matrix = Matrix> {
  readonly source: M;
  /** Source column of each column of the view; −1 stands for a constant (the offset). */
  readonly columns: Int32Array;
  readonly factor: Float32Array;
  readonly offset: Float32Array;
}

/** All columns as they are. */
export function plainView<M extends Matrix>(source: M): AffineView<M> {
  return {
    source,
    columns: Int32Array.from({ length: source.columns }, (_, i) => i),
    factor: new Float32Array(source.columns).fill(1),
    offset: new Float32Array(source.columns),
  };
}

/** Some columns of a view, in the given order. */
export function chosenColumns(view: AffineView, chosen: Int32Array): AffineView {
  return {
    source: view.source,
    columns: chosen.map((column) => view.columns[column]!),
    factor: Float32Array.from(chosen, (column) => view.factor[column]!),
    offset: Float32Array.from(chosen, (column) => view.offset[column]!),
  };
}

/** The given rows of a view, row-major. */
export function gatherRows({ source, columns, factor, offset }: AffineView, rows: Int32Array): Float32Array {
  const width = columns.length;
  const result = new Float32Array(rows.length * width);
  const inMemory = isInMemory(source);
  const { values } = inMemory ? source : takeRows(source, rows);
  for (let i = 0; i < rows.length; i++) {
    const from = (inMemory ? rows[i]! : i) * source.columns;
    const to = i * width;
    for (let j = 0; j < width; j++) {
      const column = columns[j]!;
      result[to + j] = (column < 0 ? 0 : values[from + column]! * factor[j]!) + offset[j]!;
    }
  }
  return result;
}

/** Consecutive row numbers. */
export function rowRange(first: number, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => first + i);
}

/** `count` row numbers spread evenly over `rows`; all of them when there are fewer. */
export function spreadRows(rows: number, count: number): Int32Array {
  if (rows <= count) return rowRange(0, rows);
  return Int32Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * rows) / count));
}
