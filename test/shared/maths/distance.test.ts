import { expect, it } from 'vitest';
import { squaredDistance } from '../../../src-shared/maths/distance.ts';

it.each([1, 2, 3, 4, 5, 9])('squared distance in %i dimensions', (dimensions) => {
  const a = Float32Array.from({ length: 3 * dimensions }, (_, i) => i * i);
  const b = Float64Array.from({ length: 2 * dimensions }, (_, i) => 3 - i);
  let expected = 0;
  for (let axis = 0; axis < dimensions; axis++)
    expected += (a[2 * dimensions + axis]! - b[dimensions + axis]!) ** 2;
  expect(squaredDistance(a, 2 * dimensions, b, dimensions, dimensions)).toBe(expected);
});
