import * as tf from '@tensorflow/tfjs-core';
import { columnMeans, columnSums } from '../loss/reduce.ts';
import { BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM, LEAKY_SLOPE } from './batch-norm.ts';
import type { Wanted } from './block.ts';
import { heldOnDevice } from './held-on-device.ts';
import type { Layer, RunningStatistics } from './layer.ts';

/**
 * `blockTraining` in tensor operations, for backends whose numbers are on a graphics card: the same formulas, the same
 * mask, nothing read back. The running statistics move on the device too (held-on-device.ts).
 */
export function blockOnDevice(
  x: tf.Tensor2D,
  layer: Layer,
  keep: Float32Array | undefined,
  wanted: Wanted,
): tf.Tensor2D {
  const [gamma, beta] = [layer.gamma!, layer.beta!];
  const block = tf.customGrad((...args) => {
    const save = args.at(-1) as unknown as tf.GradSaveFunc;
    const h: tf.Tensor2D = tf.matMul(x, layer.weights);
    const mean = columnMeans(h);
    const centred: tf.Tensor2D = tf.sub(h, mean);
    const variance = columnMeans(tf.square(centred));
    if (layer.running?.moves === true) moveOnDevice(layer.running, mean, variance, layer.bias, x.shape[0]);
    const inverse: tf.Tensor2D = tf.rsqrt(tf.add(variance, BATCH_NORM_EPSILON));
    const xhat: tf.Tensor2D = tf.mul(centred, inverse);
    const pre: tf.Tensor2D = tf.add(tf.mul(xhat, gamma), beta);
    const slope = tf.step(pre, LEAKY_SLOPE);
    const gate: tf.Tensor = keep === undefined ? slope : tf.mul(slope, tf.tensor2d(keep, h.shape));
    save([x, layer.weights, gamma, xhat, inverse, gate]);
    return { value: tf.mul(pre, gate), gradFunc: (upstream, saved) => gradients(upstream, saved, wanted) };
  });
  const parameters: tf.Tensor[] = [layer.weights, gamma, beta];
  const by = wanted === 'input' ? [x] : wanted === 'both' ? [...parameters, x] : parameters;
  return block(...by) as tf.Tensor2D;
}

/** dβ = Σ dy, dγ = Σ dy x̂, dh = γ/σ (dy − (dβ + x̂ dγ)/n) with dy = upstream · gate; as `backward` in batch-norm.ts. */
function gradients(upstream: tf.Tensor | tf.Tensor[], saved: tf.Tensor[], wanted: Wanted): tf.Tensor[] {
  const [input, weights, gamma, xhat, inverse, gate] = saved as [
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
  ];
  const dy: tf.Tensor2D = tf.mul(upstream as tf.Tensor2D, gate);
  const dBeta = columnSums(dy);
  const dGamma = columnSums(tf.mul(dy, xhat));
  const projected = tf.div(tf.add(tf.mul(xhat, dGamma), dBeta), xhat.shape[0]);
  const dh: tf.Tensor2D = tf.mul(tf.sub(dy, projected), tf.mul(gamma, inverse));
  const byInput = () => tf.matMul(dh, weights, false, true);
  if (wanted === 'input') return [byInput()];
  const own = [tf.matMul(input, dh, true, false), dGamma, dBeta];
  return wanted === 'both' ? [...own, byInput()] : own;
}

/** As `moveRunning` in batch-norm.ts: the unbiased variance, and the Linear's bias in the mean. */
function moveOnDevice(
  running: RunningStatistics,
  mean: tf.Tensor2D,
  variance: tf.Tensor2D,
  bias: tf.Tensor2D,
  rows: number,
): void {
  const unbiased = rows / Math.max(1, rows - 1);
  const move = (array: Float32Array, batch: tf.Tensor) => {
    const held = heldOnDevice([array], [1, array.length]);
    held.assign(tf.add(held, tf.mul(tf.sub(batch, held), BATCH_NORM_MOMENTUM)));
  };
  move(running.mean, tf.add(mean, bias));
  move(running.variance, tf.mul(variance, unbiased));
}
