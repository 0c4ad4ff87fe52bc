import { closeSync, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredRows } from '../matrix/dense.ts';
import { readAt, writeAt } from '../matrix/file-bytes.ts';
import { roomInMemory, type MakeRoom, type MatrixRoom } from '../matrix/row-sink.ts';
import { createPending, writeError, type PendingFile } from './atomic-write.ts';

/** Larger matrices are kept on disk. */
const LARGEST_IN_MEMORY = 256 * 2 ** 20;
/** What may hold the limit in bytes, for tests and for machines with little or much memory. */
export const MEMORY_LIMIT_VARIABLE = 'SPAGENE_MATRIX_BYTES';

/**
 * Scratch files for processed matrices that are too large for memory: float32, row-major, in a folder of the run.
 * They go with `close`, or with the process where the system lets go of an open file's name; what a killed process
 * left elsewhere goes when the next one makes its own.
 */
export class ScratchFolder {
  readonly #folder: string;
  readonly #limit: number;
  readonly #files: ScratchFile[] = [];
  readonly #pending: PendingFile[] = [];

  private constructor(folder: string, limit: number) {
    [this.#folder, this.#limit] = [folder, limit];
  }

  /** Also removes what a killed process left there. Throws a UserError when the folder cannot be written to. */
  static async open(folder: string, limit = memoryLimit()): Promise<ScratchFolder> {
    const scratch = new ScratchFolder(folder, limit);
    // Two matrices a run; names without content cost nothing where both fit into memory.
    for (let i = 0; i < 2; i++) scratch.#pending.push(await createPending(join(folder, `matrix-${i}`)));
    return scratch;
  }

  /** Room in memory, or above the limit in a file. */
  readonly room: MakeRoom = (rows, columns) => {
    if (rows * columns * Float32Array.BYTES_PER_ELEMENT <= this.#limit) return roomInMemory(rows, columns);
    const i = this.#files.length;
    const pending = this.#pending[i];
    if (pending === undefined) throw new RangeError('no more than two matrices have a scratch file');
    const file = new ScratchFile(pending.temporary, join(this.#folder, `matrix-${i}`), rows, columns);
    this.#files.push(file);
    forgetName(pending.temporary);
    return file;
  };

  async close(): Promise<void> {
    for (const file of this.#files) file.close();
    for (const pending of this.#pending) await pending.discard().catch(() => undefined);
  }
}

/** An open file without a name goes with its process, however that ends. */
function forgetName(path: string): void {
  try {
    if (process.platform !== 'win32') unlinkSync(path);
  } catch {
    // Then it goes at the end.
  }
}

function memoryLimit(): number {
  const asked = Number(process.env[MEMORY_LIMIT_VARIABLE]);
  return Number.isFinite(asked) && asked > 0 ? asked : LARGEST_IN_MEMORY;
}

/** A matrix in a file; its rows lie in the system's cache for as long as there is room, and count as nobody's. */
export class ScratchFile implements MatrixRoom<StoredRows>, StoredRows {
  readonly rows: number;
  readonly columns: number;
  readonly #name: string;
  readonly #descriptor: number;
  #open = true;

  constructor(path: string, name: string, rows: number, columns: number) {
    [this.#name, this.rows, this.columns] = [name, rows, columns];
    try {
      this.#descriptor = openSync(path, 'r+');
    } catch (error) {
      throw writeError(error, name);
    }
  }

  write(firstRow: number, values: Float32Array): void {
    try {
      writeAt(this.#descriptor, values, this.#at(firstRow));
    } catch (error) {
      throw writeError(error, this.#name);
    }
  }

  read(first: number, count: number): Float32Array {
    const values = new Float32Array(count * this.columns);
    try {
      if (!readAt(this.#descriptor, values, this.#at(first)))
        throw new Error(`${this.#name} ends before row ${first + count}`);
    } catch (error) {
      throw writeError(error, this.#name);
    }
    return values;
  }

  matrix(): StoredRows {
    return this;
  }

  close(): void {
    if (this.#open) closeSync(this.#descriptor);
    this.#open = false;
  }

  #at(row: number): number {
    return row * this.columns * Float32Array.BYTES_PER_ELEMENT;
  }
}
