import type { OpenMatrix } from '../matrix/dataset.ts';
import type { Matrix } from '../matrix/dense.ts';
import { roomInMemory, type MakeRoom } from '../matrix/row-sink.ts';
import { remembered } from './blocks.ts';
import { clipLimits } from './clip.ts';
import { countCells, countGenes, keepGenes } from './density.ts';
import type { CellCounts, GeneCounts } from './density.ts';
import { extract } from './extract.ts';
import { variability } from './highly-variable.ts';
import { count, masksOf, positionsOf } from './masks.ts';
import type { Masks } from './masks.ts';
import type { ProcessedDomain, ProcessingOptions } from './processed-domain.ts';
import type { ProcessingReport } from './report.ts';
import { requireCells, requireGenes, requireMatrix, roomFor, suspicions } from './requirements.ts';
import { sizeFactors, UNITS, usesLibrarySize } from './scale.ts';

/** A spatial panel is cut to the most variable genes only above this size. */
export const LARGEST_UNCUT_PANEL = 1000;

/** Which genes come out, and which of them are among the most variable; both per column of the file. */
interface Selection {
  readonly selected: Uint8Array;
  readonly variable: Uint8Array;
  readonly ranked: number;
}

/** Step 2: the most variable genes, with those that are exempt. One pass, or none where nothing is cut. */
async function select(
  open: OpenMatrix,
  options: ProcessingOptions,
  { excluded, exempt }: Masks,
  kept: Uint8Array,
  cells: CellCounts,
): Promise<Selection> {
  const columns = positionsOf(kept);
  const panel = open.source.columns - count(excluded);
  const uncut = options.domain === 'spatial' && panel <= LARGEST_UNCUT_PANEL;
  if (uncut || columns.length <= options.hvgCount) return { selected: kept, variable: kept, ranked: 0 };
  const { rank } = await variability(open.source, cells.kept, columns, cells.moments, options.signal);
  const variable = new Uint8Array(kept.length);
  columns.forEach((column, i) => (variable[column] = rank[i]! < options.hvgCount ? 1 : 0));
  const selected = options.allGenes ? kept : variable.map((value, column) => value | exempt[column]!);
  return { selected, variable, ranked: columns.length };
}

type ProcessedValues<M extends Matrix> = Pick<
  ProcessedDomain<M>,
  'values' | 'mean' | 'sd' | 'clipLimits' | 'totals' | 'sizeFactors'
>;

/** Steps 3 and 4: clip and scale the kept cells and selected genes. One pass. */
async function processValues<M extends Matrix>(
  open: OpenMatrix,
  { clipSd, normalisation, libraryTarget, signal }: ProcessingOptions,
  cells: CellCounts,
  columns: Int32Array,
  makeRoom: MakeRoom<M>,
): Promise<ProcessedValues<M> & { readonly valuesClipped: number }> {
  const rows = cells.kept;
  const limits = clipLimits(cells.moments, columns, clipSd);
  const totals = Float64Array.from(rows, (row) => cells.totals[row]!);
  const factors = usesLibrarySize(normalisation) ? sizeFactors(totals, libraryTarget) : undefined;
  const target = roomFor(open, rows.length, columns.length, makeRoom);
  const plan = { rows, columns, limits, normalisation, sizeFactors: factors };
  const { mean, sd, valuesClipped } = await extract(open.source, plan, target, signal);
  return {
    values: target.matrix(),
    mean,
    sd,
    clipLimits: limits,
    totals,
    sizeFactors: factors,
    valuesClipped,
  };
}

function sharedReport(
  open: OpenMatrix,
  { shared, sharedExempt }: Masks,
  kept: Uint8Array,
  selected: Uint8Array,
) {
  const names = (wanted: (column: number) => boolean): string[] =>
    Array.from(positionsOf(shared))
      .filter(wanted)
      .map((column) => open.genes[column]!);
  return {
    matched: count(shared),
    exempt: sharedExempt,
    kept: names((column) => selected[column] === 1),
    lostToDensity: names((column) => kept[column] !== 1),
    lostToVariability: names((column) => kept[column] === 1 && selected[column] !== 1),
  };
}

