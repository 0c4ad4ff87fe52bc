import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { objectHeader, rootHeader } from './hdf5-objects.ts';
import type { Bytes, Message } from './hdf5-objects.ts';
import { followPath } from './hdf5-groups.ts';
import type { RawList } from './hdf5-raw.ts';

/** Chunks a list may have; a file with more is read through the library. */
const MAX_CHUNKS = 2 ** 22;
/** Bytes of a chunk, packed or not. */
const MAX_CHUNK_BYTES = 2 ** 28;

const [DATASPACE, DATATYPE, LAYOUT, FILTERS] = [0x01, 0x03, 0x08, 0x0b];
const [DEFLATE, SHUFFLE] = [1, 2];

/**
 * Where the bytes of a one-dimensional dataset stand, from the structures that the HDF5 file format specification
 * (versions 1 to 3) describes. Undefined for whatever is not understood here, which the library then reads: newer
 * layouts, other filters than deflate and shuffle, big-endian or unusual numbers, chunks that were never written.
 */
export function locateList(path: string, name: string): RawList | undefined {
  const file = openSync(path, 'r');
  try {
    const bytes: Bytes = {
      length: fstatSync(file).size,
      read(at, length) {
        const buffer = Buffer.alloc(length);
        if (!(at >= 0) || readSync(file, buffer, 0, length, at) !== length) throw new RangeError('outside');
        return buffer;
      },
    };
    const root = rootHeader(bytes);
    const header = root === undefined ? undefined : followPath(bytes, root, name);
    return header === undefined ? undefined : describe(bytes, objectHeader(bytes, header));
  } catch (error) {
    // Bytes outside the file, or an unknown version: the library is asked, and says what is wrong.
    if (error instanceof RangeError) return undefined;
    throw error;
  } finally {
    closeSync(file);
  }
}

function describe(file: Bytes, messages: readonly Message[]): RawList | undefined {
  const one = (type: number): Buffer | undefined => messages.find((message) => message.type === type)?.data;
  const [space, datatype, layout] = [one(DATASPACE), one(DATATYPE), one(LAYOUT)];
  if (!space || !datatype || !layout) return undefined;
  const length = lengthOf(space);
  const element = elementOf(datatype);
  const filters = filtersOf(one(FILTERS));
  if (length === undefined || element === undefined || filters === undefined) return undefined;
  const list = placesOf(file, layout, length, element.size);
  if (list === undefined) return undefined;
  const packed = filters.deflated || filters.shuffled;
  if (packed && list.chunk * element.size > MAX_CHUNK_BYTES) return undefined;
  for (let i = 0; i < list.at.length; i++) {
    if (!(list.at[i]! + list.stored[i]! <= file.length)) return undefined;
    if (packed ? list.stored[i]! > MAX_CHUNK_BYTES : list.stored[i] !== list.chunk * element.size)
      return undefined;
  }
  return { length, ...element, ...filters, ...list, first: 0 };
}

/** Length of a list; undefined for other shapes. */
function lengthOf(space: Buffer): number | undefined {
  const [version, rank] = [space[0], space[1]];
  if (rank !== 1 || (version !== 1 && version !== 2)) return undefined;
  return Number(space.readBigUInt64LE(version === 1 ? 8 : 4));
}

function elementOf(datatype: Buffer): Pick<RawList, 'kind' | 'size'> | undefined {
  const kind = datatype[0]! & 15;
  const [flags, size] = [datatype[1]!, datatype.readUInt32LE(4)];
  const whole = datatype.readUInt16LE(8) === 0 && datatype.readUInt16LE(10) === size * 8;
  if (!whole || (flags & 1) !== 0) return undefined;
  if (kind === 0 && [1, 2, 4, 8].includes(size))
    return { kind: (flags & 8) !== 0 ? 'integer' : 'unsigned', size };
  const exponent = datatype[13];
  if (kind === 1 && (flags & 64) === 0 && ((size === 4 && exponent === 8) || (size === 8 && exponent === 11)))
    return { kind: 'float', size };
  return undefined;
}

function filtersOf(pipeline: Buffer | undefined): Pick<RawList, 'deflated' | 'shuffled'> | undefined {
  if (pipeline === undefined) return { deflated: false, shuffled: false };
  const [version, count] = [pipeline[0]!, pipeline[1]!];
  if (version !== 1 && version !== 2) return undefined;
  const seen: number[] = [];
  let at = version === 1 ? 8 : 2;
  for (let i = 0; i < count; i++) {
    const id = pipeline.readUInt16LE(at);
    const named = version === 1 || id >= 256;
    const name = named ? pipeline.readUInt16LE(at + 2) : 0;
    const values = pipeline.readUInt16LE(at + (named ? 6 : 4));
    const padding = version === 1 ? (values % 2) * 4 : 0;
    at += (named ? 8 : 6) + (version === 1 ? Math.ceil(name / 8) * 8 : name) + values * 4 + padding;
    seen.push(id);
  }
  const written = seen.join(' ');
  // In the order of writing; another order, or another filter, is left to the library.
  if (!['', `${SHUFFLE}`, `${DEFLATE}`, `${SHUFFLE} ${DEFLATE}`].includes(written)) return undefined;
  return { deflated: seen.includes(DEFLATE), shuffled: seen.includes(SHUFFLE) };
}

type Places = Pick<RawList, 'chunk' | 'at' | 'stored'>;

function placesOf(file: Bytes, layout: Buffer, length: number, size: number): Places | undefined {
  const [version, kind] = [layout[0], layout[1]];
  if (kind === 1 && (version === 3 || version === 4)) {
    const [at, stored] = [Number(layout.readBigUInt64LE(2)), Number(layout.readBigUInt64LE(10))];
    if (length === 0 || stored !== length * size) return undefined;
    return { chunk: length, at: Float64Array.of(at), stored: Float64Array.of(stored) };
  }
  if (version !== 3 || kind !== 2 || layout[2] !== 2) return undefined;
  const chunk = layout.readUInt32LE(11);
  if (layout.readUInt32LE(15) !== size || chunk === 0) return undefined;
  const count = Math.ceil(length / chunk);
  if (count === 0 || count > MAX_CHUNKS) return undefined;
  const places = { chunk, at: new Float64Array(count), stored: new Float64Array(count) };
  const found = readTree(file, Number(layout.readBigUInt64LE(3)), places);
  return found === count ? places : undefined;
}

/** Fills in the chunks that a B-tree (version 1) lists, and returns how many; NaN where one is out of place. */
function readTree(file: Bytes, root: number, { chunk, at, stored }: Places): number {
  let found = 0;
  const waiting = [root];
  // A sound tree has fewer nodes than chunks, but for one level of single children.
  for (let visited = 0; waiting.length > 0; visited++) {
    if (visited > 2 * at.length + 64) return Number.NaN;
    const address = waiting.pop()!;
    const head = file.read(address, 24);
    if (head.toString('latin1', 0, 4) !== 'TREE' || head[4] !== 1) return Number.NaN;
    const [level, used] = [head[5]!, head.readUInt16LE(6)];
    const body = file.read(address + 24, used * 32);
    for (let i = 0; i < used; i++) {
      const child = Number(body.readBigUInt64LE(i * 32 + 24));
      if (level > 0) waiting.push(child);
      else {
        const position = Number(body.readBigUInt64LE(i * 32 + 8)) / chunk;
        const skipped = body.readUInt32LE(i * 32 + 4);
        if (skipped !== 0 || !(position in at) || stored[position] !== 0) return Number.NaN;
        at[position] = child;
        stored[position] = body.readUInt32LE(i * 32);
        found++;
      }
    }
  }
  return found;
}
