import type { Dense } from '../matrix/dense.ts';
import { backward, batchMoments, type BatchMoments } from '../model/batch-norm.ts';
import type { Wanted } from '../model/block.ts';
import { accumulate, product } from './gimvi-linear.ts';
import type { Parameter, Parameters } from './gimvi-parameters.ts';

/**
 * An array that is used again and again: fresh memory for every step costs as much as the arithmetic. The last one
 * taken is no longer valid.
 */
class Scratch {
  #memory = new Float32Array(0);

  take(length: number): Float32Array {
    if (this.#memory.length < length) this.#memory = new Float32Array(length);
    return this.#memory.subarray(0, length);
  }
}

/** What the backward pass needs of a forward one; rows × width each but σ⁻¹ (width, one for each part). */
export interface BlockPass {
  readonly x: Dense;
  readonly out: Dense;
  readonly xhat: Float32Array;
  readonly gate: Float32Array;
  readonly inverse: readonly Float32Array[];
  readonly parts: readonly number[];
}

/** Settings of scvi-tools' BatchNorm. */
const EPSILON = 1e-3;
const MOMENTUM = 0.01;

/**
 * Linear → BatchNorm → ReLU → Dropout. Rows may come in parts (reference cells, then spatial cells), each of which
 * is normalised by its own statistics while the running statistics move part by part. The Linear has no bias: it
 * would cancel in BatchNorm. The arrays of a pass live until the block's next one.
 */
export class Block {
  readonly weights: Parameter;
  readonly gamma: Parameter;
  readonly beta: Parameter;
  readonly runningMean: Float32Array;
  readonly runningVariance: Float32Array;
  readonly #out = new Scratch();
  readonly #xhat = new Scratch();
  readonly #gate = new Scratch();
  readonly #byH = new Scratch();

  constructor(inputs: number, width: number, parameters: Parameters) {
    this.weights = parameters.uniform(inputs, width, inputs);
    this.gamma = parameters.filled(1, width, 1);
    this.beta = parameters.filled(1, width, 0);
    this.runningMean = new Float32Array(width);
    this.runningVariance = new Float32Array(width).fill(1);
  }

  /**
   * @param parts rows of each part; together all rows of x
   * @param keep rows × width of 0 and 1/(1 − p), the dropout mask; undefined for no dropout
   */
  forward(x: Dense, parts: readonly number[], keep: Float32Array | undefined): BlockPass {
    const h = product(x, this.weights);
    const width = h.columns;
    const inverse: Float32Array[] = [];
    const { length } = h.values;
    const arrays = {
      out: this.#out.take(length),
      xhat: this.#xhat.take(length),
      gate: this.#gate.take(length),
    };
    let first = 0;
    for (const rows of parts) {
      const range = [first * width, (first + rows) * width] as const;
      const moments = batchMoments(h.values.subarray(...range), width);
      this.#moveRunning(moments, rows);
      const sigma = Float32Array.from(moments.variance, (variance) => 1 / Math.sqrt(variance + EPSILON));
      this.#activate(h.values, range, moments.mean, sigma, keep, arrays);
      inverse.push(sigma);
      first += rows;
    }
    return { ...arrays, x, out: { ...h, values: arrays.out }, inverse, parts };
  }

  #activate(
    h: Float32Array,
    [first, end]: readonly [number, number],
    mean: Float64Array,
    inverse: Float32Array,
    keep: Float32Array | undefined,
    { out, xhat, gate }: Record<'out' | 'xhat' | 'gate', Float32Array>,
  ): void {
    const width = inverse.length;
    const [gamma, beta] = [this.gamma.values, this.beta.values];
    // The sign of half of the units is unforeseeable, and a branch taken wrongly costs more than all the arithmetic
    // here: the slope of ReLU is read from the sign bit instead.
    const bits = new Int32Array(out.buffer, out.byteOffset, out.length);
    for (let i = first; i < end; i += width) {
      for (let j = 0; j < width; j++) {
        const normalised = (h[i + j]! - mean[j]!) * inverse[j]!;
        const pre = normalised * gamma[j]! + beta[j]!;
        out[i + j] = pre;
        const slope = (1 + (bits[i + j]! >> 31)) * (keep === undefined ? 1 : keep[i + j]!);
        xhat[i + j] = normalised;
        gate[i + j] = slope;
        out[i + j] = pre * slope;
      }
    }
  }

  #moveRunning({ mean, variance }: BatchMoments, rows: number): void {
    const unbiased = rows / Math.max(1, rows - 1);
    for (let j = 0; j < mean.length; j++) {
      this.runningMean[j] = (1 - MOMENTUM) * this.runningMean[j]! + MOMENTUM * mean[j]!;
      this.runningVariance[j] =
        (1 - MOMENTUM) * this.runningVariance[j]! + MOMENTUM * unbiased * variance[j]!;
    }
  }

  /** As {@link Linear.backward}; undefined where the input's gradient is not wanted. */
  backward(pass: BlockPass, upstream: Dense, wanted: Wanted): Dense | undefined {
    const width = upstream.columns;
    const dh = this.#byH.take(upstream.values.length);
    const [gamma, beta] = [new Float32Array(width), new Float32Array(width)];
    let first = 0;
    for (const [i, rows] of pass.parts.entries()) {
      const part = (all: Float32Array) => all.subarray(first * width, (first + rows) * width);
      const gradients = { h: part(dh), gamma, beta };
      const inverse = pass.inverse[i]!;
      backward(
        part(upstream.values),
        part(pass.gate),
        part(pass.xhat),
        inverse,
        this.gamma.values,
        gradients,
      );
      if (wanted !== 'input') {
        accumulate(this.gamma.gradient, gamma);
        accumulate(this.beta.gradient, beta);
      }
      first += rows;
    }
    const through = { ...upstream, values: dh };
    if (wanted !== 'input') accumulate(this.weights.gradient, product(pass.x, through, true).values);
    return wanted === 'parameters' ? undefined : product(through, this.weights, false, true);
  }

  /** In inference mode: running statistics, no dropout. */
  infer(x: Dense): Dense {
    const out = product(x, this.weights);
    const width = out.columns;
    const scale = this.gamma.values.map((gamma, j) => gamma / Math.sqrt(this.runningVariance[j]! + EPSILON));
    for (let i = 0; i < out.values.length; i += width) {
      for (let j = 0; j < width; j++) {
        const pre = (out.values[i + j]! - this.runningMean[j]!) * scale[j]! + this.beta.values[j]!;
        out.values[i + j] = Math.max(0, pre);
      }
    }
    return out;
  }
}
