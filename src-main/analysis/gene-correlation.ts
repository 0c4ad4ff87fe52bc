import { UserError } from '../../src-shared/contract/errors.ts';
import type { Basis } from '../../src-shared/domain/value-basis.ts';
import { benjaminiHochberg } from '../../src-shared/maths/holm.ts';
import type { Positions } from '../../src-shared/maths/neighbours.ts';
import { permutationP } from '../../src-shared/maths/permutation-p.ts';
import { plainProducts } from '../../src-shared/maths/products.ts';
import type { Products } from '../../src-shared/maths/products.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { mean, range } from '../../src-shared/maths/statistics.ts';
import type { Numbers } from '../../src-shared/maths/statistics.ts';
import { CorrelationSums } from './correlation-sums.ts';
import type { GeneRows } from './correlation-sums.ts';
import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';
import { spatialShifts } from './spatial-shift.ts';

/** Cells that a correlation needs at least. */
export const FEWEST_CELLS = 20;

/** What is correlated: all genes of a matrix with one number per cell, over the cells of one niche. */
export interface CorrelationInput {
  /** What the values are. */
  readonly basis: Basis;
  readonly genes: number;
  /** All cells of the matrix in order, some at a time, read once; `passOver` of matrix/dense.ts gives such blocks. */
  readonly blocks: AsyncIterable<GeneRows> | Iterable<GeneRows>;
  /** The number, such as the proportion of a cell type among the neighbours, at every cell; NaN where unknown. */
  readonly values: Numbers;
  /** Of every cell; the first two coordinates count. */
  readonly positions: Positions;
  /** Code of every cell's section; one section where left out. */
  readonly sections?: Numbers | undefined;
  /** Cells of the niche, in increasing order. */
  readonly cells: Int32Array;
}

export interface CorrelationOptions extends LongWork {
  /** Copies of the number that are permuted in space. */
  readonly copies?: number;
  readonly seed?: number;
  readonly products?: Products;
}

/** Correlations of all genes with the number; one value a gene in every list. */
export interface GeneCorrelations {
  /** Pearson's r; NaN where the gene is constant or not finite in these cells. */
  readonly r: Float64Array;
  /** Two-sided p-value, see permutationP. */
  readonly p: Float64Array;
  /** p adjusted over the genes that have one (Benjamini & Hochberg 1995). */
  readonly q: Float64Array;
  /** Copies whose correlation is at least as far from 0. */
  readonly exceeding: Int32Array;
  /** 1 where p is a count of copies, 0 where it is extrapolated by a normal tail of Fisher's z. */
  readonly exact: Uint8Array;
  /** Cells that counted: those of the niche with a number and a position. */
  readonly cells: number;
  readonly copies: number;
  readonly basis: Basis;
}

/**
 * Pearson correlation of every gene with a number per cell over the cells of one niche, tested against copies of the
 * number that are shifted in space within sections ({@link spatialShifts}), so that two fields that are smooth but
 * unrelated do not count as related. Only shifts among the niche's own cells are made: other niches' values never
 * enter. One pass over the matrix; the copies cost one product of genes × cells × copies.
 *
 * Throws a UserError where fewer than 20 cells have a number and a position or the number is the same in all;
 * a RangeError where lengths do not fit.
 */
export async function correlateGenes(
  input: CorrelationInput,
  options: CorrelationOptions = {},
): Promise<GeneCorrelations> {
  const { copies = 999, seed = 0, products = plainProducts } = options;
  checkLengths(input, copies);
  const cells = usable(input);
  const number = centredNumber(input.values, cells);
  const random = new Random(seed, 'spatial-shift');
  const { dimensions } = input.positions;
  const places = Float64Array.from({ length: cells.length * 2 }, (_, i) => {
    return input.positions.values[cells[i >> 1]! * dimensions + (i & 1)]!;
  });
  const sections = input.sections && Float64Array.from(cells, (cell) => input.sections![cell]!);
  const shifts = spatialShifts(number, { dimensions: 2, values: places }, sections, copies, random);
  const sums = new CorrelationSums(input.genes, number, shifts, products);
  const turns = new Turns(options);
  await turns.take(0);
  await addCells(input, cells, sums, turns);
  const result = await tested(sums, input.genes, copies, cells.length, turns);
  options.progress?.(1);
  return { ...result, basis: input.basis };
}

