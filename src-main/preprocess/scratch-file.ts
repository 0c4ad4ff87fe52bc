import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAt, writeAt } from '../matrix/file-bytes.ts';
import type { PackedBlock } from '../matrix/packed.ts';

/** A list on the disk: where it starts, and how many elements it has. */
interface Stored {
  readonly at: number;
  readonly length: number;
}

type ListName = 'indptr' | 'indices' | 'values' | 'largeAt' | 'large';
const LISTS: readonly ListName[] = ['indptr', 'indices', 'values', 'largeAt', 'large'];

/** A packed block whose lists lie in a scratch file. */
export interface SpilledBlock {
  readonly block: PackedBlock;
  readonly lists: Readonly<Record<ListName, Stored>>;
}

// A file that was forgotten is closed with the object that owned it.
const forgotten = new FinalizationRegistry<() => void>((close) => {
  close();
});

/**
 * Packed blocks in a file of the system's folder for temporary files. The file loses its name at once where the
 * system allows that, so that nothing stays behind, whatever happens to the process.
 */
export class ScratchFile {
  readonly #close: () => void;
  readonly #file: number;
  #end = 0;

  constructor(folder = tmpdir()) {
    const own = mkdtempSync(join(folder, 'spagene-scratch-'));
    const file = openSync(join(own, 'blocks'), 'wx+');
    const remove = (): void => rmSync(own, { recursive: true, force: true });
    if (process.platform !== 'win32') remove();
    let open = true;
    this.#file = file;
    this.#close = () => {
      if (!open) return;
      open = false;
      closeSync(file);
      remove();
    };
    forgotten.register(this, this.#close, this);
  }

  /** Throws what the system says, such as that the disk is full. */
  write(block: PackedBlock): SpilledBlock {
    const lists = Object.fromEntries(LISTS.map((name) => [name, this.#append(block[name])]));
    // What stays in memory are the numbers and the kinds of the lists.
    const empty = Object.fromEntries(LISTS.map((name) => [name, block[name].slice(0, 0)]));
    return { block: { ...block, ...empty }, lists: lists as Record<ListName, Stored> };
  }

  read({ block, lists }: SpilledBlock): PackedBlock {
    const { indices, values, largeAt, large } = block;
    return {
      ...block,
      indptr: this.#fill(new Float64Array(lists.indptr.length), lists.indptr),
      indices: this.#fill(like(indices, lists.indices.length), lists.indices),
      values: this.#fill(like(values, lists.values.length), lists.values),
      largeAt: this.#fill(like(largeAt, lists.largeAt.length), lists.largeAt),
      large: this.#fill(like(large, lists.large.length), lists.large),
    };
  }

  close(): void {
    forgotten.unregister(this);
    this.#close();
  }

  #append(list: ArrayBufferView & { readonly length: number }): Stored {
    const stored = { at: this.#end, length: list.length };
    writeAt(this.#file, list, this.#end);
    this.#end += list.byteLength;
    return stored;
  }

  #fill<T extends ArrayBufferView>(list: T, { at }: Stored): T {
    if (!readAt(this.#file, list, at)) throw new Error('the scratch file ends early');
    return list;
  }
}

/** A list of the same kind, of another length. */
function like<T extends Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array>(
  list: T,
  length: number,
): T {
  return new (list.constructor as new (length: number) => T)(length);
}
