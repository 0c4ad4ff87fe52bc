import * as tf from '@tensorflow/tfjs-core';

/**
 * One domain's half of the discriminator loss, the hinge E max(0, 1 − C(real)) + E max(0, 1 + C(fake))
 * (Lim & Ye 2017). The gradient exactly on the margin is 0.
 *
 * @param real cells × 1, critic on codes of the domain
 * @param fake cells × 1, critic on translated codes
 */
export function hingeLoss(real: tf.Tensor2D, fake: tf.Tensor2D): tf.Scalar {
  return tf.add(tf.mean(tf.relu(tf.sub(1, real))), tf.mean(tf.relu(tf.add(1, fake))));
}

/**
 * One domain's half of the translators' adversarial loss, −E C(fake).
 *
 * @param fake cells × 1, critic on translated codes
 */
export function generatorLoss(fake: tf.Tensor2D): tf.Scalar {
  return tf.neg(tf.mean(fake));
}
