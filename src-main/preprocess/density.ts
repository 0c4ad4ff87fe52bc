import { UserError } from '../../src-shared/contract/errors.ts';
import type { StopSignal } from '../../src-shared/contract/errors.ts';
import type { MatrixSource } from '../matrix/csr.ts';
import type { OpenMatrix } from '../matrix/dataset.ts';
import { unpack } from '../matrix/packed.ts';
import type { PackedBlock } from '../matrix/packed.ts';
import { eachBlock, eachPacked } from './blocks.ts';
import { PositiveMoments } from './moments.ts';

/** What the first pass finds out about the genes. */
export interface GeneCounts {
  /** Fraction of all cells with a positive value, per column of the file; 0 for columns left out. */
  readonly density: Float64Array;
  /** How many values are not whole numbers; counts have none. */
  readonly fractional: number;
}

function badValue(open: OpenMatrix, row: number, column: number, value: number): UserError {
  const { file, element } = open.source;
  return new UserError(
    `${file} (${element}): cell ${open.cells[row]!} (row ${row + 1}), gene ${open.genes[column]!} holds ${value}; ` +
      'expression must be zero or positive, so correct the file or choose its matrix of raw counts.',
    { file, element, row: row + 1 },
  );
}

/** Throws at the first value that is no expression; there may be none outside the ignored columns. */
function refuseBadValue(open: OpenMatrix, block: PackedBlock, ignored: Uint8Array): void {
  const { rows, indptr, indices, values, firstRow } = unpack(block);
  for (let r = 0; r < rows; r++)
    for (let k = indptr[r]!; k < indptr[r + 1]!; k++) {
      const [column, value] = [indices[k]!, values[k]!];
      if (value === 0 || ignored[column] === 1 || (value > 0 && value < Infinity)) continue;
      throw badValue(open, firstRow + r, column, value);
    }
}

/**
 * Gene densities over all cells. Columns with `ignored` ≠ 0 are not looked at.
 * Throws a UserError at the first value that is negative, infinite or not a number.
 */
export async function countGenes(
  open: OpenMatrix,
  ignored: Uint8Array,
  signal?: StopSignal,
): Promise<GeneCounts> {
  const density = new Float64Array(open.source.columns);
  let fractional = 0;
  await eachPacked(open.source, signal, (block) => {
    const { stored, fractional: fractions, bad } = block.summary;
    if (bad) refuseBadValue(open, block, ignored);
    for (let column = 0; column < density.length; column++) {
      if (ignored[column] === 1) continue;
      density[column]! += stored[column]!;
      fractional += fractions?.[column] ?? 0;
    }
  });
  for (let column = 0; column < density.length; column++) density[column]! /= open.source.rows;
  return { density, fractional };
}

/** 1 for each column that is not ignored and whose density reaches the threshold or that is exempt. */
export function keepGenes(
  density: Float64Array,
  threshold: number,
  exempt: Uint8Array,
  ignored: Uint8Array,
): Uint8Array {
  return Uint8Array.from(density, (value, column) =>
    ignored[column] !== 1 && (exempt[column] === 1 || value >= threshold) ? 1 : 0,
  );
}

/** What the second pass finds out about the cells, and about the kept genes in the kept cells. */
export interface CellCounts {
  /** Fraction of the kept genes with a positive value, per row of the file. */
  readonly density: Float64Array;
  /** Rows of the kept cells, increasing. */
  readonly kept: Int32Array;
  /** Sum of the values of each row over all columns that are not ignored. */
  readonly totals: Float64Array;
  /** Per column of the file, over the kept cells; filled for kept genes only. */
  readonly moments: PositiveMoments;
}

/**
 * Cell densities over the kept genes, the cells that reach the threshold, and the moments of the kept genes in
 * them: a cell's fate is known at the end of its row, so one pass does for both.
 */
export async function countCells(
  source: MatrixSource,
  keptGenes: Uint8Array,
  ignored: Uint8Array,
  threshold: number,
  signal?: StopSignal,
): Promise<CellCounts> {
  const genes = keptGenes.reduce((sum, kept) => sum + kept, 0);
  const anyIgnored = ignored.includes(1);
  const density = new Float64Array(source.rows);
  const totals = new Float64Array(source.rows);
  const moments = new PositiveMoments(source.columns);
  const kept: number[] = [];
  await eachBlock(source, signal, ({ rows, indptr, indices, values, firstRow }) => {
    for (let r = 0; r < rows; r++) {
      // Whole numbers for the compiler's sake: a block has far fewer than 2³¹ entries.
      const [from, to, row] = [indptr[r]! | 0, indptr[r + 1]! | 0, firstRow + r];
      let positive = 0;
      let total = 0;
      for (let k = from; k < to; k++) {
        const [column, value] = [indices[k]!, values[k]!];
        if (!anyIgnored || ignored[column] !== 1) total += value;
        if (value > 0) positive += keptGenes[column]!;
      }
      totals[row] = total;
      density[row] = positive / genes;
      if (!(density[row] >= threshold)) continue;
      kept.push(row);
      moments.addRow(indices, values, from, to, keptGenes);
    }
  });
  return { density, kept: Int32Array.from(kept), totals, moments };
}