function checkLengths({ values, positions, sections, cells }: CorrelationInput, copies: number): void {
  const n = values.length;
  if (positions.dimensions < 2 || positions.values.length !== n * positions.dimensions) {
    throw new RangeError(`${n} values at ${positions.values.length} ${positions.dimensions}-d coordinates`);
  }
  if (sections !== undefined && sections.length !== n) {
    throw new RangeError(`${sections.length} section codes of ${n} cells`);
  }
  if (!cells.every((cell, i) => cell < n && cell > (i === 0 ? -1 : cells[i - 1]!))) {
    throw new RangeError('the cells of the niche do not increase or are not among all cells');
  }
  if (!(Number.isInteger(copies) && copies >= 1)) throw new RangeError(`${copies} copies`);
}

/** The niche's cells that have a number and a position. */
function usable({ values, positions, cells }: CorrelationInput): Int32Array {
  const { dimensions, values: coordinates } = positions;
  const found = cells.filter(
    (cell) =>
      Number.isFinite(values[cell]!) &&
      Number.isFinite(coordinates[cell * dimensions]!) &&
      Number.isFinite(coordinates[cell * dimensions + 1]!),
  );
  if (found.length >= FEWEST_CELLS) return found;
  throw new UserError(
    `Only ${found.length} cells of this niche have a position and labelled neighbours, too few to correlate genes ` +
      `(at least ${FEWEST_CELLS}): choose a larger niche or label more cells.`,
  );
}

/** The number at some cells, less its mean. */
function centredNumber(values: Numbers, cells: Int32Array): Float64Array {
  const number = Float64Array.from(cells, (cell) => values[cell]!);
  const { min, max } = range(number);
  if (min === max) {
    throw new UserError(
      `The neighbour proportion is ${min} in all ${cells.length} cells of this niche, so no gene can be correlated ` +
        'with it: choose another cell type or another niche.',
    );
  }
  const centre = mean(number);
  return number.map((value) => value - centre);
}

/** Passes over the matrix and adds the given cells. */
async function addCells(
  { blocks, values, genes }: CorrelationInput,
  cells: Int32Array,
  sums: CorrelationSums,
  turns: Turns,
): Promise<void> {
  let next = 0;
  for await (const block of blocks) {
    if (block.values.length < block.rows * genes) {
      throw new RangeError(`${block.values.length} values in ${block.rows} cells of ${genes} genes`);
    }
    const end = block.first + block.rows;
    while (next < cells.length && cells[next]! < end) {
      const cell = cells[next++]!;
      if (cell < block.first) throw new RangeError(`cell ${cell} comes before row ${block.first}`);
      if (!sums.add(block, cell - block.first)) continue;
      sums.flush();
      if (turns.due) await turns.take(cell / values.length);
    }
    if (turns.due) await turns.take(end / values.length);
  }
  if (next < cells.length) throw new RangeError(`the matrix ends before cell ${cells[next]}`);
  sums.flush();
}

async function tested(
  sums: CorrelationSums,
  genes: number,
  copies: number,
  cells: number,
  turns: Turns,
): Promise<Omit<GeneCorrelations, 'basis'>> {
  const [r, p] = [new Float64Array(genes), new Float64Array(genes)];
  const exceeding = new Int32Array(genes);
  const exact = new Uint8Array(genes);
  const permuted = new Float64Array(copies);
  for (let gene = 0; gene < genes; gene++) {
    r[gene] = sums.correlation(gene);
    const test = permutationP(r[gene]!, sums.copyCorrelations(gene, permuted));
    p[gene] = test.p;
    exceeding[gene] = test.exceeding;
    exact[gene] = Number(test.exact);
    if (turns.due) await turns.take(1);
  }
  return { r, p, q: benjaminiHochberg(p), exceeding, exact, cells, copies };
}
