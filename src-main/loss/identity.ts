import * as tf from '@tensorflow/tfjs-core';
import { centreColumns, columnSums } from './reduce.ts';

/** Added to the denominator of the correlation (MODEL.md, "Losses"). */
export const IDENTITY_EPSILON = 1e-5;

/**
 * One half of the identity loss: 1 − mean over genes of ρ, where ρ is Pearson's correlation over the cells of the
 * batch between a predicted and a measured gene,
 *
 *   ρ = Σ a b / (‖a‖ ‖b‖ + ε),  a, b centred over the batch, ε = 1e-5.
 *
 * A gene that is constant in the batch's data has ρ = 0 and sends no gradient; the norm's gradient at 0 is 0.
 * Source: Budhkar et al. 2025, identity loss.
 *
 * @param prediction cells × shared training genes, differentiable
 * @param measured the same shape; a constant
 */
export function identityLoss(prediction: tf.Tensor2D, measured: tf.Tensor2D): tf.Scalar {
  const genes = prediction.shape[1];
  const loss = tf.customGrad((input, save) => {
    const a = centreColumns(input as tf.Tensor2D);
    const b = centreColumns(measured);
    const normA = tf.sqrt(columnSums(tf.square(a)));
    const normB = tf.sqrt(columnSums(tf.square(b)));
    const denominator = tf.add(tf.mul(normA, normB), IDENTITY_EPSILON);
    const rho = tf.div(columnSums(tf.mul(a, b)), denominator);
    (save as tf.GradSaveFunc)([a, b, normA, normB, denominator, rho]);
    return { value: tf.sub(1, tf.div(tf.sum(rho), genes)), gradFunc };
  });

  // ∂ρ/∂a = b / D − ρ ‖b‖ (a / ‖a‖) / D; both terms are centred already, so this is the gradient of the input too.
  function gradFunc(upstream: tf.Tensor, saved: tf.Tensor[]): tf.Tensor {
    const [a, b, normA, normB, denominator, rho] = saved as [tf.Tensor, ...tf.Tensor[]];
    const scale = tf.div(tf.mul(upstream, -1 / genes), denominator!);
    const unit = tf.div(tf.mul(rho!, normB!), tf.maximum(normA!, 1e-30));
    return tf.mul(scale, tf.sub(b!, tf.mul(unit, a)));
  }
  return loss(prediction) as tf.Scalar;
}
