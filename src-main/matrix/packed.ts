import type { Csr, RowBlock } from './csr.ts';

/** Any list of numbers as a file holds it. */
export type Numbers =
  Float64Array | Float32Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Int8Array | Uint8Array;

/** A byte that stands for a value which stands in `large` instead. */
const ESCAPE = 255;
/** Columns up to this many are numbered in two bytes. */
const NARROW = 65_536;
/** Where more than one value in this many is no small whole number, all are kept as float32. */
const FEW = 8;

/**
 * A run of consecutive cells in little memory: counts below 255 take a byte and column numbers two, so an entry takes
 * 3 bytes instead of 8. Entries are those of a {@link RowBlock}: columns increase, no place occurs twice.
 */
export interface PackedBlock {
  readonly firstRow: number;
  readonly rows: number;
  readonly columns: number;
  /** Length rows + 1. */
  readonly indptr: Float64Array;
  readonly indices: Uint16Array | Int32Array;
  /** A byte an entry, 255 where the value stands in `large`; or the values themselves. */
  readonly values: Uint8Array | Float32Array;
  /** Entries whose value is no whole number from 1 to 254 (increasing), and these values. */
  readonly largeAt: Uint32Array;
  readonly large: Float32Array;
  readonly summary: BlockSummary;
}

/** What is counted while a block is packed. */
export interface BlockSummary {
  /** Entries other than 0 per column. */
  readonly stored: Uint32Array;
  /** Entries that are positive, finite and no whole number, per column; undefined where there is none. */
  readonly fractional: Uint32Array | undefined;
  /** Whether an entry is negative, infinite or not a number. */
  readonly bad: boolean;
  /** Sum of the finite values before they were rounded to float32; undefined where nothing had to be rounded. */
  readonly sum: number | undefined;
}

/** Rows as they stand in a file; `indptr` starts at 0. Columns may come in any order, more than once, or be zero. */
export interface LooseRows {
  readonly firstRow: number;
  readonly rows: number;
  /** Columns that come out; `keep` renumbers those of the file, or leaves them out with −1. */
  readonly columns: number;
  readonly indptr: Float64Array | Uint32Array;
  readonly indices: Numbers;
  readonly values: Numbers;
  readonly keep?: Int32Array | undefined;
}

/** Position of the first entry that is no whole number from 0 to `limit` − 1; −1 where all are. */
export function firstOutside(indices: Numbers, limit: number): number {
  for (let k = 0; k < indices.length; k++) {
    const index = indices[k]!;
    if ((index | 0) !== index || index < 0 || index >= limit) return k;
  }
  return -1;
}

let room = new Float32Array(0);

/** Room for values that is used again by the next call: fresh memory costs as much as the work. */
function roomFor(entries: number): Float32Array {
  if (room.length < entries) room = new Float32Array(entries);
  return room.subarray(0, entries);
}

/** The rows in packed form; entries of the same place are added up in doubles, zeros left out. */
export function packRows(loose: LooseRows): PackedBlock {
  const { firstRow, rows, columns } = loose;
  const entries = loose.indptr[rows]! | 0;
  const indices = columns <= NARROW ? new Uint16Array(entries) : new Int32Array(entries);
  const exact = roomFor(entries);
  const indptr = new Float64Array(rows + 1);
  copyRows(loose, { indices, exact }, indptr);
  const count = indptr[rows]!;
  const values = exact.subarray(0, count);
  const columnsOf = count === entries ? indices : indices.slice(0, count);
  const { stored, fractional, bad, ...coded } = codeValues(values, columnsOf, columns);
  return {
    firstRow,
    rows,
    columns,
    indptr,
    indices: columnsOf,
    ...coded,
    summary: { stored, fractional, bad, sum: finiteSum(loose) },
  };
}

interface Target {
  readonly indices: Uint16Array | Int32Array;
  readonly exact: Float32Array;
}

/** Copies the entries row by row; rows that are in order go straight through. */
function copyRows(loose: LooseRows, target: Target, ends: Float64Array): void {
  const { rows, indptr, keep } = loose;
  let count = 0;
  for (let row = 0; row < rows; row++) {
    // Whole numbers for the compiler's sake: a block has far fewer than 2³¹ entries.
    const [from, to] = [indptr[row]! | 0, indptr[row + 1]! | 0];
    const next = keep === undefined ? copyOrdered(loose, from, to, target, count) : -1;
    if (next >= 0) count = next;
    else
      for (const [column, value] of sortedRow(loose, from, to)) {
        target.indices[count] = column;
        target.exact[count++] = value;
      }
    ends[row + 1] = count;
  }
}

