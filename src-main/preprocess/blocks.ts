import { throwIfStopped } from '../../src-shared/contract/errors.ts';
import type { StopSignal } from '../../src-shared/contract/errors.ts';
import type { MatrixSource, RowBlock } from '../matrix/csr.ts';

/** Blocks up to this many bytes together are kept in memory after the first pass. */
const REMEMBERED_BYTES = 256 * 2 ** 20;

/**
 * One pass over the matrix. Between blocks it lets the event loop turn, so that other calls are answered and a
 * stop arrives. Throws StoppedError when the signal says so.
 */
export async function eachBlock(
  source: MatrixSource,
  signal: StopSignal | undefined,
  visit: (block: RowBlock) => void,
): Promise<void> {
  throwIfStopped(signal);
  for await (const block of source.blocks(signal)) {
    visit(block);
    await new Promise<void>((resolve) => setImmediate(resolve));
    throwIfStopped(signal);
  }
}

function bytesOf(block: RowBlock): number {
  return block.indptr.byteLength + block.indices.byteLength + block.values.byteLength;
}

const alreadyRemembered = new WeakSet<MatrixSource>();

/**
 * The same matrix, which keeps its blocks in memory after the first whole pass if they are at most `limit` bytes
 * together: processing passes over it several times, and parsing text again is what would take the time.
 */
export function remembered(source: MatrixSource, limit = REMEMBERED_BYTES): MatrixSource {
  if (alreadyRemembered.has(source)) return source;
  let kept: readonly RowBlock[] | undefined;
  async function* blocks(signal?: StopSignal): AsyncGenerator<RowBlock> {
    if (kept !== undefined) {
      yield* kept;
      return;
    }
    const seen: RowBlock[] = [];
    let bytes = 0;
    for await (const block of source.blocks(signal)) {
      bytes += bytesOf(block);
      // Copies, since a reader may fill the same arrays again.
      if (bytes <= limit) seen.push(copyOf(block));
      else seen.length = 0;
      yield block;
    }
    if (bytes <= limit) kept = seen;
  }
  const result = {
    file: source.file,
    element: source.element,
    rows: source.rows,
    columns: source.columns,
    ...(source.entries === undefined ? {} : { entries: source.entries }),
    blocks,
  };
  alreadyRemembered.add(result);
  return result;
}

function copyOf(block: RowBlock): RowBlock {
  const { indptr, indices, values } = block;
  return { ...block, indptr: indptr.slice(), indices: indices.slice(), values: values.slice() };
}
