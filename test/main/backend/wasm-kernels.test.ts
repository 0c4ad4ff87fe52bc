import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import type { Heap } from '../../../src-main/backend/wasm-kernels.ts';
import { wave, worst } from './reference.ts';

beforeAll(async () => {
  await selectBackend('wasm', { threads: 1 });
});

const shapes: [number, number][] = [
  [1, 5],
  [5, 1],
  [16, 16],
  [17, 33],
  [50, 31],
];

describe.each(shapes)('on a %i × %i matrix, WASM', (rows, columns) => {
  const values = wave(rows * columns, 0.4);
  const matrix = (): tf.Tensor2D => tf.tensor2d(values, [rows, columns]);
  const columnSums = Array.from({ length: columns }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += values[i * columns + j]!;
    return sum;
  });

  it('transposes', () => {
    const result = tf.transpose(matrix());
    expect(result.shape).toEqual([columns, rows]);
    const expected = Array.from({ length: values.length }, (_, k) => {
      return values[(k % rows) * columns + Math.floor(k / rows)]!;
    });
    expect([...result.dataSync()]).toEqual(expected);
  });

  it('leaves a transposition that changes nothing alone', () => {
    expect([...tf.transpose(matrix(), [0, 1]).dataSync()]).toEqual([...values]);
  });

  it('adds up and averages columns', () => {
    const sums = tf.sum(matrix(), 0);
    expect(sums.shape).toEqual([columns]);
    expect(worst(sums.dataSync(), columnSums)).toBeLessThan(1e-6);
    const means = tf.mean(matrix(), 0, true);
    expect(means.shape).toEqual([1, columns]);
    const expected = columnSums.map((sum) => sum / rows);
    expect(worst(means.dataSync(), expected)).toBeLessThan(1e-6);
    expect(worst(tf.sum(matrix(), -2).dataSync(), columnSums)).toBeLessThan(1e-6);
  });

  it('adds up rows and everything', () => {
    const rowSums = Array.from({ length: rows }, (_, i) =>
      values.subarray(i * columns, (i + 1) * columns).reduce((sum, value) => sum + value, 0),
    );
    expect(worst(tf.sum(matrix(), 1).dataSync(), rowSums)).toBeLessThan(1e-5);
    const all = columnSums.reduce((sum, value) => sum + value, 0);
    expect(tf.sum(matrix()).dataSync()[0]).toBeCloseTo(all, 4);
  });

  it('gathers rows in any order, repeated too', () => {
    const wanted = [rows - 1, 0, rows - 1];
    const result = tf.gather(matrix(), tf.tensor1d(wanted, 'int32'));
    expect(result.shape).toEqual([3, columns]);
    const expected = wanted.flatMap((row) => [...values.subarray(row * columns, (row + 1) * columns)]);
    expect([...result.dataSync()]).toEqual(expected);
  });
});

describe('WASM', () => {
  it('names a row that is not there', () => {
    const matrix = tf.tensor2d(wave(6, 0), [2, 3]);
    expect(() => tf.gather(matrix, tf.tensor1d([0, 2], 'int32'))).toThrow(/no row 2 among 2/);
  });

  it('gathers columns, integers and stacks as before', () => {
    const matrix = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    expect(tf.gather(matrix, tf.tensor1d([2, 0], 'int32'), 1).arraySync()).toEqual([
      [3, 1],
      [6, 4],
    ]);
    expect(tf.gather(tf.tensor1d([7, 8, 9]), tf.tensor1d([2, 2], 'int32')).arraySync()).toEqual([9, 9]);
    const stack = tf.tensor3d([1, 2, 3, 4], [2, 1, 2]);
    expect(tf.sum(stack, 0).arraySync()).toEqual([[4, 6]]);
    expect(tf.transpose(stack, [2, 1, 0]).arraySync()).toEqual([[[1, 3]], [[2, 4]]]);
    const whole = tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32');
    expect(tf.transpose(whole).arraySync()).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(tf.sum(whole, 0).arraySync()).toEqual([4, 6]);
  });

  it('adds a long column up in double', () => {
    const rows = 200_000;
    const column = tf.fill([rows, 1], 0.1);
    const tenth = Math.fround(0.1);
    // In float32 the running sum strays by several units.
    expect(Math.abs(tf.sum(column, 0).dataSync()[0]! - tenth * rows)).toBeLessThan(2e-3);
  });

  it('says that memory has run out before anything is overwritten', () => {
    const heap = tf.backend() as unknown as Heap;
    const made: tf.TensorInfo[] = [];
    const fill = (): void => {
      // 1.6 GB each; never written, so no real memory is used.
      for (let i = 0; i < 3; i++) made.push(heap.makeOutput([20_000, 20_000], 'float32'));
    };
    expect(fill).toThrow(/ran out of its 4 GB/);
    expect(made.length).toBeLessThan(3);
    expect(() => heap.makeOutput([70_000, 20_000], 'float32')).toThrow(/ran out of its 4 GB/);
    for (const { dataId } of made) heap.disposeData(dataId);
    expect(tf.add(tf.ones([2]), 1).arraySync()).toEqual([2, 2]);
  });
});
