import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../../src-shared/maths/random.ts';
import { BATCH_NORM_EPSILON } from './batch-norm.ts';
import type { FrozenLayer } from './block.ts';
import { holderOf } from './held-on-device.ts';

/** The parameters of one Linear layer and of the BatchNorm behind it, where there is one. */
export interface Layer {
  /** inputs × width (the transpose of PyTorch's) */
  readonly weights: tf.Variable<tf.Rank.R2>;
  /** 1 × width */
  readonly bias: tf.Variable<tf.Rank.R2>;
  /** 1 × width each; absent on an output layer that ends in Linear */
  readonly gamma?: tf.Variable<tf.Rank.R2>;
  readonly beta?: tf.Variable<tf.Rank.R2>;
  readonly running?: RunningStatistics;
}

/** Mean and variance that inference uses. Plain numbers: training only moves them, inference folds them away. */
export interface RunningStatistics {
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  /** False in networks that never run in inference mode: theirs stay where they are. */
  readonly moves: boolean;
}

/** A new layer: Linear weights and bias U(±1/√inputs) as PyTorch draws them, γ = 1, β = 0. */
export function createLayer(
  inputs: number,
  width: number,
  random: Random,
  options: { readonly normalised: boolean; readonly tracked: boolean },
): Layer {
  const bound = 1 / Math.sqrt(inputs);
  const draw = (length: number) => Float32Array.from({ length }, () => (2 * random.uniform() - 1) * bound);
  const base = {
    weights: matrixVariable(draw(inputs * width), inputs, width),
    bias: matrixVariable(draw(width), 1, width),
  };
  if (!options.normalised) return base;
  return {
    ...base,
    gamma: matrixVariable(new Float32Array(width).fill(1), 1, width),
    beta: matrixVariable(new Float32Array(width), 1, width),
    running: {
      mean: new Float32Array(width),
      variance: new Float32Array(width).fill(1),
      moves: options.tracked,
    },
  };
}

function matrixVariable(values: Float32Array, rows: number, columns: number): tf.Variable<tf.Rank.R2> {
  return tf.tidy(() => tf.variable(tf.tensor2d(values, [rows, columns])));
}

/** The parameters that an optimiser moves, in a fixed order. */
export function trainable(layer: Layer): tf.Variable[] {
  const { weights, bias, gamma, beta } = layer;
  return gamma !== undefined && beta !== undefined ? [weights, bias, gamma, beta] : [weights, bias];
}

/** The variables that a checkpoint must hold, by name. */
export function layerVariables(layer: Layer): Record<string, tf.Variable> {
  const { weights, bias, gamma, beta } = layer;
  return { weights, bias, ...(gamma && { gamma }), ...(beta && { beta }) };
}

/** The running statistics that a checkpoint must hold, by name; live arrays. */
export function layerArrays({ running }: Layer): Record<string, Float32Array> {
  return running === undefined ? {} : { runningMean: running.mean, runningVariance: running.variance };
}

/** BatchNorm in inference mode folded into the Linear: W γ/σ and (b − μ) γ/σ + β. */
export function freezeLayer(layer: Layer): FrozenLayer {
  return tf.tidy((): FrozenLayer & tf.TensorContainerObject => {
    const { gamma, beta, running } = layer;
    if (gamma === undefined || beta === undefined || running === undefined) {
      return { weights: tf.mul(layer.weights, 1), bias: tf.mul(layer.bias, 1), activated: false };
    }
    const row = (values: Float32Array) => holderOf(values) ?? tf.tensor2d(values, [1, values.length]);
    const scale: tf.Tensor2D = tf.mul(gamma, tf.rsqrt(tf.add(row(running.variance), BATCH_NORM_EPSILON)));
    return {
      weights: tf.mul(layer.weights, scale),
      bias: tf.add(tf.mul(tf.sub(layer.bias, row(running.mean)), scale), beta),
      activated: true,
    };
  });
}
