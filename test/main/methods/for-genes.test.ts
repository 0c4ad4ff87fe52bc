import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { ForGenes } from '../../../src-main/methods/for-genes.ts';

beforeAll(() => tf.setBackend('cpu'));

describe('tensors for a list of genes', () => {
  it('are made once for the same list, again for another, and all released', () => {
    const before = tf.memory().numTensors;
    let made = 0;
    const cache = new ForGenes((genes) => {
      made += 1;
      const numbers = tf.tensor1d(genes, 'int32');
      return { twice: tf.mul(numbers, 2) };
    });
    const [first, second] = [Int32Array.of(1, 2), Int32Array.of(5)];
    for (let block = 0; block < 3; block++) {
      tf.tidy(() => {
        expect([...cache.of(first).twice.dataSync()]).toEqual([2, 4]);
      });
    }
    expect(made).toBe(1);
    expect([...cache.of(second).twice.dataSync()]).toEqual([10]);
    expect(made).toBe(2);
    expect(tf.memory().numTensors).toBe(before + 1);
    cache.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
