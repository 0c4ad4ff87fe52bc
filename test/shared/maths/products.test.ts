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
