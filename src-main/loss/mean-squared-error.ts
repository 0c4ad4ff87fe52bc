import * as tf from '@tensorflow/tfjs-core';
import { sumAll } from './reduce.ts';

/**
 * Mean squared error over all entries: MSE(a, x) = Σ (a − x)² / (rows · columns).
 *
 * @param prediction rows × columns, differentiable
 * @param target the same shape; a constant, no gradient flows to it
 */
export function meanSquaredError(prediction: tf.Tensor2D, target: tf.Tensor2D): tf.Scalar {
  const size = prediction.size;
  const loss = tf.customGrad((a, save) => {
    const difference = tf.sub(a as tf.Tensor, target);
    (save as tf.GradSaveFunc)([difference]);
    return {
      value: tf.div(sumAll(tf.square(difference)), size),
      gradFunc: (upstream: tf.Tensor, saved: tf.Tensor[]) => tf.mul(saved[0]!, tf.mul(upstream, 2 / size)),
    };
  });
  return loss(prediction) as tf.Scalar;
}
