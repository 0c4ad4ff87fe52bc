import { expect, it } from 'vitest';
import { plainProducts } from '../../../src-main/analysis/transposed-products.ts';

it('aᵀ b of three rows by hand', () => {
  const a = Float32Array.of(1, 2, 0, 1, 3, -1);
  const b = Float32Array.of(1, 0, 2, 4, 5, 6, -1, 1, 0);
  // Columns of a: (1, 0, 3) and (2, 1, −1).
  expect([...plainProducts.transposedTimes(a, 3, 2, b, 3)]).toEqual([-2, 3, 2, 7, 4, 10]);
});
