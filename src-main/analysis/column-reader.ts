import type { MatrixSource } from '../matrix/csr.ts';
import { passOver } from '../matrix/dense.ts';
import type { Matrix } from '../matrix/dense.ts';

/** Reads some genes of all cells. */
export interface ColumnReader {
  readonly genes: number;
  /** Consecutive genes: cells × count, row-major; not to be changed. */
  read(first: number, count: number): Float32Array | Promise<Float32Array>;
}

/** Genes of a dense matrix. One that is kept outside memory is passed over once for each reading. */
export function denseColumns(matrix: Matrix): ColumnReader {
  const { rows, columns } = matrix;
  return {
    genes: columns,
    read(first, count) {
      const taken = new Float32Array(rows * count);
      for (const part of passOver(matrix)) {
        for (let row = 0; row < part.rows; row++) {
          const from = row * columns + first;
          taken.set(part.values.subarray(from, from + count), (part.first + row) * count);
        }
      }
      return taken;
    },
  };
}

/** Genes of a sparse matrix that is read in blocks of rows; it is passed over once for each reading. */
export function sparseColumns(source: MatrixSource): ColumnReader {
  return {
    genes: source.columns,
    async read(first, count) {
      const taken = new Float32Array(source.rows * count);
      for await (const { firstRow, rows, indptr, indices, values } of source.blocks()) {
        for (let row = 0; row < rows; row++) {
          const to = (firstRow + row) * count - first;
          for (let entry = indptr[row]!; entry < indptr[row + 1]!; entry++) {
            const column = indices[entry]!;
            if (column >= first && column < first + count) taken[to + column] = values[entry]!;
          }
        }
      }
      return taken;
    },
  };
}
