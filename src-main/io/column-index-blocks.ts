import { open, statfs, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import { createPending, writeError, type PendingFile } from './atomic-write.ts';
import { bytesOf, valuesOf, type TurnedBlock, type Values, type Width } from './column-index-block.ts';

/** Bytes that are left free on the disk, for work that needs them. */
export const SPARE_BYTES = 2 ** 30;

/** Turned blocks of a matrix in order. */
export interface Blocks {
  readonly length: number;
  /** The genes from … to − 1 of one block; their starts count from 0 again. */
  part(block: number, from: number, to: number): Promise<TurnedBlock> | TurnedBlock;
}

/** Blocks in memory. */
export class HeldBlocks implements Blocks {
  readonly blocks: TurnedBlock[] = [];

  get length(): number {
    return this.blocks.length;
  }

  part(block: number, from: number, to: number): TurnedBlock {
    const { starts, gapStarts, values, gaps } = this.blocks[block]!;
    return {
      starts: starts.slice(from, to + 1).map((start) => start - starts[from]!),
      gapStarts: gapStarts.slice(from, to + 1).map((start) => start - gapStarts[from]!),
      values: values.subarray(starts[from], starts[to]),
      gaps: gaps.subarray(gapStarts[from], gapStarts[to]),
    };
  }
}

interface Placed {
  readonly position: number;
  readonly columns: number;
  readonly width: Width;
  readonly entries: number;
}

/**
 * Blocks on disk, for as long as an index is made of them; a temporary file that `discard` removes, or, after a
 * crash, the next one that is made for the same path.
 */
export class SpilledBlocks implements Blocks {
  readonly #path: string;
  readonly #spare: number;
  readonly #pending: PendingFile;
  readonly #file: FileHandle;
  readonly #placed: Placed[] = [];
  #end = 0;

  private constructor(path: string, spare: number, pending: PendingFile, file: FileHandle) {
    this.#path = path;
    this.#spare = spare;
    this.#pending = pending;
    this.#file = file;
  }

  /** Throws a UserError when the folder cannot be written to. */
  static async create(path: string, spare = SPARE_BYTES): Promise<SpilledBlocks> {
    const pending = await createPending(path);
    return new SpilledBlocks(path, spare, pending, await open(pending.temporary, 'r+'));
  }

  get length(): number {
    return this.#placed.length;
  }

  /** Throws a UserError when the disk is full, or would be too full with the index that is made of the blocks. */
  async add(block: TurnedBlock): Promise<void> {
    const { starts, gapStarts, values, gaps } = block;
    await checkSpace(this.#path, this.#end + 2 * bytesOf(block), this.#spare);
    const placed = { position: this.#end, columns: starts.length - 1, entries: values.length };
    try {
      for (const part of [starts, gapStarts, values, gaps]) {
        await writeAt(this.#file, part, this.#end);
        this.#end += part.byteLength;
      }
    } catch (error) {
      throw writeError(error, this.#path);
    }
    this.#placed.push({ ...placed, width: values.BYTES_PER_ELEMENT as Width });
  }

  async part(block: number, from: number, to: number): Promise<TurnedBlock> {
    const { position, columns, width, entries } = this.#placed[block]!;
    const list = 4 * (columns + 1);
    const [starts, gapStarts] = [new Uint32Array(to - from + 1), new Uint32Array(to - from + 1)];
    await readAt(this.#file, starts, position + 4 * from);
    await readAt(this.#file, gapStarts, position + list + 4 * from);
    const [first, firstGap] = [starts[0]!, gapStarts[0]!];
    const values = new valuesOf[width](starts[to - from]! - first);
    const gaps = new Uint8Array(gapStarts[to - from]! - firstGap);
    await readAt(this.#file, values, position + 2 * list + width * first);
    await readAt(this.#file, gaps, position + 2 * list + width * entries + firstGap);
    return {
      starts: starts.map((start) => start - first),
      gapStarts: gapStarts.map((start) => start - firstGap),
      values,
      gaps,
    };
  }

  async discard(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await this.#pending.discard().catch(() => undefined);
  }
}

/** Throws a UserError when the disk that holds `path` has no `bytes` to spare. */
export async function checkSpace(path: string, bytes: number, spare = SPARE_BYTES): Promise<void> {
  // Some file systems do not tell; then the writing does.
  const disk = await statfs(dirname(path)).catch(() => undefined);
  if (disk === undefined || disk.blocks === 0 || disk.bavail * disk.bsize - bytes >= spare) return;
  throw new UserError(`The disk of ${dirname(path)} is nearly full.`, { file: path });
}

export async function writeAt(file: FileHandle, data: Values | Uint32Array, position: number): Promise<void> {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  for (let at = 0; at < bytes.length;) {
    at += (await file.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
  }
}

/** Fills `into`. Throws an Error where the file ends before. */
export async function readAt(file: FileHandle, into: Values | Uint32Array, position: number): Promise<void> {
  const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, position + at);
    if (bytesRead === 0) throw new Error('the file ends too early');
    at += bytesRead;
  }
}
