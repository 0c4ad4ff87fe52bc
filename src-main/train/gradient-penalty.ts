import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../../src-shared/maths/random.ts';
import { BATCH_NORM_EPSILON, LEAKY_SLOPE } from '../model/batch-norm.ts';
import type { Network } from '../model/network.ts';

/**
 * Gradient penalty mean over cells of (‖∇_x C(x)‖ − 1)² at x between a real and a fake code (Gulrajani et al.
 * 2017), x = ε real + (1 − ε) fake with one uniform ε a cell. Written in plain operations, because it is
 * differentiated twice; dropout is off and running statistics do not move.
 *
 * @param real cells × d codes
 * @param fake cells × d translated codes; when the batches differ in size the shorter one counts
 */
export function gradientPenalty(
  critic: Network,
  real: tf.Tensor2D,
  fake: tf.Tensor2D,
  random: Random,
): tf.Scalar {
  const rows = Math.min(real.shape[0], fake.shape[0]);
  const width = real.shape[1];
  const share = tf.tensor2d(
    Float32Array.from({ length: rows }, () => random.uniform()),
    [rows, 1],
  );
  const part = (codes: tf.Tensor2D) => tf.slice(codes, [0, 0], [rows, width]);
  const between: tf.Tensor2D = tf.add(tf.mul(part(real), share), tf.mul(part(fake), tf.sub(1, share)));
  const slope = tf.grad((x) => tf.sum(plainCritic(critic, x as tf.Tensor2D)))(between);
  const norm = tf.sqrt(tf.add(tf.sum(tf.square(slope), 1), 1e-12));
  return tf.mean(tf.square(tf.sub(norm, 1)));
}

function plainCritic(critic: Network, x: tf.Tensor2D): tf.Tensor2D {
  return critic.layers.reduce((h, layer): tf.Tensor2D => {
    const linear: tf.Tensor2D = tf.add(tf.matMul(h, layer.weights), layer.bias);
    if (layer.gamma === undefined || layer.beta === undefined) return linear;
    const centred = tf.sub(linear, tf.mean(linear, 0, true));
    const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), 0, true), BATCH_NORM_EPSILON));
    const pre = tf.add(tf.mul(tf.div(centred, deviation), layer.gamma), layer.beta);
    return tf.add(tf.mul(tf.relu(pre), 1 - LEAKY_SLOPE), tf.mul(pre, LEAKY_SLOPE));
  }, x);
}
