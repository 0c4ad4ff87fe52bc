import { Random } from '../../src-shared/maths/random.ts';
import { takeRows, type Dense } from '../matrix/dense.ts';
import type { GimviBatch } from './gimvi-step.ts';

/** Counts of both datasets over the genes that gimVI sees. */
export interface GimviCounts {
  /** cells × genes; the genes of `spatial` come first, in the same order. */
  readonly reference: Dense;
  readonly spatial: Dense;
}

/** Defaults of scvi-tools' GIMVI. */
const BATCH = 128;
const TRAINING_SHARE = 0.9;

/** Batches of both datasets; a pass through the larger one is an epoch, the smaller one's batches start again. */
export class GimviBatches {
  readonly perEpoch: number;
  readonly #sides: readonly Side[];

  constructor({ reference, spatial }: GimviCounts, seed: number) {
    this.#sides = [new Side(reference, seed, 'reference'), new Side(spatial, seed, 'spatial')];
    const [first, second] = this.#sides as [Side, Side];
    this.perEpoch = (second.cells > first.cells ? second : first).perPass;
  }

  at(epoch: number, step: number): GimviBatch {
    const [reference, spatial] = this.#sides.map((side) => side.at(epoch, step)) as [SideBatch, SideBatch];
    return {
      counts: [reference.counts, spatial.counts],
      logs: [reference.logs, spatial.logs],
      spatialTotals: rowSums(spatial.counts),
    };
  }
}

interface SideBatch {
  readonly counts: Dense;
  readonly logs: Dense;
}

/** The training cells of one dataset, reshuffled every epoch. */
class Side {
  readonly cells: number;
  readonly perPass: number;
  readonly #counts: Dense;
  readonly #logs: Dense;
  readonly #random: Random;
  readonly #order: Int32Array;
  #epoch = -1;

  constructor(counts: Dense, seed: number, name: string) {
    this.#counts = counts;
    this.#logs = logsOf(counts);
    this.#random = new Random(seed, `gimvi batches ${name}`);
    this.cells = trainingCells(counts.rows);
    this.#order = this.#random.permutation(counts.rows).slice(0, this.cells);
    this.perPass = Math.ceil(this.cells / BATCH);
  }

  at(epoch: number, step: number): SideBatch {
    if (epoch !== this.#epoch) this.#random.shuffle(this.#order);
    this.#epoch = epoch;
    const first = (step % this.perPass) * BATCH;
    const rows = this.#order.subarray(first, first + BATCH);
    return { counts: takeRows(this.#counts, rows), logs: takeRows(this.#logs, rows) };
  }
}

/** Nine tenths, rounded up; a last batch of one or two cells, too few to be normalised, is left out. */
export function trainingCells(cells: number): number {
  const share = Math.ceil(TRAINING_SHARE * cells);
  const last = share % BATCH;
  return last < 3 && share > BATCH ? share - last : share;
}

/** log(1 + counts) */
export function logsOf(counts: Dense): Dense {
  return { ...counts, values: counts.values.map((count) => Math.log1p(count)) };
}

/** Sum of each row. */
export function rowSums({ rows, columns, values }: Dense): Float64Array {
  const sums = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) sums[i] = sums[i]! + values[i * columns + j]!;
  }
  return sums;
}
