import type { ProcessingOptions } from './processed-domain.ts';

/** Shared genes are exempt from filters only up to this many; above, few cells would survive the next filter. */
export const MOST_EXEMPT_SHARED_GENES = 1000;
/** Columns as 0/1 per column of the file. */
export interface Masks {
  readonly excluded: Uint8Array;
  readonly shared: Uint8Array;
  readonly exempt: Uint8Array;
  readonly sharedExempt: boolean;
}

export function maskOf(columns: ArrayLike<number>, length: number): Uint8Array {
  const mask = new Uint8Array(length);
  for (let i = 0; i < columns.length; i++) mask[columns[i]!] = 1;
  return mask;
}

export function count(mask: Uint8Array): number {
  return mask.reduce((sum, value) => sum + value, 0);
}

export function positionsOf(mask: Uint8Array): Int32Array {
  return Int32Array.from(mask.keys()).filter((column) => mask[column] === 1);
}

export function masksOf(options: ProcessingOptions, length: number): Masks {
  const excluded = maskOf(options.genesExcluded ?? [], length);
  const notExcluded = (value: number, column: number): number => (excluded[column] === 1 ? 0 : value);
  const shared = maskOf(options.sharedColumns, length).map(notExcluded);
  const named = maskOf(options.neverFilter ?? [], length).map(notExcluded);
  const sharedExempt = count(shared) <= MOST_EXEMPT_SHARED_GENES;
  const exempt = named.map((value, column) => (sharedExempt && shared[column] === 1 ? 1 : value));
  return { excluded, shared, exempt, sharedExempt };
}
