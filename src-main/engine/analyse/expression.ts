import { presetParameters } from '../../../src-shared/domain/run-config.ts';
import { throwIfStopped, UserError } from '../../../src-shared/contract/errors.ts';
import type { BackendChoice } from '../../../src-shared/domain/backends.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { ScratchFolder } from '../../io/scratch-matrix.ts';
import { takeRows, type Matrix } from '../../matrix/dense.ts';
import type { ExpressionView } from '../../methods/expression-view.ts';
import { principalComponents } from '../../methods/principal-components.ts';
import { threadsFor } from '../calibrate.ts';
import { chooseBackend } from '../choose-backend.ts';
import { startBackend } from '../start-backend.ts';
import type { AnalysisWork } from './findings.ts';
import type { RunData, ValuePlace } from './run-data.ts';

/** Starts the backend that multiplies matrices. */
export async function startForAnalysis(choice: BackendChoice): Promise<void> {
  const parameters = presetParameters('recommended');
  await startBackend(await chooseBackend(choice, parameters), threadsFor(parameters));
}

/** Rounds of iteration: distances hardly depend on how exactly the last components are told apart. */
const ROUNDS = 3;

/** Genes that principal components are taken of; the most variable where there are more. */
const MOST_GENES = 2000;

export interface Components {
  /** cells × count, row-major. */
  readonly values: Float64Array;
  readonly count: number;
}

/**
 * Principal components of some cells by the expression of a place: of all genes, or the 2,000 that vary most among the
 * cells. What does not fit into memory lies in a scratch file of the folder meanwhile.
 *
 * Throws a UserError where there are too few cells or genes.
 */
export async function componentsOf(
  run: RunData,
  place: ValuePlace,
  cells: Int32Array,
  asked: { readonly components: number; readonly seed: number },
  work: AnalysisWork & { readonly folder: string },
): Promise<Components> {
  const genes = await variableGenes(run, place, cells, work);
  const count = Math.min(asked.components, cells.length - 1, genes.length);
  if (count < 2) {
    throw new UserError(
      `${cells.length} cells and ${genes.length} genes are too few for principal components; choose more cells.`,
    );
  }
  const random = new Random(asked.seed, 'components');
  const scratch = await ScratchFolder.open(work.folder);
  try {
    const room = scratch.room(cells.length, genes.length);
    for await (const { at, values } of chosenRows(run, place, cells)) {
      throwIfStopped(work.stop);
      room.write(at, columnsOf(values, run.genesOf(place).length, genes));
      work.progress(0.6 * (at / cells.length));
    }
    const values = principalComponents(viewOf(room.matrix()), count, random, ROUNDS);
    work.progress(1);
    return { values, count };
  } finally {
    await scratch.close();
  }
}

/** Rows of the chosen cells, rising, some at a time. */
async function* chosenRows(
  run: RunData,
  place: ValuePlace,
  cells: Int32Array,
): AsyncGenerator<{ readonly at: number; readonly values: Float32Array }> {
  const width = run.genesOf(place).length;
  let at = 0;
  for await (const { first, rows, values } of run.blocks(place)) {
    let end = at;
    while (end < cells.length && cells[end]! < first + rows) end++;
    if (end === at) continue;
    const some = new Float32Array((end - at) * width);
    for (let i = at; i < end; i++) {
      const from = (cells[i]! - first) * width;
      some.set(values.subarray(from, from + width), (i - at) * width);
    }
    yield { at, values: some };
    at = end;
  }
}

/** Columns of the genes that vary most among the cells, in order; all where there are no more than enough. */
async function variableGenes(
  run: RunData,
  place: ValuePlace,
  cells: Int32Array,
  { stop }: AnalysisWork,
): Promise<Int32Array> {
  const width = run.genesOf(place).length;
  const all = Int32Array.from({ length: width }, (_, gene) => gene);
  if (width <= MOST_GENES) return all;
  const [sums, squares] = [new Float64Array(width), new Float64Array(width)];
  for await (const { values } of chosenRows(run, place, cells)) {
    throwIfStopped(stop);
    for (let i = 0, gene = 0; i < values.length; i++, gene = gene + 1 === width ? 0 : gene + 1) {
      sums[gene] = sums[gene]! + values[i]!;
      squares[gene] = squares[gene]! + values[i]! ** 2;
    }
  }
  const variance = squares.map((square, gene) => square - sums[gene]! ** 2 / cells.length);
  return all
    .sort((a, b) => variance[b]! - variance[a]! || a - b)
    .slice(0, MOST_GENES)
    .sort();
}

function columnsOf(values: Float32Array, width: number, genes: Int32Array): Float32Array {
  if (genes.length === width) return values;
  const rows = values.length / width;
  const taken = new Float32Array(rows * genes.length);
  for (let row = 0, to = 0; row < rows; row++) {
    for (const gene of genes) taken[to++] = values[row * width + gene]!;
  }
  return taken;
}

function viewOf(matrix: Matrix): ExpressionView {
  const { rows, columns } = matrix;
  return { rows, columns, read: (some) => takeRows(matrix, some).values };
}
