import { describe, expect, it } from 'vitest';
import { denseColumns, sparseColumns } from '../../../src-main/analysis/column-reader.ts';
import type { RowBlock } from '../../../src-main/matrix/csr.ts';

// 0 1 2 / 0 0 5 / 7 0 8
const values = Float32Array.of(0, 1, 2, 0, 0, 5, 7, 0, 8);

const block = (firstRow: number, indptr: number[], indices: number[], entries: number[]): RowBlock => ({
  firstRow,
  rows: indptr.length - 1,
  columns: 3,
  indptr: Uint32Array.from(indptr),
  indices: Uint32Array.from(indices),
  values: Float32Array.from(entries),
});

async function* blocks(): AsyncIterable<RowBlock> {
  yield await Promise.resolve(block(0, [0, 2, 3], [1, 2, 2], [1, 2, 5]));
  yield block(2, [0, 2], [0, 2], [7, 8]);
}

describe('some genes of all cells', () => {
  it.each([
    ['dense', denseColumns({ rows: 3, columns: 3, values })],
    ['kept outside memory', denseColumns({ rows: 3, columns: 3, read: (first, count) => values.slice(first * 3, (first + count) * 3) })], // prettier-ignore
    ['sparse', sparseColumns({ file: 'f', element: 'X', rows: 3, columns: 3, blocks })],
  ])('of a %s matrix', async (_, reader) => {
    expect(reader.genes).toBe(3);
    expect([...(await reader.read(1, 2))]).toEqual([1, 2, 0, 5, 0, 8]);
    expect([...(await reader.read(0, 1))]).toEqual([0, 0, 7]);
    expect([...(await reader.read(0, 3))]).toEqual([...values]);
  });
});
