import * as tf from '@tensorflow/tfjs-core';
import { computesOnDevice, deviceConstant } from '../backend/device.ts';
import { offDiagonalMedianOnDevice } from './median-on-device.ts';
import { columnMeans } from './reduce.ts';

/** `median`: five Gaussians around the median distance. `gamma`: one Gaussian exp(−γ d²), as released. */
export type MmdKernel = 'median' | { readonly gamma: number };

/**
 * One half of the MMD loss, the biased estimate of MMD² = mean k(fake, fake) + mean k(real, real) − 2 mean
 * k(fake, real) (Gretton et al. 2012), with
 *
 *   median: k = mean over m ∈ {¼, ½, 1, 2, 4} of exp(−d² / (m · med)), med the median of all off-diagonal squared
 *           distances of [fake; real], a constant for the gradient;
 *   gamma:  k = exp(−γ d²).
 *
 * With the signed weights s = (1/n … , −1/m …) over the rows of Z = [fake; real] this is sᵀ K s.
 *
 * @param fake cells × d translated codes, differentiable
 * @param real cells × d codes of the domain; a constant
 */
export function mmdLoss(fake: tf.Tensor2D, real: tf.Tensor2D, kernel: MmdKernel = 'median'): tf.Scalar {
  const n = fake.shape[0];
  const m = real.shape[0];
  const loss = tf.customGrad((input, save) => {
    const stacked = tf.concat([input as tf.Tensor2D, real], 0);
    // Centring changes no distance and keeps float32 digits.
    const z: tf.Tensor2D = tf.sub(stacked, columnMeans(stacked));
    const distances = squaredDistances(z);
    const { value: k, slope } =
      kernel === 'median' ? medianKernel(distances) : gaussian(distances, kernel.gamma);
    const signs = tf.concat([tf.fill([n, 1], 1 / n), tf.fill([m, 1], -1 / m)], 0);
    (save as tf.GradSaveFunc)([z, slope, signs]);
    return { value: tf.squeeze(tf.matMul(signs, tf.matMul(k, signs), true, false)), gradFunc };
  });

  // With A = s sᵀ ∘ k′(d²):  ∂/∂Z = 4 (diag(A 1) Z − A Z), of which the first n rows belong to `fake`.
  function gradFunc(upstream: tf.Tensor, saved: tf.Tensor[]): tf.Tensor {
    const [z, slope, signs] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const mine = tf.slice(signs, [0, 0], [n, 1]);
    const a = tf.mul(tf.mul(tf.slice(slope, [0, 0], [n, n + m]), mine), tf.transpose(signs));
    const own = tf.mul(tf.slice(z, [0, 0], [n, -1]), tf.sum(a, 1, true));
    return tf.mul(tf.sub(own, tf.matMul(a, z)), tf.mul(upstream, 4));
  }
  return loss(fake) as tf.Scalar;
}

/** Squared Euclidean distances between all rows; exactly 0 on the diagonal, never negative. */
export function squaredDistances(z: tf.Tensor2D): tf.Tensor2D {
  const norms = tf.sum(tf.square(z), 1, true);
  const products = tf.matMul(z, z, false, true);
  const raw = tf.sub(tf.add(norms, tf.transpose(norms)), tf.mul(products, 2));
  const n = z.shape[0];
  const besides = () => tf.sub<tf.Tensor2D>(1, tf.eye(n));
  return tf.mul(
    tf.relu(raw),
    computesOnDevice() ? deviceConstant(`besides the diagonal ${n}`, besides) : besides(),
  );
}

interface KernelValue {
  readonly value: tf.Tensor2D;
  /** dk / d(d²) */
  readonly slope: tf.Tensor2D;
}

function gaussian(distances: tf.Tensor2D, gamma: number): KernelValue {
  const value: tf.Tensor2D = tf.exp(tf.mul(distances, -gamma));
  return { value, slope: tf.mul(value, -gamma) };
}

function medianKernel(distances: tf.Tensor2D): KernelValue {
  const inverse = inverseMedian(distances);
  // One exponential serves all five: halving m squares the kernel.
  const four: tf.Tensor2D = tf.exp(tf.mul(distances, times(inverse, -1 / 4)));
  const two = tf.square(four);
  const one = tf.square(two);
  const half = tf.square(one);
  const quarter = tf.square(half);
  const kernels: (readonly [tf.Tensor2D, number])[] = [
    [four, 1 / 4],
    [two, 1 / 2],
    [one, 1],
    [half, 2],
    [quarter, 4],
  ];
  const sum = tf.addN(kernels.map(([k]): tf.Tensor => k));
  const value: tf.Tensor2D = tf.div(sum, kernels.length);
  const slopes = kernels.map(([k, share]) => tf.mul(k, times(inverse, -share / kernels.length)));
  return { value, slope: tf.addN(slopes) as tf.Tensor2D };
}

/** 1 / median of the distances: a number, or on a device a tensor (1 × 1), since reading it would wait for the device. */
function inverseMedian(distances: tf.Tensor2D): number | tf.Tensor2D {
  if (computesOnDevice()) return tf.div(1, tf.maximum(offDiagonalMedianOnDevice(distances), 1e-12));
  const median = offDiagonalMedian(distances.dataSync() as Float32Array, distances.shape[0]);
  return 1 / Math.max(median, 1e-12);
}

function times(value: number | tf.Tensor2D, factor: number): number | tf.Tensor2D {
  return typeof value === 'number' ? value * factor : tf.mul(value, factor);
}

/** Median of the entries above the diagonal of a symmetric n × n matrix (mean of the middle two if even). */
export function offDiagonalMedian(values: Float32Array, n: number): number {
  const upper = new Float32Array((n * (n - 1)) / 2);
  let next = 0;
  for (let i = 0; i < n; i++) {
    upper.set(values.subarray(i * n + i + 1, (i + 1) * n), next);
    next += n - i - 1;
  }
  if (upper.length === 0) return 0;
  const middle = upper.length >> 1;
  const high = selectSmallest(upper, middle);
  if (upper.length % 2 === 1) return high;
  // After the selection everything left of the middle is at most as large; its maximum is the lower neighbour.
  let low = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < middle; i++) low = Math.max(low, upper[i]!);
  return (low + high) / 2;
}

/** The k-th smallest value (from 0) by Hoare's selection; reorders the array so that smaller ones stand left of it. */
export function selectSmallest(values: Float32Array, k: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[(left + right) >> 1]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i <= j) {
        const kept = values[i]!;
        values[i++] = values[j]!;
        values[j--] = kept;
      }
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else return values[k]!;
  }
  return values[k]!;
}
