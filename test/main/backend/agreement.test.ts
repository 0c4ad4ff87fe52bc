import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { listBackends, selectBackend } from '../../../src-main/backend/select.ts';
import type { BackendName } from '../../../src-main/backend/select.ts';
import { registerOperationGradients } from '../../../src-main/model/operation-gradients.ts';
import { wave, worst } from './reference.ts';

const hasNative = (await listBackends()).some(({ name, usable }) => name === 'native' && usable);
const others: BackendName[] = hasNative ? ['wasm', 'native'] : ['wasm'];

const rows = 37;
const [inputs, width] = [21, 13];
const matrix = (phase: number, shape: [number, number], offset = 0): tf.Tensor2D =>
  tf.tensor2d(
    wave(shape[0] * shape[1], phase).map((value) => value + offset),
    shape,
  );

/** Every operation that losses, blocks and the optimiser use, on odd shapes. */
const operations: Record<string, () => tf.Tensor> = {
  add: () => tf.add(matrix(1, [rows, inputs]), matrix(2, [1, inputs])),
  sub: () => tf.sub(matrix(1, [rows, inputs]), matrix(2, [rows, 1])),
  mul: () => tf.mul(matrix(1, [rows, inputs]), matrix(2, [1, inputs])),
  div: () => tf.div(matrix(1, [rows, inputs]), matrix(2, [1, inputs], 3)),
  maximum: () => tf.maximum(matrix(1, [rows, inputs]), 0.1),
  square: () => tf.square(matrix(1, [rows, inputs])),
  sqrt: () => tf.sqrt(matrix(1, [rows, inputs], 2)),
  rsqrt: () => tf.rsqrt(matrix(1, [rows, inputs], 2)),
  exp: () => tf.exp(matrix(1, [rows, inputs])),
  neg: () => tf.neg(matrix(1, [rows, inputs])),
  relu: () => tf.relu(matrix(1, [rows, inputs])),
  leakyRelu: () => tf.leakyRelu(matrix(1, [rows, inputs]), 0.2),
  step: () => tf.step(matrix(1, [rows, inputs]), 0.2),
  softmax: () => tf.softmax(matrix(1, [rows, inputs])),
  sumRows: () => tf.sum(matrix(1, [rows, inputs]), 1),
  sumColumns: () => tf.sum(matrix(1, [rows, inputs]), 0, true),
  sumAll: () => tf.sum(matrix(1, [rows, inputs])),
  meanRows: () => tf.mean(matrix(1, [rows, inputs]), -1, true),
  meanColumns: () => tf.mean(matrix(1, [rows, inputs]), 0),
  addN: () => tf.addN([matrix(1, [rows, inputs]), matrix(2, [rows, inputs]), matrix(3, [rows, inputs])]),
  concat: () => tf.concat([matrix(1, [rows, inputs]), matrix(2, [5, inputs])], 0),
  slice: () => tf.slice(matrix(1, [rows, inputs]), [3, 2], [7, 5]),
  gather: () => tf.gather(matrix(1, [rows, inputs]), tf.tensor1d([5, 0, 36], 'int32')),
  transpose: () => tf.transpose(matrix(1, [rows, inputs])),
  matMul: () => tf.matMul(matrix(1, [rows, inputs]), matrix(2, [inputs, width])),
  matMulTransposedA: () => tf.matMul(matrix(1, [rows, inputs]), matrix(2, [rows, width]), true),
  matMulTransposedB: () => tf.matMul(matrix(1, [rows, inputs]), matrix(2, [width, inputs]), false, true),
  oneRow: () => tf.matMul(matrix(1, [1, rows]), matrix(2, [rows, inputs])),
};

/** Losses and the last weights of ten steps of gradient descent on a two-layer autoencoder. */
function tenSteps(): number[] {
  return tf.tidy(() => {
    const x = matrix(0.5, [rows, inputs]);
    const encoder = tf.variable(tf.mul(matrix(1.5, [inputs, width]), 0.3));
    const decoder = tf.variable(tf.mul(matrix(2.5, [inputs, width]), 0.3));
    const losses: number[] = [];
    for (let i = 0; i < 10; i++) {
      const { value, grads } = tf.variableGrads(() => {
        const decoded = tf.matMul(tf.relu(tf.matMul(x, encoder)), decoder, false, true);
        return tf.mean(tf.square(tf.sub(decoded, x)));
      });
      losses.push(value.dataSync()[0]!);
      for (const p of [encoder, decoder]) p.assign(tf.sub(p, tf.mul(grads[p.name]!, 0.5)));
    }
    return [...losses, ...encoder.dataSync(), ...decoder.dataSync()];
  });
}

function all(): Record<string, number[]> {
  const values = Object.entries(operations).map(([name, run]) => [name, [...run().dataSync()]] as const);
  return { ...Object.fromEntries(values), tenSteps: tenSteps() };
}

describe.each(others)('the %s backend and plain JavaScript', (name) => {
  let expected: Record<string, number[]>;
  let actual: Record<string, number[]>;

  beforeAll(async () => {
    registerOperationGradients();
    await selectBackend('cpu');
    expected = all();
    await selectBackend(name);
    actual = all();
  });

  it.each(Object.keys(operations))('agree on %s', (operation) => {
    expect(worst(actual[operation]!, expected[operation]!)).toBeLessThan(1e-5);
  });

  it('agree after ten training steps, which lower the loss', () => {
    const steps = actual['tenSteps']!;
    expect(steps[9]).toBeLessThan(0.95 * steps[0]!);
    expect(worst(steps, expected['tenSteps']!)).toBeLessThan(1e-5);
  });

  it('repeat themselves to the last bit', () => {
    expect(all()).toEqual(actual);
  });
});

describe.skipIf(hasNative)('the native backend (skipped: needs npm run setup:native)', () => {
  it('agrees with plain JavaScript', () => undefined);
});
