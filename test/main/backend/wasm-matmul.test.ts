import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { product, wave, worst } from './reference.ts';

beforeAll(async () => {
  await selectBackend('wasm', { threads: 2 });
});

const sizes: (readonly [number, number, number])[] = [
  [1, 7, 5],
  [3, 1, 4],
  [5, 7, 1],
  [1, 1, 1],
  [33, 65, 17],
  [130, 67, 129],
];
const flags = [false, true];
const cases = sizes.flatMap((size) =>
  flags.flatMap((transposeA) => flags.map((transposeB) => ({ size, transposeA, transposeB }))),
);

describe('matMul on WASM', () => {
  it.each(cases)('is the product: $size, transposed $transposeA $transposeB', (given) => {
    const { size, transposeA, transposeB } = given;
    const [m, k, n] = size;
    const [a, b] = [wave(m * k, 0.3), wave(k * n, 1.1)];
    const result = tf.matMul(
      tf.tensor2d(a, transposeA ? [k, m] : [m, k]),
      tf.tensor2d(b, transposeB ? [n, k] : [k, n]),
      transposeA,
      transposeB,
    );
    expect(result.shape).toEqual([m, n]);
    expect(worst(result.dataSync(), product(a, b, size, transposeA, transposeB))).toBeLessThan(2e-6);
  });

  it.each(cases)('fuses bias and LeakyReLU: $size, transposed $transposeA $transposeB', (given) => {
    const { size, transposeA, transposeB } = given;
    const [m, k, n] = size;
    const [a, b, bias] = [wave(m * k, 0.3), wave(k * n, 1.1), wave(n, 2.2)];
    const result = tf.fused.matMul({
      a: tf.tensor2d(a, transposeA ? [k, m] : [m, k]),
      b: tf.tensor2d(b, transposeB ? [n, k] : [k, n]),
      transposeA,
      transposeB,
      bias: tf.tensor1d(bias),
      activation: 'leakyrelu',
      leakyreluAlpha: 0.2,
    });
    const expected = product(a, b, size, transposeA, transposeB).map((value, i) => {
      const sum = value + bias[i % n]!;
      return sum > 0 ? sum : 0.2 * sum;
    });
    expect(worst(result.dataSync(), expected)).toBeLessThan(2e-6);
  });

  it.each([
    { a: [2, 3, 4], b: [2, 4, 5] },
    { a: [1, 3, 4], b: [2, 4, 5] },
    { a: [2, 3, 4], b: [1, 4, 5] },
    { a: [2, 3, 4], b: [4, 5] },
    { a: [2, 2, 3, 4], b: [4, 5] },
  ])('multiplies stacks of matrices: $a times $b', ({ a, b }) => {
    const count = (shape: number[]): number => shape.slice(0, -2).reduce((x, y) => x * y, 1);
    const [va, vb] = [wave(count(a) * 12, 0.3), wave(count(b) * 20, 1.1)];
    const stacks = Math.max(count(a), count(b));
    const expected = Array.from({ length: stacks }, (_, i) => {
      const [ia, ib] = [count(a) === 1 ? 0 : i, count(b) === 1 ? 0 : i];
      const [pa, pb] = [va.subarray(ia * 12, ia * 12 + 12), vb.subarray(ib * 20, ib * 20 + 20)];
      return product(pa, pb, [3, 4, 5], false, false);
    }).flat();
    const swapped = [...a.slice(0, -2), a.at(-1)!, a.at(-2)!];
    const order = a.map((_, i) => i);
    order.splice(-2, 2, a.length - 1, a.length - 2);
    const left = tf.tensor(va, a);
    const turned = tf.transpose(left, order);
    expect(turned.shape).toEqual(swapped);
    expect(worst(tf.matMul(left, tf.tensor(vb, b)).dataSync(), expected)).toBeLessThan(2e-6);
    expect(worst(tf.matMul(turned, tf.tensor(vb, b), true).dataSync(), expected)).toBeLessThan(2e-6);
  });

  it('gives zeros for an empty inner side and nothing for an empty outer one', () => {
    expect(tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 3])).arraySync()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(tf.matMul(tf.zeros([0, 2]), tf.zeros([2, 3])).shape).toEqual([0, 3]);
  });

  it('refuses to broadcast both stacks, which tfjs gets wrong without a word', () => {
    expect(() => tf.matMul(tf.ones([2, 1, 3, 4]), tf.ones([1, 3, 4, 5]))).toThrow(/broadcast/);
  });

  it('multiplies with the new values after a variable was assigned', () => {
    const x: tf.Tensor2D = tf.ones([4, 8]);
    const weights = tf.variable(tf.ones([8, 4]));
    expect(tf.matMul(x, weights).dataSync()[0]).toBe(8);
    weights.assign(tf.fill([8, 4], 3));
    expect(tf.matMul(x, weights).dataSync()[0]).toBe(24);
  });

  it('leaves no tensor behind', () => {
    const a = tf.tensor2d(wave(60, 0), [6, 10]);
    const before = tf.memory();
    const backendBefore = tf.backend().numDataIds();
    for (let i = 0; i < 20; i++) {
      tf.matMul(a, a, true, false).dispose();
      tf.matMul(a, a, false, true).dispose();
      tf.fused.matMul({ a, b: a, transposeB: true }).dispose();
    }
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numBytes).toBe(before.numBytes);
    expect(tf.backend().numDataIds()).toBe(backendBefore);
  });
});
