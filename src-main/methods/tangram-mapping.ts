import * as tf from '@tensorflow/tfjs-core';
import { onHost } from '../backend/host-kernel.ts';
import { computed } from '../backend/read.ts';
import { tangramLoss, type TangramLoss, type TangramWeights } from './tangram-loss.ts';
import { SoftmaxRows } from './tangram-sweep.ts';

/** What is mapped, and onto what. Sources are reference cells or clusters, spots are spatial cells. */
export interface MappingProblem {
  readonly genes: number;
  /** Sources × training genes. */
  readonly source: Float32Array;
  /** Training genes × spots. */
  readonly spatial: Float32Array;
  /** Share of each source in the predicted density, sum 1. */
  readonly sourceDensity: Float64Array;
  /** Share of each spot, sum 1. */
  readonly density: Float64Array;
}

export interface MappingOptions {
  readonly weights: TangramWeights;
  readonly learningRate: number;
}

/** Entries whose gradient is worked out at a time: they stay in the processor's cache. */
const BLOCK_ENTRIES = 250_000;

/**
 * Tangram's mapping (Biancalani et al. 2021, doi 10.1038/s41592-021-01264-7): M, the softmax over the spots of each
 * source's logits, trained by Adam to minimise {@link tangramLoss} of the predicted genes Mᵀ S and the predicted
 * density Mᵀ s, minus λ_r Σ M ln M.
 *
 * The gradient is worked out by hand. With E = exp(logits) and row totals Z, M = E / Z: the density is one more
 * column of S, and Z divides the rows of S instead of E, so that an epoch is two matrix products
 * (Q = (S / Z)ᵀ E and ∂L/∂M = S ∂L/∂Q) and one sweep over the entries.
 */
export class TangramMapping {
  readonly #problem: MappingProblem;
  readonly #options: MappingOptions;
  readonly #softmax: SoftmaxRows;
  readonly #spots: number;
  /** Sources × (genes + 1): the density as one more gene. */
  readonly #augmented: Float32Array;
  /** The same, some sources at a time. */
  readonly #sourceBlocks: readonly tf.Tensor2D[];
  readonly #gradient: Float32Array;
  #exponentials: tf.Tensor2D;
  #step = 0;

  /** @param logits sources × spots; taken over and changed */
  constructor(problem: MappingProblem, logits: Float32Array, options: MappingOptions) {
    const sources = problem.sourceDensity.length;
    const width = problem.genes + 1;
    this.#problem = problem;
    this.#options = options;
    this.#spots = problem.density.length;
    this.#softmax = new SoftmaxRows(logits, sources, this.#spots);
    this.#augmented = new Float32Array(sources * width);
    for (let i = 0; i < sources; i++) {
      const from = i * problem.genes;
      this.#augmented.set(problem.source.subarray(from, from + problem.genes), i * width);
      this.#augmented[i * width + problem.genes] = problem.sourceDensity[i]!;
    }
    this.#sourceBlocks = blocksOfRows(this.#augmented, width, Math.ceil(BLOCK_ENTRIES / this.#spots));
    this.#gradient = new Float32Array(width * this.#spots);
    this.#exponentials = tf.tensor2d(this.#softmax.exponentials, [sources, this.#spots]);
  }

  /** One epoch. The loss is that before the step; its total lacks the entropy term. */
  step(): TangramLoss {
    const { weights, learningRate } = this.#options;
    const { density, spatial, genes } = this.#problem;
    const predicted = this.project(this.#augmented, genes + 1);
    const loss = tangramLoss(predicted, spatial, density, weights, this.#gradient);
    this.#step += 1;
    const adam = { step: this.#step, learningRate };
    const byPrediction = tf.tensor2d(this.#gradient, [genes + 1, this.#spots]);
    let first = 0;
    for (const block of this.#sourceBlocks) {
      const byProbability = tf.matMul(block, byPrediction);
      onHost([byProbability], [], ([gradient]) => {
        this.#softmax.update(gradient, first, adam, weights.entropy);
      });
      byProbability.dispose();
      first += block.shape[0];
    }
    byPrediction.dispose();
    this.#exponentials.dispose();
    this.#exponentials = tf.tensor2d(this.#softmax.exponentials, this.#exponentials.shape);
    return loss;
  }

  /**
   * Values of the sources carried to the spots, Mᵀ values.
   *
   * @param values sources × columns
   * @returns columns × spots
   */
  project(values: Float32Array, columns: number): Float32Array {
    const { totals } = this.#softmax;
    const sources = totals.length;
    const weighted = new Float32Array(columns * sources);
    for (let i = 0; i < sources; i++) {
      const inverse = 1 / totals[i]!;
      for (let c = 0; c < columns; c++) weighted[c * sources + i] = values[i * columns + c]! * inverse;
    }
    return computed(() => tf.matMul(tf.tensor2d(weighted, [columns, sources]), this.#exponentials));
  }

  /** M, sources × spots. */
  probabilities(): Float32Array {
    const { exponentials, totals } = this.#softmax;
    return exponentials.map((value, k) => value / totals[Math.floor(k / this.#spots)]!);
  }

  dispose(): void {
    for (const block of this.#sourceBlocks) block.dispose();
    this.#exponentials.dispose();
  }
}

function blocksOfRows(matrix: Float32Array, width: number, rows: number): tf.Tensor2D[] {
  const blocks: tf.Tensor2D[] = [];
  for (let first = 0; first < matrix.length; first += rows * width) {
    const values = matrix.slice(first, first + rows * width);
    blocks.push(tf.tensor2d(values, [values.length / width, width]));
  }
  return blocks;
}
