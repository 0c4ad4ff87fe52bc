import { setImmediate as turn } from 'node:timers/promises';
import type { StopSignal } from '../../../src-shared/contract/errors.ts';
import { checkMatrix } from '../../io/checks.ts';
import type { MatrixChecks } from '../../io/checks.ts';
import type { MatrixSource, RowBlock } from '../../matrix/csr.ts';
import type { OpenMatrix } from '../../matrix/dataset.ts';

export type Report = (stage: string, share: number | null) => void;

/** What one pass over a matrix tells about its cells and genes. */
export interface Survey extends MatrixChecks {
  readonly cells: number;
  readonly genes: number;
  /** Share of values that are 0. */
  readonly sparsity: number;
  readonly values: 'counts' | 'non-negative' | 'real';
  /** Sum of each cell's finite values. */
  readonly countsPerCell: Float64Array;
  /** Genes that are not 0 in each cell. */
  readonly genesPerCell: Uint32Array;
  /** Cells in which each gene is not 0. */
  readonly cellsPerGene: Uint32Array;
}

/** Reads a matrix once, in blocks; memory is that of a block and a few numbers for each cell and gene. */
export async function surveyMatrix(
  matrix: OpenMatrix,
  signal?: StopSignal,
  report?: Report,
): Promise<Survey> {
  const { source } = matrix;
  const tallies = {
    countsPerCell: new Float64Array(source.rows),
    genesPerCell: new Uint32Array(source.rows),
    cellsPerGene: new Uint32Array(source.columns),
  };
  report?.('Reading the matrix', null);
  const watched: MatrixSource = {
    ...source,
    async *blocks(stop) {
      for await (const block of source.blocks(stop))
        for (const part of partsOf(block)) {
          tally(part, tallies);
          yield part;
          report?.('Reading the matrix', Math.min(1, (part.firstRow + part.rows) / source.rows));
          // The process answers other calls too.
          await turn();
        }
    },
  };
  const checks = await checkMatrix({ ...matrix, source: watched }, signal);
  return {
    ...checks,
    ...tallies,
    cells: source.rows,
    genes: source.columns,
    sparsity: source.rows * source.columns === 0 ? 0 : 1 - checks.density,
    values: checks.negative ? 'real' : checks.nonInteger ? 'non-negative' : 'counts',
  };
}

/** Entries that are looked at before other work gets its turn: a few hundredths of a second. */
const PART = 1 << 19;

/** A block as smaller ones over the same memory. */
function* partsOf({ firstRow, rows, columns, indptr, indices, values }: RowBlock): Generator<RowBlock> {
  for (let from = 0; from < rows;) {
    let to = from + 1;
    while (to < rows && indptr[to + 1]! - indptr[from]! <= PART) to++;
    const [start, end] = [indptr[from]!, indptr[to]!];
    yield {
      firstRow: firstRow + from,
      rows: to - from,
      columns,
      indptr: indptr.slice(from, to + 1).map((at) => at - start),
      indices: indices.subarray(start, end),
      values: values.subarray(start, end),
    };
    from = to;
  }
}

function tally(
  { firstRow, rows, indptr, indices, values }: RowBlock,
  {
    countsPerCell,
    genesPerCell,
    cellsPerGene,
  }: Pick<Survey, 'countsPerCell' | 'genesPerCell' | 'cellsPerGene'>,
): void {
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    let seen = 0;
    for (let at = indptr[row]!; at < indptr[row + 1]!; at++) {
      const value = values[at]!;
      if (value === 0) continue;
      seen++;
      cellsPerGene[indices[at]!]!++;
      if (Number.isFinite(value)) sum += value;
    }
    countsPerCell[firstRow + row] = sum;
    genesPerCell[firstRow + row] = seen;
  }
}
