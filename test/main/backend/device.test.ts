import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { computesOnDevice, deviceConstant, forceDevice } from '../../../src-main/backend/device.ts';
import { selectBackend } from '../../../src-main/backend/select.ts';

describe('computesOnDevice', () => {
  beforeAll(async () => {
    await selectBackend('wasm', { threads: 1 });
  });
  afterEach(() => forceDevice(undefined));

  it('is off where numbers are in the memory of the processor, and can be forced', () => {
    expect(computesOnDevice()).toBe(false);
    forceDevice(true);
    expect(computesOnDevice()).toBe(true);
  });

  it.each([
    ['webgpu', {}, true],
    ['tensorflow', { isUsingGpuDevice: true }, true],
    ['tensorflow', { isUsingGpuDevice: false }, false],
    ['tensorflow', {}, false],
  ])('%s with %o: %s', (name, backend, expected) => {
    const engine = tf.engine() as unknown as { backendName: string; backendInstance: object };
    const { backendName, backendInstance } = engine;
    try {
      Object.assign(engine, { backendName: name, backendInstance: backend });
      expect(computesOnDevice()).toBe(expected);
    } finally {
      Object.assign(engine, { backendName, backendInstance });
    }
  });

  it('makes a constant once for a backend, and keeps it', () => {
    let made = 0;
    const constant = () =>
      deviceConstant('three', () => {
        made += 1;
        return tf.scalar(3);
      });
    const values = tf.tidy(() => [constant(), constant()].map((tensor) => tensor.dataSync()[0]));
    expect(values).toEqual([3, 3]);
    expect(constant().isDisposed).toBe(false);
    expect(made).toBe(1);
  });
});
