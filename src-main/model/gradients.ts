import * as tf from '@tensorflow/tfjs-core';
import type { Adam } from './adam.ts';
import { registerOperationGradients } from './operation-gradients.ts';

registerOperationGradients();

/**
 * Differentiates a scalar by the optimiser's parameters and makes one update. Everything made on the way is
 * released except what `loss` keeps.
 *
 * @returns the value of the loss before the update, a tensor that the caller disposes
 */
export function minimise(loss: () => tf.Scalar, optimiser: Adam, learningRate: number): tf.Scalar {
  return tf.tidy(() => {
    const { value, grads } = tf.variableGrads(loss, [...optimiser.parameters]);
    optimiser.update(grads, learningRate);
    return value;
  });
}
