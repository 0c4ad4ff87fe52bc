import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { bestGene } from '../../../src-main/methods/best-gene.ts';
import { clusterMean } from '../../../src-main/methods/cluster-mean.ts';
import { knnFloor, ridgeFloor } from '../../../src-main/methods/floors.ts';
import { imputed, methodInput } from '../../helpers/method-input.ts';

const squares = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map((root) => root ** 2));

function closeTo(actual: Float32Array, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 5));
}

beforeAll(async () => {
  await selectBackend('wasm', { threads: 1 });
});

describe('floors on numbers worked out by hand (square roots of counts)', () => {
  it('cluster-mean: the mean of the cluster that points the same way', async () => {
    const reference = squares([
      [4, 0, 2, 5],
      [4, 2, 4, 5],
      [0, 4, 0, 1],
      [2, 4, 2, 1],
      [0, 4, 1, 4],
    ]);
    // z-scores (1, −1), (−1, 1) and (0, 0): the first type, the second, and the larger of the two.
    const spatial = squares([
      [3, 1],
      [1, 3],
      [2, 2],
    ]);
    const labels = ['a', 'a', 'b', 'b', 'b'];
    const values = await imputed(clusterMean, methodInput({ spatial, reference, shared: 2, labels }));
    closeTo(values, [3, 5, 1, 2, 1, 2]);
  });

  it('best-gene: follows the gene of the largest absolute correlation, never below zero', async () => {
    // The target falls as the first gene rises (r = −1); with the second r is 0.
    const reference = squares([
      [0, 1, 3],
      [1, 0, 2],
      [2, 0, 1],
      [3, 1, 0],
    ]);
    const spatial = squares([
      [0, 1],
      [0, 5],
      [0, 2],
      [4, 0],
    ]);
    const values = await imputed(bestGene, methodInput({ spatial, reference, shared: 2 }));
    // Mean 1.5, sd √1.25; z of the first gene −1/√3 and √3, and 1.5 − √3.75 is below zero.
    const high = 1.5 + Math.sqrt(1.25 / 3);
    closeTo(values, [high, high, high, 0]);
  });

  it('best-gene: the slope is r times the ratio of the spreads', async () => {
    // r of (0, 1, 2, 3) with (0, 2, 1, 3) is 0.8.
    const reference = squares([
      [0, 1, 0],
      [1, 0, 2],
      [2, 0, 1],
      [3, 1, 3],
    ]);
    const spatial = squares([
      [1, 0],
      [3, 0],
    ]);
    const values = await imputed(bestGene, methodInput({ spatial, reference, shared: 2 }));
    closeTo(values, [1.5 - 0.8 * Math.sqrt(1.25), 1.5 + 0.8 * Math.sqrt(1.25)]);
  });

  it('ridge: shrinks by α = 100', async () => {
    const reference = squares([
      [0, 1],
      [2, 3],
    ]);
    const spatial = squares([[1], [5]]);
    // Z = (−1, 1), so the slope is (3 − 1) / (2 + 100).
    const values = await imputed(ridgeFloor, methodInput({ spatial, reference, shared: 1 }));
    closeTo(values, [2 - 2 / 102, 2 + 2 / 102]);
  });

  it('knn: neighbours that point the other way do not count', async () => {
    const reference = squares([
      [2, 0, 7],
      [0, 2, 3],
    ]);
    const spatial = squares([
      [0, 1],
      [1, 0],
    ]);
    closeTo(await imputed(knnFloor, methodInput({ spatial, reference, shared: 2 })), [3, 7]);
  });

  it('keep nothing on the backend', async () => {
    const pair = squares([
      [2, 0, 7],
      [0, 2, 3],
      [1, 1, 2],
      [2, 1, 2],
      [0, 1, 2],
    ]);
    const input = methodInput({ spatial: pair.map((row) => row.slice(0, 2)), reference: pair, shared: 2 });
    const before = tf.memory().numTensors;
    for (const method of [ridgeFloor, knnFloor, clusterMean, bestGene]) await imputed(method, input);
    expect(tf.memory().numTensors).toBe(before);
  });
});
