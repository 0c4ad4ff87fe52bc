import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forceDevice } from '../../../src-main/backend/device.ts';
import { selectBackend, type BackendName } from '../../../src-main/backend/select.ts';
import { offDiagonalMedianOnDevice } from '../../../src-main/loss/median-on-device.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { median } from '../../../src-shared/maths/statistics.ts';

/** A symmetric matrix with a zero diagonal, and what is above it. */
function symmetric(n: number, draw: () => number): { matrix: Float32Array; above: number[] } {
  const matrix = new Float32Array(n * n);
  const above: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      matrix[i * n + j] = draw();
      matrix[j * n + i] = matrix[i * n + j]!;
      above.push(matrix[i * n + j]!);
    }
  }
  return { matrix, above };
}

describe.each<BackendName>(['wasm', 'cpu'])('offDiagonalMedianOnDevice on %s', (backend) => {
  const random = new Random(7);
  beforeAll(async () => {
    await selectBackend(backend, { threads: 1 });
    forceDevice(true);
  });
  afterAll(() => forceDevice(undefined));

  const kinds: Readonly<Record<string, () => number>> = {
    'uniform values': () => random.uniform(),
    'a long tail': () => Math.exp(3 * random.normal()),
    'many zeros': () => (random.uniform() < 0.7 ? 0 : random.uniform()),
    'few different values': () => Math.floor(3 * random.uniform()),
    'one value': () => 5,
    zeros: () => 0,
  };
  it.each(Object.keys(kinds))('finds the middle of %s, to 2⁻²⁰ of the largest', (kind) => {
    for (const n of [2, 3, 4, 5, 30, 61, 150]) {
      const { matrix, above } = symmetric(n, kinds[kind]!);
      const found = tf.tidy(() => offDiagonalMedianOnDevice(tf.tensor2d(matrix, [n, n])).dataSync()[0]!);
      const largest = Math.max(...above);
      expect(Math.abs(found - median(above)), `${n}`).toBeLessThanOrEqual(2 ** -20 * largest);
    }
  });

  it('is 0 where there is nothing above the diagonal', () => {
    expect(offDiagonalMedianOnDevice(tf.zeros([1, 1])).dataSync()[0]).toBe(0);
  });
});
