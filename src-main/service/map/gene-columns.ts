import { totalmem } from 'node:os';
import { throwIfStopped, type StopSignal } from '../../../src-shared/contract/errors.ts';
import type { MatrixSource, RowBlock } from '../../matrix/csr.ts';

/** Bytes that the turned matrix may take: an eighth of the machine's memory, 1.5 GB at most. */
export const COLUMN_BYTES = Math.min(1.5 * 2 ** 30, totalmem() / 8);

type Values = Uint8Array | Uint16Array | Float32Array;

/** One block of cells, turned: the entries of gene g are starts[g] … starts[g + 1] − 1. */
interface TurnedBlock {
  readonly firstRow: number;
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  readonly values: Values;
}

/** What one pass over the matrix learns about each gene. */
export interface GeneStatistics {
  /** Mean over all cells; values that are no numbers count as 0. */
  readonly mean: Float32Array;
  /** Share of the cells with a value above 0. */
  readonly detected: Float32Array;
}

/**
 * A cells × genes matrix that gives one gene at a time. The first pass turns it block by block and keeps the blocks
 * while they fit into `limit` bytes; counts up to 255 take 5 bytes an entry. A larger matrix is not kept: then every
 * gene that is asked for costs a pass of its own.
 */
export class GeneColumns {
  readonly statistics: GeneStatistics;
  readonly #source: MatrixSource;
  readonly #blocks: readonly TurnedBlock[] | undefined;

  private constructor(
    source: MatrixSource,
    blocks: readonly TurnedBlock[] | undefined,
    statistics: GeneStatistics,
  ) {
    this.#source = source;
    this.#blocks = blocks;
    this.statistics = statistics;
  }

  /** `progress` is told the share of the cells that are read. Throws StoppedError when the signal says so. */
  static async read(
    source: MatrixSource,
    progress: (share: number) => void,
    signal?: StopSignal,
    limit = COLUMN_BYTES,
  ): Promise<GeneColumns> {
    const mean = new Float64Array(source.columns);
    const detected = new Float64Array(source.columns);
    let blocks: TurnedBlock[] | undefined = [];
    let bytes = 0;
    for await (const block of source.blocks(signal)) {
      throwIfStopped(signal);
      addUp(block, mean, detected);
      if (blocks) {
        const turned = turnedBlock(block);
        bytes += turned.starts.byteLength + turned.rows.byteLength + turned.values.byteLength;
        if (bytes <= limit) blocks.push(turned);
        else blocks = undefined;
      }
      progress((block.firstRow + block.rows) / Math.max(1, source.rows));
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    const cells = Math.max(1, source.rows);
    return new GeneColumns(source, blocks, {
      mean: Float32Array.from(mean, (sum) => sum / cells),
      detected: Float32Array.from(detected, (count) => count / cells),
    });
  }

  /** Values of one gene, a cell each. */
  async column(gene: number, signal?: StopSignal): Promise<Float32Array> {
    const column = new Float32Array(this.#source.rows);
    if (this.#blocks) {
      for (const { firstRow, starts, rows, values } of this.#blocks) {
        for (let at = starts[gene]!; at < starts[gene + 1]!; at++) column[firstRow + rows[at]!] = values[at]!;
      }
      return column;
    }
    for await (const { firstRow, rows, indptr, indices, values } of this.#source.blocks(signal)) {
      for (let row = 0; row < rows; row++) {
        for (let at = indptr[row]!; at < indptr[row + 1]!; at++) {
          if (indices[at] === gene) column[firstRow + row] = values[at]!;
        }
      }
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    return column;
  }
}

function addUp({ indices, values }: RowBlock, sum: Float64Array, detected: Float64Array): void {
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (!Number.isFinite(value)) continue;
    sum[indices[at]!]! += value;
    if (value > 0) detected[indices[at]!]!++;
  }
}

function turnedBlock({ firstRow, rows, columns, indptr, indices, values }: RowBlock): TurnedBlock {
  const starts = new Uint32Array(columns + 1);
  for (const column of indices) starts[column + 1]!++;
  for (let column = 0; column < columns; column++) starts[column + 1]! += starts[column]!;
  const next = starts.slice(0, -1);
  const turnedRows = new Uint32Array(values.length);
  const turned = new (narrowest(values))(values.length);
  for (let row = 0; row < rows; row++) {
    for (let at = indptr[row]!; at < indptr[row + 1]!; at++) {
      const to = next[indices[at]!]!++;
      turnedRows[to] = row;
      turned[to] = values[at]!;
    }
  }
  return { firstRow, starts, rows: turnedRows, values: turned };
}

/** The smallest type that holds every value exactly. */
function narrowest(values: Float32Array) {
  let largest = 0;
  for (const value of values) {
    if (!(Number.isInteger(value) && value >= 0)) return Float32Array;
    if (value > largest) largest = value;
  }
  if (largest < 2 ** 8) return Uint8Array;
  return largest < 2 ** 16 ? Uint16Array : Float32Array;
}
