import type { Dense, Matrix } from './dense.ts';

/** Takes the rows of a dense matrix in order. */
export interface RowSink {
  /**
   * @param values whole rows, row-major; may be used again by the caller afterwards
   */
  write(firstRow: number, values: Float32Array): void;
}

/** A matrix that is being filled row by row. */
export interface MatrixRoom<M extends Matrix = Matrix> extends RowSink {
  /** The filled matrix; nothing is written afterwards. */
  matrix(): M;
}

/** Makes room for a matrix of known size. Throws a UserError where there is none. */
export type MakeRoom<M extends Matrix = Matrix> = (rows: number, columns: number) => MatrixRoom<M>;

/** Room in memory. Throws a RangeError where the machine does not give it. */
export function roomInMemory(rows: number, columns: number): MatrixRoom<Dense> {
  const values = new Float32Array(rows * columns);
  return {
    write: (firstRow, some) => values.set(some, firstRow * columns),
    matrix: () => ({ rows, columns, values }),
  };
}
