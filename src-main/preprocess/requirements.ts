import { UserError } from '../../src-shared/contract/errors.ts';
import type { Warning } from '../../src-shared/contract/errors.ts';
import type { OpenMatrix } from '../matrix/dataset.ts';
import type { Matrix } from '../matrix/dense.ts';
import { roomInMemory, type MakeRoom, type MatrixRoom } from '../matrix/row-sink.ts';
import type { CellCounts, GeneCounts } from './density.ts';
import type { ProcessingOptions } from './processed-domain.ts';

function placeOf(open: OpenMatrix): { file: string; element: string } {
  return { file: open.source.file, element: open.source.element };
}

function percent(fraction: number): string {
  return `${Number((100 * fraction).toPrecision(3))} %`;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

/** Throws when no gene is left, saying how far the best one is from the threshold. */
export function requireGenes(open: OpenMatrix, kept: number, density: Float64Array, threshold: number): void {
  if (kept > 0) return;
  throw new UserError(
    `${open.source.file} (${open.source.element}): none of its ${open.source.columns} genes is seen in at least ` +
      `${percent(threshold)} of the ${open.source.rows} cells (the most frequent one in ${percent(largest(density))}); ` +
      'lower the gene density threshold or check that this is the matrix of counts.',
    placeOf(open),
  );
}

/** Throws when fewer than two cells are left: nothing can be learned or ranked from one. */
export function requireCells(open: OpenMatrix, cells: CellCounts, genes: number, threshold: number): void {
  if (cells.kept.length >= 2) return;
  if (open.source.rows < 2) {
    throw new UserError(
      `${open.source.file} (${open.source.element}) holds a single cell, and nothing can be learned from one.`,
      placeOf(open),
    );
  }
  throw new UserError(
    `${open.source.file} (${open.source.element}): ${cells.kept.length} of its ${open.source.rows} cells show at ` +
      `least ${percent(threshold)} of the ${genes} kept genes (the best one ${percent(largest(cells.density))}); ` +
      'lower the cell density threshold or raise the gene density threshold.',
    placeOf(open),
  );
}

export function requireMatrix({ source }: OpenMatrix): void {
  if (source.rows > 0 && source.columns > 0) return;
  throw new UserError(
    `${source.file} (${source.element}) is empty: ${source.rows} cells × ${source.columns} genes; ` +
      'choose another matrix or file.',
    { file: source.file, element: source.element },
  );
}

/** Room for the kept cells × genes; a UserError says how much it would take where there is not enough. */
export function roomFor<M extends Matrix>(
  open: OpenMatrix,
  cells: number,
  genes: number,
  makeRoom: MakeRoom<M>,
): MatrixRoom<M> {
  try {
    return makeRoom(cells, genes);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    const gigabytes = ((cells * genes * 4) / 1e9).toPrecision(3);
    throw new UserError(
      `${open.source.file} (${open.source.element}): ${cells} cells × ${genes} genes take ${gigabytes} GB of memory, ` +
        'which this machine does not give; ask for fewer genes or divide the cells.',
      placeOf(open),
      'input',
      cause,
    );
  }
}

/** The same in memory, as an array of zeros. */
export function allocate(open: OpenMatrix, cells: number, genes: number): Float32Array {
  return roomFor(open, cells, genes, roomInMemory).matrix().values;
}

/** What is suspicious about the file but does not stop the work. */
export function suspicions(
  open: OpenMatrix,
  options: ProcessingOptions,
  genes: GeneCounts,
  cells: CellCounts,
): Warning[] {
  const { source } = open;
  const warnings: Warning[] = [];
  const warn = (code: string, what: string) =>
    warnings.push({ code, message: `${source.file} (${source.element}): ${what}`, place: placeOf(open) });
  if (genes.fractional > 0 && options.normalisation !== 'none') {
    warn(
      'not-counts',
      `${genes.fractional} values are not whole numbers, and the processing expects raw counts; ` +
        'choose the matrix of raw counts if the file has one.',
    );
  }
  if (cells.kept.length < 0.75 * source.rows) {
    warn(
      'many-cells-dropped',
      `only ${cells.kept.length} of ${source.rows} cells show at least ${percent(options.cellDensity)} of the kept ` +
        'genes; the others are dropped.',
    );
  }
  const unseen = Array.from(options.neverFilter ?? []).filter((column) => cells.moments.count[column] === 0);
  if (unseen.length > 0) {
    const names = unseen.slice(0, 5).map((column) => open.genes[column]!);
    warn(
      'gene-never-seen',
      `${unseen.length} of the genes asked for are never seen in the kept cells (${names.join(', ')}` +
        `${unseen.length > 5 ? ', …' : ''}), so nothing can be learned about them.`,
    );
  }
  return warnings;
}