/** Everything that the steps found out, for the report. */
interface Findings {
  readonly masks: Masks;
  readonly counts: GeneCounts;
  readonly kept: Uint8Array;
  readonly cells: CellCounts;
  readonly selection: Selection;
  readonly limits: Float64Array;
  readonly valuesClipped: number;
}

function reportOf(open: OpenMatrix, options: ProcessingOptions, found: Findings): ProcessingReport {
  const { geneDensity, cellDensity, hvgCount, clipSd, normalisation, libraryTarget, allGenes } = options;
  return {
    domain: options.domain,
    file: open.source.file,
    element: open.source.element,
    settings: { geneDensity, cellDensity, hvgCount, clipSd, normalisation, libraryTarget, allGenes },
    units: UNITS[normalisation],
    cells: { inFile: open.source.rows, kept: found.cells.kept.length },
    genes: {
      inFile: open.source.columns,
      excluded: count(found.masks.excluded),
      exempt: count(found.masks.exempt),
      afterDensity: count(found.kept),
      ranked: found.selection.ranked,
      kept: found.limits.length,
    },
    shared: sharedReport(open, found.masks, found.kept, found.selection.selected),
    clipping: {
      genesWithLimit: found.limits.filter((limit) => !Number.isNaN(limit)).length,
      valuesClipped: found.valuesClipped,
    },
    warnings: suspicions(open, options, found.counts, found.cells),
  };
}

/**
 * Data processing of one file, in this order: density filter of the genes, then of the cells over the kept genes;
 * the most variable genes with those that are exempt; clipping; scaling. The file is read once; what follows passes
 * over its entries in packed form. Only the kept cells × selected genes become dense, in memory or where `makeRoom` has
 * room for them. Computed in doubles, stored as float32 at the end.
 *
 * Throws a UserError for a matrix that is empty or holds values that are no expression, and where a filter leaves
 * nothing; StoppedError when the signal says so.
 */
export async function processDomain(matrix: OpenMatrix, options: ProcessingOptions): Promise<ProcessedDomain>;
export async function processDomain<M extends Matrix>(
  matrix: OpenMatrix,
  options: ProcessingOptions,
  makeRoom: MakeRoom<M>,
): Promise<ProcessedDomain<M>>;
export async function processDomain(
  matrix: OpenMatrix,
  options: ProcessingOptions,
  makeRoom: MakeRoom = roomInMemory,
): Promise<ProcessedDomain<Matrix>> {
  requireMatrix(matrix);
  const source = remembered(matrix.source);
  try {
    return await processRemembered({ ...matrix, source }, options, makeRoom);
  } finally {
    // Unless it was remembered before, for others to pass over too.
    if (source !== matrix.source) source.forget();
  }
}

async function processRemembered(
  open: OpenMatrix,
  options: ProcessingOptions,
  makeRoom: MakeRoom,
): Promise<ProcessedDomain<Matrix>> {
  const { geneDensity, cellDensity, signal } = options;
  const masks = masksOf(options, open.source.columns);
  const counts = await countGenes(open, masks.excluded, signal);
  const kept = keepGenes(counts.density, geneDensity, masks.exempt, masks.excluded);
  requireGenes(open, count(kept), counts.density, geneDensity);
  const cells = await countCells(open.source, kept, masks.excluded, cellDensity, signal);
  requireCells(open, cells, count(kept), cellDensity);
  const selection = await select(open, options, masks, kept, cells);
  const columns = positionsOf(selection.selected);
  const processed = await processValues(open, options, cells, columns, makeRoom);
  return {
    cells: { rows: cells.kept, names: Array.from(cells.kept, (row) => open.cells[row]!) },
    genes: { columns, names: Array.from(columns, (column) => open.genes[column]!) },
    values: processed.values,
    mean: processed.mean,
    sd: processed.sd,
    clipLimits: processed.clipLimits,
    totals: processed.totals,
    sizeFactors: processed.sizeFactors,
    highlyVariable: Uint8Array.from(columns, (column) => selection.variable[column]!),
    report: reportOf(open, options, {
      masks,
      counts,
      kept,
      cells,
      selection,
      limits: processed.clipLimits,
      valuesClipped: processed.valuesClipped,
    }),
  };
}
