import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../../src-shared/contract/errors.ts';

/** One tensor of the header; `begin` counts bytes from the start of the data. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: 'F32' | 'I32' | 'U8';
  readonly shape: readonly number[];
  readonly begin: number;
  /** Number of values. */
  readonly length: number;
}

export interface ParsedHeader {
  /** In file order. */
  readonly entries: readonly TensorEntry[];
  readonly metadata: Readonly<Record<string, string>>;
  /** The header as it stands, for the checksum. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly dataStart: number;
}

/** The reference implementation's limit on the header, too. */
const largestHeader = 100_000_000;
const size = z.number().int().nonnegative();
const tensorSchema = z.strictObject({
  dtype: z.enum(['F32', 'I32', 'U8']),
  shape: z.array(size).max(16),
  data_offsets: z.tuple([size, size]),
});
const metadataSchema = z.record(z.string(), z.string());
const bytesPer = { F32: 4, I32: 4, U8: 1 } as const;

/**
 * Reads and checks a safetensors header against the size of its file: known types, no gaps, no overlaps, and an
 * end that is the file's end. Throws a UserError otherwise.
 */
export async function parseHeader(handle: FileHandle, path: string, fileSize: number): Promise<ParsedHeader> {
  const { raw, dataStart } = await readJson(handle, path, fileSize);
  const entries: TensorEntry[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (name !== '__metadata__') entries.push(parseEntry(path, name, value));
    else metadata = metadataSchema.safeParse(value).data ?? foreign(path, 'its metadata is not text by name');
  }
  entries.sort((a, b) => a.begin - b.begin || a.length - b.length);
  let end = 0;
  for (const entry of entries) {
    if (entry.begin !== end)
      foreign(path, `tensor ${entry.name} does not start where the one before it ends`);
    end += entry.length * bytesPer[entry.dtype];
  }
  if (dataStart + end > fileSize) {
    throw new UserError(`${path} is truncated: it has ${fileSize} bytes of ${dataStart + end}.`, {
      file: path,
    });
  }
  if (dataStart + end < fileSize) foreign(path, `${fileSize - dataStart - end} bytes follow the last tensor`);
  return { entries, metadata, raw, dataStart };
}

async function readJson(
  handle: FileHandle,
  path: string,
  fileSize: number,
): Promise<{ raw: Record<string, unknown>; dataStart: number }> {
  const start = Buffer.alloc(8);
  if ((await handle.read(start, 0, 8, 0)).bytesRead < 8) foreign(path, `it has only ${fileSize} bytes`);
  const length = start.readBigUInt64LE();
  if (length < 2n || length > largestHeader) foreign(path, 'it does not begin with the length of a header');
  const dataStart = 8 + Number(length);
  if (dataStart > fileSize) {
    throw new UserError(`${path} is truncated: it ends inside its header.`, { file: path });
  }
  const json = Buffer.alloc(Number(length));
  await handle.read(json, 0, json.length, 8);
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    foreign(path, 'its header is not JSON');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    foreign(path, 'its header is not a JSON object');
  }
  return { raw: parsed as Record<string, unknown>, dataStart };
}

function parseEntry(path: string, name: string, value: unknown): TensorEntry {
  const parsed = tensorSchema.safeParse(value);
  if (!parsed.success) foreign(path, `tensor ${name} is described in a way that SpaGene does not write`);
  const { dtype, shape, data_offsets: offsets } = parsed.data;
  const length = shape.reduce((product, extent) => product * extent, 1);
  if (length * bytesPer[dtype] !== offsets[1] - offsets[0]) {
    foreign(path, `the shape of tensor ${name} does not fit its bytes`);
  }
  return { name, dtype, shape, begin: offsets[0], length };
}

function foreign(path: string, why: string): never {
  throw new UserError(`${path} is not a tensor file of SpaGene, or it is damaged: ${why}.`, { file: path });
}
