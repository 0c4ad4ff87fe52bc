import { rm } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { throwIfStopped, UserError, type StopSignal } from '../../../src-shared/contract/errors.ts';
import { ColumnIndex, writeColumnIndex } from '../../io/column-index.ts';
import { BlockTurner, breathe, unfold, type GeneStatistics } from '../../io/column-index-block.ts';
import type { HeldBlocks } from '../../io/column-index-blocks.ts';
import type { MatrixSource } from '../../matrix/csr.ts';
import { GatheredBlocks, makeFolderOf } from './gathered-blocks.ts';

/** Bytes that the turned matrix may take in memory: an eighth of the machine's memory, 1.5 GB at most. */
export const COLUMN_BYTES = Math.min(1.5 * 2 ** 30, totalmem() / 8);
/** Bytes up to which a turned matrix stays in memory: reading it through takes a second or two. */
const SMALL_BYTES = 2 ** 26;
/** Bytes that are held in memory while a larger one is being made an index of. */
const HOLD_BYTES = 2 ** 28;
/** Share of the work that reading is, where an index is made; the rest is putting it together. */
const READING = 0.9;

export type { GeneStatistics } from '../../io/column-index-block.ts';

/** Where an index of the matrix may lie. */
export interface IndexPlace {
  readonly path: string;
  /** Says which matrix of which data it is. */
  readonly identity: string;
  readonly mayWrite: boolean;
}

export interface ColumnOptions {
  /** Without it nothing is kept on disk. */
  readonly place?: IndexPlace | undefined;
  /** Is told in a sentence why there is no index. */
  readonly say?: (sentence: string) => void;
  readonly limit?: number;
  readonly small?: number;
  readonly hold?: number;
  readonly spare?: number;
}

interface ColumnStore {
  readonly statistics: GeneStatistics;
  column(gene: number, signal?: StopSignal): Promise<Float32Array>;
}

type Making = Required<Pick<ColumnOptions, 'limit' | 'small' | 'hold'>> &
  ColumnOptions & {
    readonly source: MatrixSource;
    readonly progress: (share: number) => void;
    readonly signal: StopSignal | undefined;
  };

/**
 * A cells × genes matrix that gives one gene at a time. One pass turns it. A small one stays in memory; a larger one
 * becomes an index on disk, which later sessions open without reading the matrix. Where there can be no index, as much
 * as `limit` bytes stay in memory, and beyond that every gene that is asked for costs a pass of its own.
 */
export class GeneColumns {
  readonly statistics: GeneStatistics;
  readonly #making: Making;
  #store: Promise<ColumnStore>;

  private constructor(making: Making, store: ColumnStore) {
    this.#making = making;
    this.#store = Promise.resolve(store);
    this.statistics = store.statistics;
  }

  /** `progress` is told the share of the work that is done. Throws StoppedError when the signal says so. */
  static async read(
    source: MatrixSource,
    progress: (share: number) => void,
    signal?: StopSignal,
    options: ColumnOptions = {},
  ): Promise<GeneColumns> {
    const limits = { limit: COLUMN_BYTES, small: SMALL_BYTES, hold: HOLD_BYTES };
    const making: Making = { ...limits, ...options, source, progress, signal };
    const store = (await knownIndex(making)) ?? (await make(making));
    progress(1);
    return new GeneColumns(making, store);
  }

