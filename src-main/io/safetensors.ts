import { createHash, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { UserError } from '../../src-shared/contract/errors.ts';
import { writeError, writeFileAtomically } from './atomic-write.ts';
import { parseHeader, type TensorEntry } from './safetensors-header.ts';

/** A named array of any shape, row-major. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint8Array;
}

/** What a file holds: its tensors in file order, and text by name. */
export interface TensorFile {
  readonly tensors: Map<string, StoredTensor>;
  readonly metadata: Record<string, string>;
}

/** Bytes written or read at once, so that nothing large is copied whole. */
const pieceSize = 16 * 1024 * 1024;

/**
 * Writes tensors in the safetensors layout (8 bytes of header length, a JSON header, the data), atomically.
 * The checksum, metadata `sha256`, covers the rest of the header and all data.
 * Throws a UserError when the disk is full or the folder cannot be written to.
 */
export async function writeTensors(
  path: string,
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  if ('sha256' in metadata) throw new RangeError('the metadata name sha256 is kept for the checksum');
  const unsigned = describe(tensors, metadata);
  const hash = startHash(unsigned);
  for (const { data } of tensors.values()) for (const piece of pieces(bytesOf(data))) hash.update(piece);
  const header = encodeHeader({ ...unsigned, __metadata__: { ...metadata, sha256: hash.digest('hex') } });
  await writeFileAtomically(path, async (temporary) => {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(header);
      for (const { data } of tensors.values())
        for (const piece of pieces(bytesOf(data))) await handle.writeFile(piece);
    } finally {
      await handle.close();
    }
  });
}

/**
 * Reads a file of {@link writeTensors}. Every size is checked against the file before memory is taken, and the
 * checksum against the content. Throws a UserError when the file is truncated, damaged, or of another kind.
 */
export async function readTensors(path: string): Promise<TensorFile> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? new UserError(`${path} is not there.`, { file: path }, 'input', error)
      : writeError(error, path);
  }
  try {
    return await readFrom(handle, path);
  } finally {
    await handle.close();
  }
}

async function readFrom(handle: FileHandle, path: string): Promise<TensorFile> {
  const fileSize = (await handle.stat()).size;
  const { entries, metadata, raw, dataStart } = await parseHeader(handle, path, fileSize);
  const { sha256, ...rest } = metadata;
  if (sha256 === undefined) {
    throw new UserError(`${path} has no checksum, so it was not written by SpaGene.`, { file: path });
  }
  const hash = startHash({ ...raw, __metadata__: rest });
  const tensors = new Map<string, StoredTensor>();
  for (const entry of entries) {
    const data = allocate(entry);
    let position = dataStart + entry.begin;
    for (const piece of pieces(bytesOf(data))) {
      const { bytesRead } = await handle.read(piece, 0, piece.length, position);
      if (bytesRead !== piece.length) {
        throw new UserError(`${path} was cut short while it was being read.`, { file: path });
      }
      position += bytesRead;
      hash.update(piece);
    }
    tensors.set(entry.name, { shape: entry.shape, data });
  }
  if (hash.digest('hex') !== sha256) {
    throw new UserError(`${path} is damaged: its content does not match its checksum.`, { file: path });
  }
  return { tensors, metadata: rest };
}

function describe(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Readonly<Record<string, string>>,
): Record<string, unknown> {
  let offset = 0;
  const entries: [string, unknown][] = [['__metadata__', { ...metadata }]];
  for (const [name, { shape, data }] of tensors) {
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (size !== data.length || name === '__metadata__') {
      throw new RangeError(`tensor ${name}: shape [${shape.join(', ')}] does not hold ${data.length} values`);
    }
    const dtype = data instanceof Float32Array ? 'F32' : data instanceof Int32Array ? 'I32' : 'U8';
    entries.push([name, { dtype, shape, data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  // fromEntries, not assignment: a name such as __proto__ stays a name.
  return Object.fromEntries(entries);
}

/** The header as JSON, padded with spaces so that the data starts at a multiple of eight. */
function encodeHeader(header: Record<string, unknown>): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const padded = Math.ceil(json.length / 8) * 8;
  const bytes = Buffer.alloc(8 + padded, ' ');
  bytes.writeBigUInt64LE(BigInt(padded));
  json.copy(bytes, 8);
  return bytes;
}

function startHash(unsignedHeader: Record<string, unknown>): Hash {
  return createHash('sha256').update(JSON.stringify(unsignedHeader));
}

function allocate(entry: TensorEntry): StoredTensor['data'] {
  if (entry.dtype === 'F32') return new Float32Array(entry.length);
  return entry.dtype === 'I32' ? new Int32Array(entry.length) : new Uint8Array(entry.length);
}

function bytesOf(data: StoredTensor['data']): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += pieceSize)
    yield bytes.subarray(start, start + pieceSize);
}