/** Copies the entries of a row from place `count` on and returns the next place; −1 where columns do not increase. */
function copyOrdered(
  { indices, values }: LooseRows,
  from: number,
  to: number,
  { indices: columnsOf, exact }: Target,
  count: number,
): number {
  let last = -1;
  for (let k = from; k < to; k++) {
    const column = indices[k]!;
    const value = values[k]!;
    if (column <= last) return -1;
    if (value === 0) continue;
    last = column;
    columnsOf[count] = column;
    exact[count++] = value;
  }
  return count;
}

/** Entries of one row by column, those of the same place added up in the order in which they stand. */
function sortedRow({ indices, values, keep }: LooseRows, from: number, to: number): [number, number][] {
  const entries: [number, number][] = [];
  for (let k = from; k < to; k++) {
    const column = keep === undefined ? indices[k]! : keep[indices[k]!]!;
    if (column >= 0 && values[k] !== 0) entries.push([column, values[k]!]);
  }
  entries.sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [column, value] of entries) {
    const last = merged.at(-1);
    if (last?.[0] === column) last[1] += value;
    else merged.push([column, value]);
  }
  return merged;
}

/** Undefined where the values are float32 already, and the block itself tells their sum. */
function finiteSum({ indptr, rows, indices, values, keep }: LooseRows): number | undefined {
  if (values instanceof Float32Array) return undefined;
  let sum = 0;
  for (let k = 0, end = indptr[rows]! | 0; k < end; k++) {
    const value = values[k]!;
    if (value - value === 0 && (keep === undefined || keep[indices[k]!]! >= 0)) sum += value;
  }
  return sum;
}

type Coded = Pick<PackedBlock, 'values' | 'largeAt' | 'large'> & Omit<BlockSummary, 'sum'>;

/** Bytes for the values; float32 where too many of them are no small whole numbers. */
function codeValues(exact: Float32Array, indices: Uint16Array | Int32Array, columns: number): Coded {
  const bytes = new Uint8Array(exact.length);
  const stored = new Uint32Array(columns);
  const room = Math.ceil(exact.length / FEW);
  const largeAt = new Uint32Array(room);
  const large = new Float32Array(room);
  let [count, bad] = [0, false];
  let fractional: Uint32Array | undefined;
  for (let k = 0; k < exact.length; k++) {
    const value = exact[k]!;
    const byte = value & 255;
    if (value !== 0) stored[indices[k]!]!++;
    bytes[k] = byte;
    if (byte === value && byte !== ESCAPE) continue;
    bytes[k] = ESCAPE;
    if (count < room) {
      largeAt[count] = k;
      large[count] = value;
    }
    count++;
    if (!(value > 0 && value < Infinity)) bad = true;
    else if (value % 1 !== 0) (fractional ??= new Uint32Array(columns))[indices[k]!]!++;
  }
  const none = { largeAt: new Uint32Array(0), large: new Float32Array(0) };
  if (count > room) return { values: exact.slice(), ...none, stored, fractional, bad };
  const few = { largeAt: largeAt.slice(0, count), large: large.slice(0, count) };
  return { values: bytes, ...few, stored, fractional, bad };
}

/** Room for the entries of unpacked blocks, which is used again for each. */
export class Scratch {
  indices = new Int32Array(0);
  values = new Float32Array(0);

  reserve(entries: number): void {
    if (entries <= this.indices.length) return;
    this.indices = new Int32Array(entries);
    this.values = new Float32Array(entries);
  }
}

/** The block as it was before it was packed. Its arrays lie in `scratch` where one is given. */
export function unpack(block: PackedBlock, scratch = new Scratch()): RowBlock {
  const { firstRow, rows, columns, indptr, largeAt, large, summary } = block;
  const entries = block.indices.length;
  scratch.reserve(entries);
  const indices = scratch.indices.subarray(0, entries);
  const values = scratch.values.subarray(0, entries);
  indices.set(block.indices);
  values.set(block.values);
  for (let i = 0; i < largeAt.length; i++) values[largeAt[i]!] = large[i]!;
  const { sum } = summary;
  return { firstRow, rows, columns, indptr, indices, values, ...(sum === undefined ? {} : { sum }) };
}

/** Bytes that the block takes. */
export function packedBytes({ indptr, indices, values, largeAt, large, summary }: PackedBlock): number {
  const lists = [indptr, indices, values, largeAt, large, summary.stored];
  return lists.reduce((sum, list) => sum + list.byteLength, 0);
}

/** Packs a block that is already in order. */
export function packBlock(block: RowBlock): PackedBlock {
  const { firstRow, rows, columns } = block;
  return packRows({ firstRow, rows, columns, ...sparse(block) });
}

function sparse({ indptr, indices, values }: Csr): Pick<LooseRows, 'indptr' | 'indices' | 'values'> {
  return { indptr, indices, values };
}
