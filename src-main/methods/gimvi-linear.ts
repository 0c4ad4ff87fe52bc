import * as tf from '@tensorflow/tfjs-core';
import { computed } from '../backend/read.ts';
import type { Dense } from '../matrix/dense.ts';
import type { Wanted } from '../model/block.ts';
import type { Parameter, Parameters } from './gimvi-parameters.ts';

/*
 * gimVI's networks are a few dozen units wide: a step is bound by the number of tensor calls, not by arithmetic.
 * So these layers work on plain numbers with gradients written out, and only the products run on the backend.
 */

/** a b, either of them transposed, on the backend. */
export function product(a: Dense, b: Dense, transposeA = false, transposeB = false): Dense {
  const values = computed(() =>
    tf.matMul(
      tf.tensor2d(a.values, [a.rows, a.columns]),
      tf.tensor2d(b.values, [b.rows, b.columns]),
      transposeA,
      transposeB,
    ),
  );
  return { rows: transposeA ? a.columns : a.rows, columns: transposeB ? b.rows : b.columns, values };
}

/** a += b */
export function accumulate(a: Float32Array, b: Float32Array): void {
  for (let i = 0; i < a.length; i++) a[i] = a[i]! + b[i]!;
}

/** x W + b */
export class Linear {
  readonly weights: Parameter;
  readonly bias: Parameter;

  constructor(inputs: number, width: number, parameters: Parameters) {
    this.weights = parameters.uniform(inputs, width, inputs);
    this.bias = parameters.uniform(1, width, inputs);
  }

  forward(x: Dense): Dense {
    const out = product(x, this.weights);
    const width = out.columns;
    for (let i = 0; i < out.values.length; i += width) {
      for (let j = 0; j < width; j++) out.values[i + j] = out.values[i + j]! + this.bias.values[j]!;
    }
    return out;
  }

  /** Gathers the parameters' gradients unless only the input's is wanted; returns the input's. */
  backward(x: Dense, upstream: Dense, wanted: Wanted = 'both'): Dense {
    if (wanted !== 'input') {
      accumulate(this.weights.gradient, product(x, upstream, true).values);
      const { gradient } = this.bias;
      for (let i = 0; i < upstream.values.length; i += gradient.length) {
        for (let j = 0; j < gradient.length; j++) gradient[j] = gradient[j]! + upstream.values[i + j]!;
      }
    }
    return product(upstream, this.weights, false, true);
  }
}
