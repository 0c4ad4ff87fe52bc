import * as tf from '@tensorflow/tfjs-core';
import type { StepNumbers } from './adam.ts';
import { heldOnDevice } from './held-on-device.ts';

/** What an update needs to know of an optimiser; `moments` are all first and then all second ones. */
export interface Moved {
  readonly parameters: readonly tf.Variable[];
  readonly moments: readonly Float32Array[];
}

/** β₁ and β₂, as in adam.ts. */
const [BETA1, BETA2] = [0.9, 0.999];

/**
 * Adam's update in tensor operations, for backends whose numbers are on a graphics card. All parameters are laid one
 * behind the other, so that an update is some twenty operations however many there are; p − η̂ m / (√v r + ε) is written
 * as p − (η̂/r) m / (√v + ε/r).
 */
export function updateOnDevice(
  { parameters, moments }: Moved,
  gradients: Readonly<Record<string, tf.Tensor>>,
  { rate, root, decay, epsilon }: StepNumbers,
): void {
  const size = parameters.reduce((sum, parameter) => sum + parameter.size, 0);
  const first = heldOnDevice(moments.slice(0, parameters.length), [size]);
  const second = heldOnDevice(moments.slice(parameters.length), [size]);
  tf.tidy(() => {
    const before = inOneRow(parameters);
    const raw = inOneRow(
      parameters.map((parameter) => gradients[parameter.name] ?? tf.zeros(parameter.shape)),
    );
    const gradient: tf.Tensor = decay === 0 ? raw : tf.add(raw, tf.mul(before, decay));
    const m = tf.add(first, tf.mul(tf.sub(gradient, first), 1 - BETA1));
    const v = tf.add(second, tf.mul(tf.sub(tf.square(gradient), second), 1 - BETA2));
    first.assign(m);
    second.assign(v);
    const move = tf.mul(tf.div(m, tf.add(tf.sqrt(v), epsilon / root)), rate / root);
    const after: tf.Tensor1D = tf.sub(before, move);
    let offset = 0;
    for (const parameter of parameters) {
      parameter.assign(tf.reshape(tf.slice(after, offset, parameter.size), parameter.shape));
      offset += parameter.size;
    }
  });
}

function inOneRow(tensors: readonly tf.Tensor[]): tf.Tensor1D {
  const rows = tensors.map((tensor) => tf.reshape<tf.Rank.R1>(tensor, [tensor.size]));
  return rows.length === 1 ? rows[0]! : tf.concat(rows);
}
