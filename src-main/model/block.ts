import * as tf from '@tensorflow/tfjs-core';
import { computesOnDevice } from '../backend/device.ts';
import { heapNumbers, onHost } from '../backend/host-kernel.ts';
import { nativeKernels } from '../backend/kernels.ts';
import { backward, forward, LEAKY_SLOPE, moveRunning } from './batch-norm.ts';
import { blockOnDevice } from './block-on-device.ts';
import type { Layer } from './layer.ts';

/** Gradients that a pass is to give: by the layer's parameters, by its input, or by both. */
export type Wanted = 'parameters' | 'input' | 'both';

/**
 * One block in training mode: Linear → BatchNorm (batch statistics) → LeakyReLU(0.2) → Dropout.
 * The Linear's bias cancels in BatchNorm: it is left out of the product, gets no gradient (it would be rounding
 * noise that Adam magnifies) and enters the running mean only.
 *
 * @param x rows × inputs
 * @param keep rows × width of 0 and 1/(1 − p), the dropout mask; undefined for no dropout
 * @param wanted by what the caller will differentiate; what is not asked for is not computed
 */
export function blockTraining(
  x: tf.Tensor2D,
  layer: Layer,
  keep: Float32Array | undefined,
  wanted: Wanted,
): tf.Tensor2D {
  if (computesOnDevice()) return blockOnDevice(x, layer, keep, wanted);
  const rows = x.shape[0];
  const width = layer.bias.shape[1];
  const [wide, narrow] = [
    [rows, width],
    [1, width],
  ];
  const block = tf.customGrad((...args) => {
    const save = args.at(-1) as unknown as tf.GradSaveFunc;
    const product = tf.matMul(x, layer.weights);
    const [out, xhat, gate, inverse] = onHost(
      [product, layer.gamma!, layer.beta!, layer.bias],
      [wide, wide, wide, narrow],
      ([h, g, b, bias], [o, xh, gt, inv]) => {
        const moments = forward(h, g, b, keep, { out: o, xhat: xh, gate: gt, inverse: inv });
        if (layer.running?.moves === true) moveRunning(layer.running, moments, bias, rows);
      },
    );
    save([x, layer.weights, layer.gamma!, xhat, inverse, gate]);
    return { value: out, gradFunc };
  });

  function gradFunc(upstream: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] {
    const [input, weights, gamma, xhat, inverse, gate] = saved as [
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor2D,
    ];
    const [dh, dGamma, dBeta] = onHost(
      [upstream, gate, xhat, inverse, gamma],
      [wide, narrow, narrow],
      ([up, gt, xh, inv, g], [h, gammas, betas]) =>
        backward(up, gt, xh, inv, g, { h, gamma: gammas, beta: betas }),
    );
    const byInput = () => tf.matMul(dh, weights, false, true);
    if (wanted === 'input') return [byInput()];
    const own = [tf.matMul(input, dh, true, false), dGamma, dBeta];
    return wanted === 'both' ? [...own, byInput()] : own;
  }
  return block(...differentiated([layer.weights, layer.gamma!, layer.beta!], x, wanted));
}

function differentiated(parameters: tf.Tensor[], x: tf.Tensor, wanted: Wanted): tf.Tensor[] {
  return wanted === 'input' ? [x] : wanted === 'both' ? [...parameters, x] : parameters;
}

/** A Linear layer in training: x W + b. */
export function linearTraining(x: tf.Tensor2D, layer: Layer, wanted: Wanted): tf.Tensor2D {
  const linear = tf.customGrad((...args) => {
    const save = args.at(-1) as unknown as tf.GradSaveFunc;
    save([x, layer.weights]);
    return {
      value: activate(tf.matMul(x, layer.weights), { ...layer, activated: false }).value,
      gradFunc: (upstream: tf.Tensor, saved: tf.Tensor[]) => {
        const byInput = () => tf.matMul(upstream, saved[1]!, false, true);
        if (wanted === 'input') return [byInput()];
        const own = [tf.matMul(saved[0]!, upstream, true, false), tf.sum(upstream, 0, true)];
        return wanted === 'both' ? [...own, byInput()] : own;
      },
    };
  });
  return linear(...differentiated([layer.weights, layer.bias], x, wanted)) as tf.Tensor2D;
}

/** A frozen layer: BatchNorm in inference mode folded into the Linear, LeakyReLU after hidden layers. */
export interface FrozenLayer {
  /** inputs × width */
  readonly weights: tf.Tensor2D;
  /** 1 × width */
  readonly bias: tf.Tensor2D;
  readonly activated: boolean;
}

/** Adds the bias and, after hidden layers, applies LeakyReLU, whose slopes are the gate. */
function activate(product: tf.Tensor2D, { bias, activated }: FrozenLayer) {
  const native = nativeKernels();
  if (native === undefined) {
    const linear: tf.Tensor2D = tf.add(product, bias);
    const gate = activated ? tf.step(linear, LEAKY_SLOPE) : undefined;
    return { value: gate === undefined ? linear : tf.mul(linear, gate), gate };
  }
  // Nothing else holds the product, so it may become the result.
  if (!activated) {
    native.addBias(heapNumbers(product), heapNumbers(bias), undefined, false);
    return { value: product, gate: undefined };
  }
  const [gate] = onHost([product, bias], [product.shape], ([x, b], [slopes]) =>
    native.addBias(x, b, slopes, true),
  );
  return { value: product, gate };
}

/** One frozen layer; the gradient flows to x alone. Dropout is off. */
export function frozenLayer(x: tf.Tensor2D, layer: FrozenLayer): tf.Tensor2D {
  const apply = tf.customGrad((input, save) => {
    const { value, gate } = activate(tf.matMul(input as tf.Tensor2D, layer.weights), layer);
    (save as tf.GradSaveFunc)(gate === undefined ? [] : [gate]);
    return {
      value,
      gradFunc: (upstream: tf.Tensor, saved: tf.Tensor[]) => {
        const through: tf.Tensor = saved.length > 0 ? tf.mul(upstream, saved[0]!) : upstream;
        return tf.matMul(through, layer.weights, false, true);
      },
    };
  });
  return apply(x) as tf.Tensor2D;
}
