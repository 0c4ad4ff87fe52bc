import { describe, expect, it } from 'vitest';
import { addRow, placesOf, sparseRows } from '../../../src-main/methods/sparse-rows.ts';
import { Random } from '../../../src-shared/maths/random.ts';

const [rows, columns] = [40, 30];
const random = new Random(3);
const values = Float32Array.from({ length: rows * columns }, () =>
  random.uniform() < 0.7 ? 0 : random.uniform(),
);
const sparse = sparseRows({ rows, columns, values });

/** The same sum over every value, zeros included, rounded to float32 after each addition. */
function denseSum(
  chosen: readonly number[],
  weights: readonly number[],
  wanted: readonly number[],
): number[] {
  return wanted.map((column) =>
    chosen.reduce((sum, row, n) => Math.fround(sum + weights[n]! * values[row * columns + column]!), 0),
  );
}

describe('sums over rows without their zeros', () => {
  it.each([
    ['all columns', Array.from({ length: columns }, (_, j) => j)],
    ['a stretch of them', [7, 8, 9, 10]],
    ['some, in any order', [29, 3, 11, 0, 17]],
    ['none', []],
  ])('are to the bit those with them: %s', (_, wanted) => {
    const chosen = [4, 39, 0, 17, 22];
    const weights = [0.31, 0.25, 0.2, 0.14, 0.1].map(Math.fround);
    const target = new Float32Array(wanted.length);
    const places = placesOf(Int32Array.from(wanted));
    chosen.forEach((row, n) => addRow(target, sparse, row, places, weights[n]!));
    expect([...target]).toEqual(denseSum(chosen, weights, wanted));
  });

  it('are counted once a matrix', () => {
    const matrix = { rows, columns, values };
    expect(sparseRows(matrix)).toBe(sparseRows(matrix));
    expect(sparse.values.length).toBe(values.filter((value) => value !== 0).length);
  });
});