  /** Values of one gene, a cell each. An index that turns out to be damaged or gone is made again. */
  async column(gene: number, signal?: StopSignal): Promise<Float32Array> {
    const asked = this.#store;
    const store = await asked;
    try {
      return await store.column(gene, signal);
    } catch (error) {
      if (!(store instanceof ColumnIndex)) throw error;
    }
    if (this.#store === asked) {
      const renewed = make(this.#making);
      this.#store = renewed;
      renewed.then(
        () => this.#making.progress(1),
        () => (this.#store = asked),
      );
    }
    return (await this.#store).column(gene, signal);
  }

  /** Waits until nothing is being made (any more). */
  async settled(): Promise<void> {
    await this.#store.catch(() => undefined);
  }
}

async function knownIndex({ source, place }: Making): Promise<ColumnIndex | undefined> {
  return place && ColumnIndex.open(place.path, { ...sizeOf(source), identity: place.identity });
}

const sizeOf = ({ rows, columns }: MatrixSource) => ({ rows, columns });

async function make(making: Making): Promise<ColumnStore> {
  const { source, place, limit, hold, spare, small } = making;
  const turner = new BlockTurner(source.columns);
  const path = place?.mayWrite === true ? place.path : undefined;
  const refused = (error: unknown): void => making.say?.(sentenceOf(error));
  const gathered = new GatheredBlocks(source.columns, path, { limit, hold, spare }, refused);
  // One of other data, or damaged.
  if (path !== undefined) await rm(path, { force: true }).catch(() => undefined);
  try {
    await readThrough(making, turner, gathered);
    if (gathered.path !== undefined && gathered.bytes > small) {
      const index = await writtenIndex(making, turner, gathered, gathered.path);
      if (index !== undefined) return index;
    }
  } finally {
    await gathered.discard();
  }
  const statistics = turner.statistics(source.rows);
  if (gathered.lost) return { statistics, column: (gene, signal) => columnByPass(source, gene, signal) };
  return { statistics, column: (gene) => Promise.resolve(columnOf(source, gathered.held, gene)) };
}

async function readThrough(
  { source, signal, progress, small }: Making,
  turner: BlockTurner,
  gathered: GatheredBlocks,
): Promise<void> {
  let told = 0;
  for await (const block of source.blocks(signal)) {
    throwIfStopped(signal);
    await gathered.add(await turner.turn(block));
    throwIfStopped(signal);
    const read = (block.firstRow + block.rows) / Math.max(1, source.rows);
    const toCome = gathered.path !== undefined && gathered.bytes > small;
    told = Math.max(told, toCome ? READING * read : read);
    // The whole is told when it can be asked for.
    if (told < 1) progress(told);
    await breathe();
  }
}

async function writtenIndex(
  { source, place, spare, signal, progress }: Making,
  turner: BlockTurner,
  gathered: GatheredBlocks,
  path: string,
): Promise<ColumnIndex | undefined> {
  try {
    await makeFolderOf(path);
    const matrix = { ...sizeOf(source), identity: place!.identity };
    return await writeColumnIndex(path, matrix, turner, gathered, {
      ...(spare === undefined ? {} : { spare }),
      signal,
      progress: (share) => {
        if (share < 1) progress(READING + (1 - READING) * share);
      },
    });
  } catch (error) {
    await gathered.refuse(error);
    return undefined;
  }
}

function sentenceOf(error: unknown): string {
  const why = error instanceof UserError ? error.message : `The disk refused it (${String(error)}).`;
  return `${why} The map goes on without an index of the genes, so that it reads the spatial data through each time they are opened.`;
}

/** Values of one gene from the blocks of the whole matrix in memory. */
function columnOf(source: MatrixSource, { blocks }: HeldBlocks, gene: number): Float32Array {
  const column = new Float32Array(source.rows);
  let row = -1;
  for (const { starts, gapStarts, values, gaps } of blocks) {
    const own = values.subarray(starts[gene], starts[gene + 1]);
    row = unfold(column, own, gaps.subarray(gapStarts[gene], gapStarts[gene + 1]), row);
  }
  return column;
}

async function columnByPass(source: MatrixSource, gene: number, signal?: StopSignal): Promise<Float32Array> {
  const column = new Float32Array(source.rows);
  for await (const { firstRow, rows, indptr, indices, values } of source.blocks(signal)) {
    for (let row = 0; row < rows; row++) {
      for (let at = indptr[row]!; at < indptr[row + 1]!; at++) {
        if (indices[at] === gene) column[firstRow + row] = values[at]!;
      }
    }
    await breathe();
  }
  return column;
}
