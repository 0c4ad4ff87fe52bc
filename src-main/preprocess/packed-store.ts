import { packedBytes } from '../matrix/packed.ts';
import type { PackedBlock } from '../matrix/packed.ts';
import { ScratchFile } from './scratch-file.ts';
import type { SpilledBlock } from './scratch-file.ts';

/** Packed blocks in the order in which they were added: the first `limit` bytes in memory, the others on the disk. */
export class PackedStore {
  readonly #limit: number;
  readonly #folder: string | undefined;
  #inMemory: PackedBlock[] = [];
  #spilled: SpilledBlock[] = [];
  #scratch: ScratchFile | undefined;
  #bytes = 0;
  #full = false;

  /** `folder` is where the scratch file goes; the system's folder for temporary files unless it is given. */
  constructor(limit: number, folder?: string) {
    this.#limit = limit;
    this.#folder = folder;
  }

  /** Whether the disk had no room, so that nothing is kept. */
  get full(): boolean {
    return this.#full;
  }

  get bytesInMemory(): number {
    return this.#bytes;
  }

  get blocksOnDisk(): number {
    return this.#spilled.length;
  }

  add(block: PackedBlock): void {
    if (this.#full) return;
    const bytes = packedBytes(block);
    if (this.#spilled.length === 0 && this.#bytes + bytes <= this.#limit) {
      this.#inMemory.push(block);
      this.#bytes += bytes;
      return;
    }
    try {
      this.#scratch ??= new ScratchFile(this.#folder);
      this.#spilled.push(this.#scratch.write(block));
    } catch {
      // The disk is full or not to be written to; without the store the work takes longer, but it is done.
      this.clear();
      this.#full = true;
    }
  }

  *blocks(): Generator<PackedBlock> {
    yield* this.#inMemory;
    for (const block of this.#spilled) yield this.#scratch!.read(block);
  }

  clear(): void {
    this.#inMemory = [];
    this.#spilled = [];
    this.#bytes = 0;
    this.#scratch?.close();
    this.#scratch = undefined;
  }
}
