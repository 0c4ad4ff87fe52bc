import type { StopSignal } from '../../src-shared/contract/errors.ts';
import { throwIfStopped } from '../../src-shared/contract/errors.ts';
import type { MatrixSource, RowBlock } from '../matrix/csr.ts';
import { BlockBuilder } from './block-builder.ts';

/** Entries held at once while a matrix is turned (12 bytes each, so 200 MB). */
const BAND_ENTRIES = 1 << 24;

/** A piece of a list of entries in any order; rows are cells, columns genes. */
export interface Entries {
  readonly length: number;
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

interface Plan {
  /** Entries of each row. */
  readonly counts: Uint32Array;
  /** Whether the entries stand row by row already. */
  readonly ordered: boolean;
}

/**
 * A matrix stored gene by gene (or in no order) as blocks of cells, in bounded memory: a first pass counts the entries
 * of each cell, then every pass collects a band of cells that fits. Entries that stand cell by cell need one pass.
 */
export function turned(
  about: Omit<MatrixSource, 'blocks'>,
  entries: (signal?: StopSignal) => AsyncIterable<Entries>,
  bandEntries = BAND_ENTRIES,
): MatrixSource {
  let plan: Plan | undefined;
  return {
    ...about,
    async *blocks(signal) {
      plan ??= await count(about.rows, entries(signal), signal);
      if (plan.ordered) yield* inOrder(about, entries(signal), signal);
      else
        for (let from = 0; from < about.rows;) {
          const to = bandEnd(plan.counts, from, bandEntries);
          yield* band(about, entries(signal), plan.counts, from, to, signal);
          from = to;
        }
    },
  };
}

async function count(rows: number, entries: AsyncIterable<Entries>, signal?: StopSignal): Promise<Plan> {
  const counts = new Uint32Array(rows);
  let ordered = true;
  let last = 0;
  for await (const piece of entries) {
    throwIfStopped(signal);
    for (let i = 0; i < piece.length; i++) {
      const row = piece.rows[i]!;
      counts[row]!++;
      if (row < last) ordered = false;
      last = row;
    }
  }
  return { counts, ordered };
}

async function* inOrder(
  about: Omit<MatrixSource, 'blocks'>,
  entries: AsyncIterable<Entries>,
  signal?: StopSignal,
): AsyncGenerator<RowBlock> {
  const builder = new BlockBuilder(about.columns);
  for await (const piece of entries) {
    throwIfStopped(signal);
    for (let i = 0; i < piece.length; i++) {
      while (builder.row < piece.rows[i]!) {
        builder.endRow();
        if (builder.full) yield builder.take();
      }
      builder.add(piece.columns[i]!, piece.values[i]!);
    }
  }
  while (builder.row < about.rows) {
    builder.endRow();
    if (builder.full) yield builder.take();
  }
  yield builder.take();
}

function bandEnd(counts: Uint32Array, from: number, limit: number): number {
  let total = counts[from]!;
  let to = from + 1;
  while (to < counts.length && total + counts[to]! <= limit) total += counts[to++]!;
  return to;
}

async function* band(
  about: Omit<MatrixSource, 'blocks'>,
  entries: AsyncIterable<Entries>,
  counts: Uint32Array,
  from: number,
  to: number,
  signal?: StopSignal,
): AsyncGenerator<RowBlock> {
  const next = new Float64Array(to - from + 1);
  for (let row = from; row < to; row++) next[row - from + 1] = next[row - from]! + counts[row]!;
  const columns = new Int32Array(next[to - from]!);
  const values = new Float64Array(columns.length);
  for await (const piece of entries) {
    throwIfStopped(signal);
    for (let i = 0; i < piece.length; i++) {
      const row = piece.rows[i]! - from;
      if (row < 0 || row >= to - from) continue;
      const at = next[row]!++;
      columns[at] = piece.columns[i]!;
      values[at] = piece.values[i]!;
    }
  }
  const builder = new BlockBuilder(about.columns, undefined, from);
  for (let row = from, at = 0; row < to; row++) {
    for (const end = at + counts[row]!; at < end; at++) builder.add(columns[at]!, values[at]!);
    builder.endRow();
    if (builder.full) yield builder.take();
  }
  if (builder.row > from) yield builder.take();
}
