import type { Place, StopSignal, Warning } from '../../src-shared/contract/errors.ts';
import { throwIfStopped } from '../../src-shared/contract/errors.ts';
import type { OpenMatrix } from '../matrix/dataset.ts';

/** Something found in a matrix: how often, where first, and a sentence about it. */
export interface Finding extends Warning {
  readonly code: 'negative' | 'non-integer' | 'not-finite' | 'empty' | 'duplicate-genes' | 'duplicate-cells';
  readonly count: number;
  readonly place: Place;
}

/** What one pass over a matrix tells. */
export interface MatrixChecks {
  readonly negative?: Finding;
  readonly nonInteger?: Finding;
  readonly notFinite?: Finding;
  readonly empty?: Finding;
  readonly duplicateGenes?: Finding;
  readonly duplicateCells?: Finding;
  /** Sum of all finite values, and the share of values that are not 0. */
  readonly sum: number;
  readonly density: number;
  readonly largest: number;
}

interface Tally {
  count: number;
  row: number;
  gene: number;
  value: number;
}

const none = (): Tally => ({ count: 0, row: -1, gene: -1, value: 0 });

function note(tally: Tally, row: number, gene: number, value: number): void {
  if (tally.count++ === 0) Object.assign(tally, { row, gene, value });
}

/**
 * Looks at every value of a matrix once, in blocks: values that are negative, no integers or not finite, an empty
 * matrix, names that occur twice (compared without regard to case for genes). Judging them is the caller's business.
 */
export async function checkMatrix(matrix: OpenMatrix, signal?: StopSignal): Promise<MatrixChecks> {
  const [negative, nonInteger, notFinite] = [none(), none(), none()];
  let [sum, stored, largest] = [0, 0, -Infinity];
  for await (const block of matrix.source.blocks(signal)) {
    throwIfStopped(signal);
    let blockSum = 0;
    for (let row = 0; row < block.rows; row++)
      for (let at = block.indptr[row]!; at < block.indptr[row + 1]!; at++) {
        const value = block.values[at]!;
        if (Number.isFinite(value)) blockSum += value;
        if (value !== 0) stored++;
        if (value > largest) largest = value;
        if (!Number.isFinite(value)) note(notFinite, block.firstRow + row, block.indices[at]!, value);
        else if (value < 0) note(negative, block.firstRow + row, block.indices[at]!, value);
        if (Number.isFinite(value) && !Number.isInteger(value))
          note(nonInteger, block.firstRow + row, block.indices[at]!, value);
      }
    sum += block.sum ?? blockSum;
  }
  const cells = matrix.cells.length;
  const genes = matrix.genes.length;
  return {
    ...named(
      'negative',
      valueFinding(matrix, 'negative', negative, 'negative', 'expression cannot be below 0'),
    ),
    ...named(
      'nonInteger',
      valueFinding(matrix, 'non-integer', nonInteger, 'no integer', 'these are not raw counts'),
    ),
    ...named(
      'notFinite',
      valueFinding(matrix, 'not-finite', notFinite, 'no finite number', 'fill or remove them first'),
    ),
    ...named('empty', emptyFinding(matrix, stored)),
    ...named('duplicateGenes', duplicates(matrix, 'duplicate-genes', matrix.genes, 'gene names')),
    ...named('duplicateCells', duplicates(matrix, 'duplicate-cells', matrix.cells, 'cell names')),
    sum,
    density: cells * genes === 0 ? 0 : stored / (cells * genes),
    largest,
  };
}

function named<K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, T>);
}

function valueFinding(
  { source, cells, genes }: OpenMatrix,
  code: Finding['code'],
  { count, row, gene, value }: Tally,
  kind: string,
  advice: string,
): Finding | undefined {
  if (count === 0) return undefined;
  const where = `cell ${cells[row] ?? row + 1} (row ${row + 1}), gene ${genes[gene] ?? gene + 1}`;
  const values = count === 1 ? '1 value that is' : `${count} values that are`;
  return {
    code,
    count,
    message: `${source.file}, ${source.element} holds ${values} ${kind}, the first ${value} at ${where}; ${advice}.`,
    place: { file: source.file, element: genes[gene] ?? source.element, row: row + 1 },
  };
}

function emptyFinding({ source, cells, genes }: OpenMatrix, stored: number): Finding | undefined {
  if (stored > 0) return undefined;
  const size = `${cells.length} cells × ${genes.length} genes`;
  return {
    code: 'empty',
    count: 1,
    message: `${source.file}, ${source.element} is empty: ${size} without any value above 0.`,
    place: { file: source.file, element: source.element },
  };
}

function duplicates(
  { source }: OpenMatrix,
  code: 'duplicate-genes' | 'duplicate-cells',
  names: readonly string[],
  what: string,
): Finding | undefined {
  const seen = new Set<string>();
  let count = 0;
  let first: string | undefined;
  for (const name of names) {
    // Genes are matched without regard to case, so names that differ only in it are the same.
    const key = code === 'duplicate-genes' ? name.toUpperCase() : name;
    if (seen.has(key)) {
      count++;
      first ??= name;
    }
    seen.add(key);
  }
  if (first === undefined) return undefined;
  const rule = code === 'duplicate-genes' ? '; the first column of each name counts' : '';
  return {
    code,
    count,
    message: `${source.file}: ${count} ${what} occur again, the first of them ${first}${rule}.`,
    place: { file: source.file, element: first },
  };
}
