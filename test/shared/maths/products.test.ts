import { expect, it } from 'vitest';
import { plainProducts } from '../../../src-shared/maths/products.ts';

it.each([
  [1, 1, 1],
  [3, 5, 2],
  [4, 8, 7],
  [5, 3, 0],
])('A Bᵀ of %i and %i rows, %i inside', (aRows, bRows, inner) => {
  const a = Float32Array.from({ length: aRows * inner }, (_, i) => (i * 7) % 11);
  const b = Float32Array.from({ length: bRows * inner }, (_, i) => (i * 5) % 13);
  const product = plainProducts.times(a, aRows, b, bRows, inner);
  expect(product).toHaveLength(aRows * bRows);
  for (let i = 0; i < aRows; i++) {
    for (let j = 0; j < bRows; j++) {
      let sum = 0;
      for (let t = 0; t < inner; t++) sum += a[i * inner + t]! * b[j * inner + t]!;
      expect(product[i * bRows + j]).toBe(sum);
    }
  }
});

it('Aᵀ B of three rows by hand', () => {
  const a = Float32Array.of(1, 2, 0, 1, 3, -1);
  const b = Float32Array.of(1, 0, 2, 4, 5, 6, -1, 1, 0);
  // Columns of A: (1, 0, 3) and (2, 1, −1).
  expect([...plainProducts.transposedTimes(a, 3, 2, b, 3)]).toEqual([-2, 3, 2, 7, 4, 10]);
});
