import { describe, expect, it } from 'vitest';
import { digamma, digammaDifference } from '../../../src-shared/maths/gamma.ts';

function expectRelative(actual: number, expected: number): void {
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThan(
    1e-10 * Math.max(1, Math.abs(expected)),
  );
}

describe('digamma', () => {
  it.each([
    [1e-6, -1000000.57721401],
    [0.05, -20.4978449912998],
    [0.5, -1.96351002602142],
    [1, -0.577215664901532],
    [5.999, 1.70593632907922],
    [6, 1.7061176684318],
    [60, 4.08598808138353],
    [1e5, 11.5129204649618],
  ])('of %d is what mpmath gives', (x, expected) => expectRelative(digamma(x), expected));
});

describe('digammaDifference', () => {
  it.each([
    [0.05, 0, 0],
    [0.05, 1, 20],
    [0.05, 12, 22.9448423581176],
    [1.3, 13, 2.79407807210088],
    [40, 300, 2.1511469344641],
    [0.7, 2.5, 2.21886244498453],
    [1e-4, 3, 10001.4998750112],
  ])('from %d over %d is what mpmath gives', (x, n, expected) =>
    expectRelative(digammaDifference(x, n), expected),
  );
});
