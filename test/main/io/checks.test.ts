import { describe, expect, it } from 'vitest';
import { BlockBuilder } from '../../../src-main/io/block-builder.ts';
import { checkMatrix } from '../../../src-main/io/checks.ts';
import type { OpenMatrix } from '../../../src-main/matrix/dataset.ts';

function matrix(
  rows: readonly (readonly number[])[],
  genes = ['A', 'B', 'C'],
  cells = ['x', 'y', 'z'],
): OpenMatrix {
  const source = {
    file: 'f.h5ad',
    element: 'X',
    rows: rows.length,
    columns: genes.length,
    async *blocks() {
      const builder = new BlockBuilder(genes.length);
      for (const row of rows) {
        row.forEach((value, gene) => builder.add(gene, value));
        builder.endRow();
        yield await Promise.resolve(builder.take());
      }
    },
  };
  return { name: 'X', source, genes, cells: cells.slice(0, rows.length) };
}

describe('checkMatrix', () => {
  it('finds nothing in counts, and tells sum, density and the largest value', async () => {
    expect(
      await checkMatrix(
        matrix([
          [1, 0, 2],
          [0, 7, 0],
        ]),
      ),
    ).toEqual({ sum: 10, density: 0.5, largest: 7 });
  });

  it('counts each kind of value and names the first place', async () => {
    const found = await checkMatrix(
      matrix([
        [1, 2, 3],
        [0.5, -1, NaN],
        [-2, Infinity, 1.5],
      ]),
    );
    expect(found.negative).toMatchObject({ count: 2, place: { file: 'f.h5ad', element: 'B', row: 2 } });
    expect(found.nonInteger).toMatchObject({ count: 2, place: { element: 'A', row: 2 } });
    expect(found.notFinite).toMatchObject({ count: 2, place: { element: 'C', row: 2 } });
    expect(found.negative?.message).toBe(
      'f.h5ad, X holds 2 values that are negative, the first -1 at cell y (row 2), gene B; expression cannot be below 0.',
    );
    expect(found.sum).toBe(5);
  });

  it('calls a matrix without values empty', async () => {
    expect((await checkMatrix(matrix([[0, 0, 0]]))).empty?.message).toBe(
      'f.h5ad, X is empty: 1 cells × 3 genes without any value above 0.',
    );
    expect((await checkMatrix(matrix([]))).empty).toBeDefined();
  });

  it('counts names that occur again, genes without regard to case', async () => {
    const found = await checkMatrix(
      matrix(
        [
          [1, 1, 1, 1],
          [1, 1, 1, 1],
        ],
        ['Sox9', 'A', 'SOX9', 'sox9'],
        ['c', 'c'],
      ),
    );
    expect(found.duplicateGenes).toMatchObject({ count: 2, place: { element: 'SOX9' } });
    expect(found.duplicateCells?.message).toBe('f.h5ad: 1 cell names occur again, the first of them c.');
  });
});
