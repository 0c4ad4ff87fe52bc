import type { Result } from './hdf5-protocol.ts';

/** The buffers of a reply that can change hands instead of being copied. */
export function buffersOf(result: Result | undefined): ArrayBuffer[] {
  if (result?.kind === 'numbers') return [result.values.buffer as ArrayBuffer];
  if (result?.kind === 'rows') {
    const { indptr, indices, values, largeAt, large, summary } = result.block;
    return [indptr, indices, values, largeAt, large, summary.stored].map(
      ({ buffer }) => buffer as ArrayBuffer,
    );
  }
  if (result?.kind !== 'table') return [];
  return result.columns.flatMap((column) =>
    column.values instanceof Float64Array ? [column.values.buffer as ArrayBuffer] : [],
  );
}
