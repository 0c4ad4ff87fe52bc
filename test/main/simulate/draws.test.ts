import { describe, expect, test } from 'vitest';
import { Random } from '../../../src-shared/maths/random.ts';
import { gamma, negativeBinomial, poisson } from '../../../src-main/simulate/draws.ts';

const draws = 200_000;
/** Mean and variance of many draws, and the share of zeros. */
function moments(draw: () => number): { mean: number; variance: number; zeros: number } {
  let [sum, squares, zeros] = [0, 0, 0];
  for (let i = 0; i < draws; i++) {
    const value = draw();
    sum += value;
    squares += value * value;
    zeros += Number(value === 0);
  }
  const mean = sum / draws;
  return { mean, variance: squares / draws - mean * mean, zeros: zeros / draws };
}
/** Whether a measured mean lies within five standard errors. */
const close = (measured: number, expected: number, variance: number): void =>
  expect(Math.abs(measured - expected)).toBeLessThan(5 * Math.sqrt(variance / draws));

describe('gamma', () => {
  test.each([0.3, 1, 4.5, 80])('shape %d: mean and variance are the shape', (shape) => {
    const random = new Random(3);
    const found = moments(() => gamma(random, shape));
    close(found.mean, shape, shape);
    expect(Math.abs(found.variance / shape - 1)).toBeLessThan(0.05);
  });
});

describe('Poisson', () => {
  test.each([0, 0.2, 7, 20, 95.5])('mean %d', (mean) => {
    const random = new Random(4);
    const found = moments(() => poisson(random, mean));
    close(found.mean, mean, mean + 1e-12 + 1e-9 * Number(mean === 0));
    expect(Math.abs(found.variance - mean)).toBeLessThan(0.02 * mean + 1e-12);
    close(found.zeros, Math.exp(-mean), Math.exp(-mean) + 1 / draws);
  });
});

describe('negative binomial', () => {
  test.each([
    [0.1, 0.5],
    [2, 4],
    [19.9, 1.5],
    [20.1, 1.5],
    [300, 6],
  ])('mean %d, size %d: variance mean + mean²/size, P(0) = (size/(size+mean))^size', (mean, size) => {
    const random = new Random(5);
    const found = moments(() => negativeBinomial(random, mean, size));
    const variance = mean + mean ** 2 / size;
    close(found.mean, mean, variance);
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(0.05);
    const zero = (size / (size + mean)) ** size;
    close(found.zeros, zero, zero * (1 - zero) + 1 / draws);
  });

  test('no mean, no counts', () => {
    expect(moments(() => negativeBinomial(new Random(1), 0, 2)).mean).toBe(0);
  });
});
