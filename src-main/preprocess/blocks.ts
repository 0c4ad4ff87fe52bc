import { throwIfStopped } from '../../src-shared/contract/errors.ts';
import type { StopSignal } from '../../src-shared/contract/errors.ts';
import type { MatrixSource, RowBlock } from '../matrix/csr.ts';
import { packBlock, Scratch, unpack } from '../matrix/packed.ts';
import type { PackedBlock } from '../matrix/packed.ts';
import { PackedStore } from './packed-store.ts';

/** Packed blocks up to this many bytes together stay in memory after the first pass; the others go to the disk. */
const REMEMBERED_BYTES = 768 * 2 ** 20;

/**
 * One pass over the matrix. Between blocks it lets the event loop turn, so that other calls are answered and a
 * stop arrives. The arrays of a block may be filled again for the next one. Throws StoppedError when the signal
 * says so.
 */
export function eachBlock(
  source: MatrixSource,
  signal: StopSignal | undefined,
  visit: (block: RowBlock) => void,
): Promise<void> {
  return each(source.blocks(signal), signal, visit);
}

/** The same with packed blocks, and so with what was counted while they were packed. */
export function eachPacked(
  source: MatrixSource,
  signal: StopSignal | undefined,
  visit: (block: PackedBlock) => void,
): Promise<void> {
  return each(packedOf(source, signal), signal, visit);
}

async function each<T>(
  blocks: AsyncIterable<T>,
  signal: StopSignal | undefined,
  visit: (block: T) => void,
): Promise<void> {
  throwIfStopped(signal);
  for await (const block of blocks) {
    visit(block);
    await new Promise<void>((resolve) => setImmediate(resolve));
    throwIfStopped(signal);
  }
}

async function* packedOf(source: MatrixSource, signal?: StopSignal): AsyncGenerator<PackedBlock> {
  if (source.packed !== undefined) yield* source.packed(signal);
  else for await (const block of source.blocks(signal)) yield packBlock(block);
}

/** A source whose blocks are kept; `forget` lets them go, and the next pass reads the file again. */
export interface RememberedSource extends MatrixSource {
  packed(signal?: StopSignal): AsyncIterable<PackedBlock>;
  forget(): void;
}

const rememberedSources = new WeakSet<MatrixSource>();

function isRemembered(source: MatrixSource): source is RememberedSource {
  return rememberedSources.has(source);
}

/**
 * The same matrix, which keeps its blocks after the first whole pass, packed: up to `limit` bytes in memory, the rest
 * in a scratch file. Processing passes over it several times, and what would take the time is to read, unpack or
 * parse the file again. Where the disk has no room it is read again after all. Zeros in the file are left out.
 */
export function remembered(source: MatrixSource, limit = REMEMBERED_BYTES): RememberedSource {
  if (isRemembered(source)) return source;
  let kept: PackedStore | undefined;
  async function* packed(signal?: StopSignal): AsyncGenerator<PackedBlock> {
    if (kept !== undefined) {
      yield* kept.blocks();
      return;
    }
    const store = new PackedStore(limit);
    try {
      for await (const block of packedOf(source, signal)) {
        store.add(block);
        yield block;
      }
      if (!store.full) kept = store;
    } finally {
      if (kept !== store) store.clear();
    }
  }
  const { file, element, rows, columns, entries } = source;
  const result: RememberedSource = {
    ...{ file, element, rows, columns },
    ...(entries === undefined ? {} : { entries }),
    packed,
    async *blocks(signal) {
      const scratch = new Scratch();
      for await (const block of packed(signal)) yield unpack(block, scratch);
    },
    forget() {
      kept?.clear();
      kept = undefined;
    },
  };
  rememberedSources.add(result);
  return result;
}
