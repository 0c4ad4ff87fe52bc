import { expect } from 'vitest';
import type { BackendName } from '../../../src-main/backend/select.ts';
import { hasKernels } from '../kernels.ts';
import type { Deviation } from './deviation.ts';

/** Backends of this process on which golden numbers are checked, those that every machine has. */
export const goldenBackends: readonly BackendName[] = [
  'wasm',
  'cpu',
  ...(hasKernels ? (['blas'] as const) : []),
];

/** All within their limits, and at least so many of them. */
export function expectWithin(found: readonly Deviation[], least: number): void {
  expect(found.length).toBeGreaterThanOrEqual(least);
  expect(found.filter(({ error, limit }) => !(error < limit))).toEqual([]);
}
