import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { BlockTurner } from './column-index-block.ts';
import { readAt } from './column-index-blocks.ts';

/** What an index is of. */
export interface IndexedMatrix {
  /** Says which data they are: another identity is another matrix. */
  readonly identity: string;
  readonly rows: number;
  readonly columns: number;
}

/** `SPGI`; then the version, which also changes when a reader comes to read the same file otherwise. */
const MAGIC = 0x49_47_50_53;
const VERSION = 1;
/** Magic, version, bytes and checksum of what follows: 32 bits each. */
const PREFIX = 16;
/** No head of a real matrix comes near: 32 bytes a gene. */
const MAX_HEAD = 2 ** 28;

/**
 * The beginning of an index: magic, version, length and checksum, the matrix as JSON (its length before it), then one
 * list after the other, with one number for each gene. Numbers stand as the machine has them, the low byte first.
 */
export interface Head {
  readonly rows: number;
  /** Where each gene lies: its values, rounded up to four bytes, then its gaps. */
  readonly offsets: Float64Array;
  readonly counts: Uint32Array;
  readonly gapBytes: Uint32Array;
  readonly widths: Uint32Array;
  readonly checks: Uint32Array;
  readonly mean: Float32Array;
  readonly detected: Float32Array;
  /** Bytes of the whole file. */
  readonly end: number;
}

/**
 * Places every gene. `seal` gives the bytes of the head, when the checksums of the genes are in.
 * @param lengths bytes that each gene takes
 */
export function layOut(
  matrix: IndexedMatrix,
  turner: BlockTurner,
  lengths: Float64Array,
): { readonly head: Head; readonly seal: () => Uint32Array } {
  const text = new TextEncoder().encode(about(matrix));
  const buffer = new ArrayBuffer(PREFIX + 8 + roomFor8(text.length) + bytesPerGene * matrix.columns);
  const [words, bytes] = [new Uint32Array(buffer), new Uint8Array(buffer)];
  words[4] = text.length;
  bytes.set(text, PREFIX + 8);
  const lists = listsIn(buffer, PREFIX + 8 + roomFor8(text.length), matrix.columns);
  let end = buffer.byteLength;
  lengths.forEach((length, gene) => {
    lists.offsets[gene] = end;
    end += length;
  });
  lists.counts.set(turner.counts);
  lists.gapBytes.set(turner.gapBytes);
  lists.widths.set(turner.widths);
  const { mean, detected } = turner.statistics(matrix.rows);
  lists.mean.set(mean);
  lists.detected.set(detected);
  const seal = (): Uint32Array => {
    words.set([MAGIC, VERSION, buffer.byteLength, crc32(bytes.subarray(PREFIX))]);
    return words;
  };
  return { head: { rows: matrix.rows, ...lists, end }, seal };
}

/** Undefined when the file is no index, a damaged one, or one of another matrix. Throws an Error where it ends too early. */
export async function parseHead(file: FileHandle, matrix: IndexedMatrix): Promise<Head | undefined> {
  const prefix = new Uint32Array(PREFIX / 4);
  await readAt(file, prefix, 0);
  const [magic, version, length, check] = prefix as unknown as [number, number, number, number];
  if (magic !== MAGIC || version !== VERSION || length > MAX_HEAD || length % 8 !== 0) return undefined;
  const bytes = new Uint8Array(length);
  await readAt(file, bytes, 0);
  if (crc32(bytes.subarray(PREFIX)) !== check) return undefined;
  const textBytes = new Uint32Array(bytes.buffer)[4]!;
  const text = new TextDecoder().decode(bytes.subarray(PREFIX + 8, PREFIX + 8 + textBytes));
  const start = PREFIX + 8 + roomFor8(textBytes);
  if (text !== about(matrix) || start + bytesPerGene * matrix.columns !== length) return undefined;
  const lists = listsIn(bytes.buffer, start, matrix.columns);
  const last = matrix.columns - 1;
  const end =
    last < 0
      ? length
      : lists.offsets[last]! +
        roomFor4(roomFor4(lists.counts[last]! * lists.widths[last]!) + lists.gapBytes[last]!);
  return { rows: matrix.rows, ...lists, end };
}

const bytesPerGene = 32;
const roomFor4 = (bytes: number): number => Math.ceil(bytes / 4) * 4;
const roomFor8 = (bytes: number): number => Math.ceil(bytes / 8) * 8;

function listsIn(buffer: ArrayBuffer, start: number, columns: number): Omit<Head, 'rows' | 'end'> {
  const list = (i: number): [ArrayBuffer, number, number] => [buffer, start + (8 + 4 * i) * columns, columns];
  return {
    offsets: new Float64Array(buffer, start, columns),
    counts: new Uint32Array(...list(0)),
    gapBytes: new Uint32Array(...list(1)),
    widths: new Uint32Array(...list(2)),
    checks: new Uint32Array(...list(3)),
    mean: new Float32Array(...list(4)),
    detected: new Float32Array(...list(5)),
  };
}

function about({ identity, rows, columns }: IndexedMatrix): string {
  return JSON.stringify({ identity, rows, columns });
}
