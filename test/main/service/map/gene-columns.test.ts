import { describe, expect, it } from 'vitest';
import type { MatrixSource, RowBlock } from '../../../../src-main/matrix/csr.ts';
import { GeneColumns } from '../../../../src-main/service/map/gene-columns.ts';

/** A matrix in blocks of two cells; counts how often it is read through. */
function source(rows: readonly (readonly number[])[]): MatrixSource & { passes: number } {
  const columns = rows[0]!.length;
  return {
    ...{ file: 'cells.csv', element: 'table', rows: rows.length, columns, passes: 0 },
    // eslint-disable-next-line @typescript-eslint/require-await -- the interface is of files, which are awaited
    async *blocks(): AsyncGenerator<RowBlock> {
      this.passes++;
      for (let first = 0; first < rows.length; first += 2) {
        const part = rows.slice(first, first + 2);
        const entries = part.map((row) =>
          row.flatMap((value, column) => (value === 0 ? [] : [{ column, value }])),
        );
        const indptr = [0];
        for (const row of entries) indptr.push(indptr.at(-1)! + row.length);
        yield {
          ...{ firstRow: first, rows: part.length, columns },
          indptr: Float64Array.from(indptr),
          indices: Int32Array.from(entries.flat(), ({ column }) => column),
          values: Float32Array.from(entries.flat(), ({ value }) => value),
        };
      }
    },
  };
}

const ROWS = [
  [1, 0, 300],
  [0, 2.5, 0],
  [255, 0, 70_000],
  [0, -1, 0],
  [7, NaN, 1],
];
const column = (gene: number) => Float32Array.from(ROWS, (row) => row[gene]!);

describe('GeneColumns', () => {
  it('gives every gene exactly, whatever its values, from one pass', async () => {
    const matrix = source(ROWS);
    const told: number[] = [];
    const genes = await GeneColumns.read(matrix, (share) => told.push(share));
    for (const gene of [0, 1, 2]) expect(await genes.column(gene)).toEqual(column(gene));
    expect(matrix.passes).toBe(1);
    expect(told).toEqual([0.4, 0.8, 1]);
  });

  it('knows mean and detection, values that are no numbers left out', async () => {
    const { statistics } = await GeneColumns.read(source(ROWS), () => undefined);
    expect([...statistics.mean]).toEqual([263 / 5, 1.5 / 5, 70_301 / 5].map(Math.fround));
    expect([...statistics.detected]).toEqual([3 / 5, 1 / 5, 3 / 5].map(Math.fround));
  });

  it('keeps nothing of a matrix beyond the limit, and gives the same genes', async () => {
    const matrix = source(ROWS);
    const genes = await GeneColumns.read(matrix, () => undefined, undefined, 40);
    for (const gene of [0, 1, 2]) expect(await genes.column(gene)).toEqual(column(gene));
    expect(matrix.passes).toBe(4);
  });

  it('stops when it is told to', async () => {
    await expect(GeneColumns.read(source(ROWS), () => undefined, { aborted: true })).rejects.toThrow(
      'Stopped',
    );
  });
});
