import * as tf from '@tensorflow/tfjs-core';

/**
 * Numbers of a tensor that `compute` makes; everything made on the way is released. (A typed array must not be
 * returned through tf.tidy: it looks for tensors in every element.)
 */
export function computed(compute: () => tf.Tensor): Float32Array {
  const tensor = tf.tidy(compute);
  const values = tensor.dataSync() as Float32Array;
  tensor.dispose();
  return values;
}
