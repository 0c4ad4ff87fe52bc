import * as tf from '@tensorflow/tfjs-core';

let forced: boolean | undefined;

/**
 * Whether tensors live in the memory of a graphics card, so that every look at their numbers waits for the card.
 * Then blocks, Adam and the kernels' median are computed with tensor operations; elsewhere in sweeps over plain numbers.
 */
export function computesOnDevice(): boolean {
  if (forced !== undefined) return forced;
  const name = tf.getBackend() as string | undefined;
  if (name === 'webgpu') return true;
  return name === 'tensorflow' && (tf.backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true;
}

/** Takes either way on any backend, for tests and benchmarks; undefined goes by the backend again. */
export function forceDevice(wanted: boolean | undefined): void {
  forced = wanted;
}

const constants = new WeakMap<tf.KernelBackend, Map<string, tf.Tensor>>();

/** A tensor that never changes, made once for the current backend and kept there. */
export function deviceConstant<T extends tf.Tensor>(name: string, make: () => T): T {
  const backend = tf.backend();
  const made = constants.get(backend) ?? new Map<string, tf.Tensor>();
  constants.set(backend, made);
  const known = made.get(name);
  if (known !== undefined) return known as T;
  const constant = tf.tidy(() => tf.keep(make()));
  made.set(name, constant);
  return constant;
}

/**
 * Numbers of a tensor that `compute` makes; everything made on the way is released. Unlike `computed` it works where
 * a graphics card cannot be waited for (WebGPU).
 */
export async function computedLater(compute: () => tf.Tensor): Promise<Float32Array> {
  const tensor = tf.tidy(compute);
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}
