import { nativeKernels } from '../backend/kernels.ts';

/** Added to the variance (PyTorch's BatchNorm1d default). */
export const BATCH_NORM_EPSILON = 1e-5;
/** Share of the new batch in the running statistics (PyTorch's meaning of momentum). */
export const BATCH_NORM_MOMENTUM = 0.1;
/** Slope of LeakyReLU below zero. */
export const LEAKY_SLOPE = 0.2;

/** Mean and biased variance (divisor n) of every column, in doubles. */
export interface BatchMoments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** @param h rows × width, row-major */
export function batchMoments(h: Float32Array, width: number): BatchMoments {
  const rows = h.length / width;
  const mean = new Float64Array(width);
  const variance = new Float64Array(width);
  for (let i = 0; i < h.length; i += width) {
    for (let j = 0; j < width; j++) mean[j] = mean[j]! + h[i + j]!;
  }
  for (let j = 0; j < width; j++) mean[j] = mean[j]! / rows;
  for (let i = 0; i < h.length; i += width) {
    for (let j = 0; j < width; j++) {
      const difference = h[i + j]! - mean[j]!;
      variance[j] = variance[j]! + difference * difference;
    }
  }
  for (let j = 0; j < width; j++) variance[j] = variance[j]! / rows;
  return { mean, variance };
}

/** Arrays that the forward sweep of BatchNorm → LeakyReLU → Dropout writes, all rows × width but σ⁻¹ (width). */
export interface ForwardArrays {
  readonly out: Float32Array;
  /** Normalised input: mean 0, variance 1 per column. */
  readonly xhat: Float32Array;
  /** Derivative of LeakyReLU and dropout together. */
  readonly gate: Float32Array;
  readonly inverse: Float32Array;
}

/**
 * y = gate · (γ x̂ + β), x̂ = (h − μ) / √(σ² + ε) (Ioffe & Szegedy 2015), gate the slope of LeakyReLU times the
 * dropout mask.
 *
 * @param keep rows × width of 0 and 1/(1 − p); undefined for no dropout
 * @returns mean and variance of the batch
 */
export function forward(
  h: Float32Array,
  gamma: Float32Array,
  beta: Float32Array,
  keep: Float32Array | undefined,
  arrays: ForwardArrays,
): BatchMoments {
  const width = gamma.length;
  const { out, xhat, gate, inverse } = arrays;
  const native = nativeKernels();
  if (native !== undefined) {
    const mean = new Float64Array(width);
    const variance = new Float64Array(width);
    native.blockForward(h, gamma, beta, keep, out, xhat, gate, inverse, mean, variance);
    return { mean, variance };
  }
  const moments = batchMoments(h, width);
  normalise(h, moments, gamma, beta, keep, arrays);
  return moments;
}

function normalise(
  h: Float32Array,
  { mean, variance }: BatchMoments,
  gamma: Float32Array,
  beta: Float32Array,
  keep: Float32Array | undefined,
  { out, xhat, gate, inverse }: ForwardArrays,
): void {
  const width = gamma.length;
  for (let j = 0; j < width; j++) inverse[j] = 1 / Math.sqrt(variance[j]! + BATCH_NORM_EPSILON);
  for (let i = 0; i < h.length; i += width) {
    for (let j = 0; j < width; j++) {
      const normalised = (h[i + j]! - mean[j]!) * inverse[j]!;
      const pre = normalised * gamma[j]! + beta[j]!;
      const slope = (pre > 0 ? 1 : LEAKY_SLOPE) * (keep === undefined ? 1 : keep[i + j]!);
      xhat[i + j] = normalised;
      gate[i + j] = slope;
      out[i + j] = pre * slope;
    }
  }
}

/** Arrays that the backward sweep writes: the gradients by h (rows × width), γ and β (width). */
export interface BackwardArrays {
  readonly h: Float32Array;
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
}

/**
 * Gradients given that of the output: with dy = upstream · gate, dβ = Σ dy, dγ = Σ dy x̂,
 * dh = γ/σ (dy − dβ/n − x̂ dγ/n).
 */
export function backward(
  upstream: Float32Array,
  gate: Float32Array,
  xhat: Float32Array,
  inverse: Float32Array,
  gamma: Float32Array,
  gradient: BackwardArrays,
): void {
  const native = nativeKernels();
  if (native !== undefined) {
    native.blockBackward(upstream, gate, xhat, inverse, gamma, gradient.h, gradient.gamma, gradient.beta);
    return;
  }
  const width = gamma.length;
  const rows = xhat.length / width;
  const dBeta = new Float64Array(width);
  const dGamma = new Float64Array(width);
  for (let i = 0; i < xhat.length; i += width) {
    for (let j = 0; j < width; j++) {
      const dy = upstream[i + j]! * gate[i + j]!;
      dBeta[j] = dBeta[j]! + dy;
      dGamma[j] = dGamma[j]! + dy * xhat[i + j]!;
    }
  }
  for (let i = 0; i < xhat.length; i += width) {
    for (let j = 0; j < width; j++) {
      const dy = upstream[i + j]! * gate[i + j]!;
      const projected = (dBeta[j]! + xhat[i + j]! * dGamma[j]!) / rows;
      gradient.h[i + j] = gamma[j]! * inverse[j]! * (dy - projected);
    }
  }
  gradient.gamma.set(dGamma);
  gradient.beta.set(dBeta);
}

/** Moves the running mean and variance (unbiased, as PyTorch's) by one batch; `bias` is the Linear's. */
export function moveRunning(
  running: { readonly mean: Float32Array; readonly variance: Float32Array },
  { mean, variance }: BatchMoments,
  bias: Float32Array,
  rows: number,
): void {
  const keep = 1 - BATCH_NORM_MOMENTUM;
  const unbiased = rows / Math.max(1, rows - 1);
  for (let j = 0; j < mean.length; j++) {
    running.mean[j] = keep * running.mean[j]! + BATCH_NORM_MOMENTUM * (mean[j]! + bias[j]!);
    running.variance[j] = keep * running.variance[j]! + BATCH_NORM_MOMENTUM * variance[j]! * unbiased;
  }
}
