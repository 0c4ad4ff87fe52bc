import { closeSync, openSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { readAt } from '../matrix/file-bytes.ts';
import { numbers } from './hdf5-decode.ts';
import type { NumberArray } from './hdf5-protocol.ts';

/**
 * Where the bytes of a plain list of numbers stand in a file, so that they can be read and unpacked without the HDF5
 * library: natively, and by several threads at once.
 */
export interface RawList {
  /** Elements of the list, bytes of one, and what they are (little-endian). */
  readonly length: number;
  readonly size: number;
  readonly kind: 'float' | 'integer' | 'unsigned';
  /** Elements of a chunk; the whole list where it lies in one piece. */
  readonly chunk: number;
  /** Number of the first chunk that is listed here. */
  readonly first: number;
  /** Place and stored bytes of each chunk, from `first` on. */
  readonly at: Float64Array;
  readonly stored: Float64Array;
  readonly deflated: boolean;
  readonly shuffled: boolean;
}

/** The part of a list that elements `from` … `to` − 1 need. */
export function listPart(list: RawList, from: number, to: number): RawList {
  const first = Math.floor(from / list.chunk);
  const [start, end] = [first - list.first, Math.ceil(to / list.chunk) - list.first];
  return { ...list, first, at: list.at.slice(start, end), stored: list.stored.slice(start, end) };
}

/** Memory that is filled again and again: fresh memory costs as much as reading does. */
export class Room {
  #buffer = new ArrayBuffer(0);

  bytes(length: number): Uint8Array<ArrayBuffer> {
    if (this.#buffer.byteLength < length) this.#buffer = new ArrayBuffer(length);
    return new Uint8Array(this.#buffer, 0, length);
  }
}

/**
 * Reads elements `from` … `to` − 1, into `room` where the caller is done with them before it reads into that again.
 * Throws where the file ends early or a chunk cannot be unpacked.
 */
export function readList(path: string, list: RawList, from: number, to: number, room?: Room): NumberArray {
  const length = (to - from) * list.size;
  const bytes = room?.bytes(length) ?? new Uint8Array(length);
  const file = openSync(path, 'r');
  try {
    const first = Math.floor(from / list.chunk);
    for (let chunk = first; chunk * list.chunk < to; chunk++) {
      const start = Math.max(from, chunk * list.chunk);
      const end = Math.min(to, (chunk + 1) * list.chunk);
      const target = bytes.subarray((start - from) * list.size, (end - from) * list.size);
      readChunk(file, list, chunk, (start - chunk * list.chunk) * list.size, target);
    }
  } finally {
    closeSync(file);
  }
  return numbers(bytes, { size: list.size, signed: list.kind === 'integer' }, list.kind === 'float');
}

/** Fills `target` with the bytes of one chunk from `skip` on. */
function readChunk(file: number, list: RawList, chunk: number, skip: number, target: Uint8Array): void {
  const at = list.at[chunk - list.first]!;
  if (!list.deflated && !list.shuffled) {
    readFully(file, target, at + skip);
    return;
  }
  const packed = new Uint8Array(list.stored[chunk - list.first]!);
  readFully(file, packed, at);
  const bytes = list.chunk * list.size;
  const plain = list.deflated ? inflate(packed, bytes) : packed;
  if (plain.length !== bytes) throw new Error('a chunk of the wrong length');
  target.set((list.shuffled ? unshuffled(plain, list.size) : plain).subarray(skip, skip + target.length));
}

function inflate(packed: Uint8Array, bytes: number): Uint8Array {
  // A little more room than is needed, since zlib takes another buffer when one is exactly full.
  return inflateSync(packed, { chunkSize: Math.max(64, bytes + 64), maxOutputLength: bytes + 64 });
}

function readFully(file: number, target: Uint8Array, position: number): void {
  if (!readAt(file, target, position)) throw new Error('the file ends early');
}

/** Undoes HDF5's shuffle: first bytes of all elements stand first, then all second ones, and so on. */
function unshuffled(bytes: Uint8Array, size: number): Uint8Array {
  const result = new Uint8Array(bytes.length);
  const count = bytes.length / size;
  for (let byte = 0; byte < size; byte++)
    for (let i = 0, to = byte, from = byte * count; i < count; i++, to += size) result[to] = bytes[from + i]!;
  return result;
}
