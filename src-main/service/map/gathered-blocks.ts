import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StoppedError } from '../../../src-shared/contract/errors.ts';
import { writeError } from '../../io/atomic-write.ts';
import { bytesOf, type TurnedBlock } from '../../io/column-index-block.ts';
import { HeldBlocks, SpilledBlocks, type Blocks } from '../../io/column-index-blocks.ts';

export interface GatherLimits {
  /** Bytes that the turned matrix may take in memory where it is not written to disk. */
  readonly limit: number;
  /** Bytes of it that are held in memory while an index is made. */
  readonly hold: number;
  /** Bytes that stay free on the disk. */
  readonly spare: number | undefined;
}

/** The turned blocks of one matrix: in memory, and, beyond what may be held, on disk where there is an index to be. */
export class GatheredBlocks implements Blocks {
  readonly held = new HeldBlocks();
  /** Bytes of all blocks, the lost ones too. */
  bytes = 0;
  /** The blocks are neither in memory nor on disk (any more). */
  lost = false;
  readonly #columns: number;
  readonly #limits: GatherLimits;
  readonly #refused: (error: unknown) => void;
  #path: string | undefined;
  #spilled: SpilledBlocks | undefined;

  /**
   * @param path of the index that is to be made; undefined when none is
   * @param refused is told why the disk does not take one
   */
  constructor(
    columns: number,
    path: string | undefined,
    limits: GatherLimits,
    refused: (error: unknown) => void,
  ) {
    this.#columns = columns;
    this.#path = path;
    this.#limits = limits;
    this.#refused = refused;
  }

  /** The path of the index to be; undefined when there is to be none, or the disk takes none. */
  get path(): string | undefined {
    return this.#path;
  }

  get length(): number {
    return this.held.length + (this.#spilled?.length ?? 0);
  }

  part(block: number, from: number, to: number): Promise<TurnedBlock> | TurnedBlock {
    if (block < this.held.length) return this.held.part(block, from, to);
    return this.#spilled!.part(block - this.held.length, from, to);
  }

  async add(block: TurnedBlock): Promise<void> {
    this.bytes += bytesOf(block);
    if (this.lost) return;
    const { limit, hold, spare } = this.#limits;
    if (this.#path !== undefined && this.bytes > Math.min(hold, limit)) {
      try {
        if (this.#spilled === undefined) await makeFolderOf(this.#path);
        this.#spilled ??= await SpilledBlocks.create(`${this.#path}.blocks`, spare);
        await this.#spilled.add(block);
        return;
      } catch (error) {
        await this.refuse(error);
      }
    }
    if (this.bytes <= limit) this.held.blocks.push(block);
    else this.#lose();
  }

  /** Goes on without the disk: what lies there comes into memory while it fits. Stopping is no such reason. */
  async refuse(error: unknown): Promise<void> {
    if (error instanceof StoppedError) throw error;
    this.#refused(error);
    this.#path = undefined;
    const spilled = this.#spilled;
    if (spilled === undefined) return;
    if (this.bytes > this.#limits.limit) this.#lose();
    else {
      for (let block = 0; block < spilled.length; block++)
        this.held.blocks.push(await spilled.part(block, 0, this.#columns));
    }
    await this.discard();
  }

  /** Removes what lies on disk. */
  async discard(): Promise<void> {
    const spilled = this.#spilled;
    this.#spilled = undefined;
    await spilled?.discard();
  }

  #lose(): void {
    this.lost = true;
    this.held.blocks.length = 0;
  }
}

/** Its parent is not made: a project that was moved away must not come up again. */
export async function makeFolderOf(path: string): Promise<void> {
  try {
    await mkdir(dirname(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw writeError(error, path);
  }
}
