import * as tf from '@tensorflow/tfjs-core';
import { sumAll } from '../loss/reduce.ts';
import { meanSquaredError } from '../loss/mean-squared-error.ts';
import { gatherRows, plainView, rowRange, type AffineView } from '../matrix/affine-view.ts';
import { FrozenNetwork } from '../model/network.ts';
import { batchTensor } from './stage.ts';

/** MSE(D(codes), x) of one batch of cells, for a frozen decoder D; differentiable by the codes. */
export type BatchReconstruction = (codes: tf.Tensor2D) => tf.Scalar;

/** Reconstruction losses of a frozen decoder on a dataset, batch by batch. */
export interface Reconstruction {
  /** The loss against the given cells; call inside tidy. */
  of(cells: Int32Array): BatchReconstruction;
  dispose(): void;
}

/** Whether the loss is cheaper in the decoder's last hidden layer, of this width, than by decoding. */
export function cheaperHidden(width: number, genes: number): boolean {
  return 2 * width <= genes;
}

/** The way that costs less: by decoding, or in the decoder's last hidden layer. */
export function reconstruction(decoder: FrozenNetwork, view: AffineView): Reconstruction {
  const width = decoder.layers.at(-1)!.weights.shape[0];
  return cheaperHidden(width, view.columns.length)
    ? new HiddenReconstruction(decoder, view)
    : { of: (cells) => decoding(decoder, batchTensor(view, cells)), dispose: () => undefined };
}

/** The loss by decoding. */
export function decoding(decoder: FrozenNetwork, x: tf.Tensor2D): BatchReconstruction {
  return (codes) => meanSquaredError(decoder.apply(codes), x);
}

const BLOCK = 2048;

/**
 * The same loss without the genes: the decoder ends in a Linear h W + b and is frozen, so
 *
 *   ‖h W + b − x‖² = h G hᵀ − 2 h·c + n,  G = W Wᵀ,  c = (x − b) Wᵀ,  n = ‖x − b‖²,
 *
 * and c and n of every cell are computed once. A batch then costs width² instead of width × genes.
 */
export class HiddenReconstruction implements Reconstruction {
  readonly #trunk: FrozenNetwork;
  readonly #gram: tf.Tensor2D;
  readonly #genes: number;
  readonly #products: AffineView;
  readonly #norms: Float32Array;

  constructor(decoder: FrozenNetwork, view: AffineView) {
    const { weights, bias } = decoder.layers.at(-1)!;
    const [width, genes] = weights.shape;
    const cells = view.source.rows;
    const products = new Float32Array(cells * width);
    this.#norms = new Float32Array(cells);
    for (let first = 0; first < cells; first += BLOCK) {
      const rows = rowRange(first, Math.min(BLOCK, cells - first));
      tf.tidy(() => {
        const centred: tf.Tensor2D = tf.sub(batchTensor(view, rows), bias);
        products.set(tf.matMul(centred, weights, false, true).dataSync(), first * width);
        this.#norms.set(tf.sum(tf.square(centred), 1).dataSync(), first);
      });
    }
    this.#trunk = new FrozenNetwork(decoder.layers.slice(0, -1));
    this.#gram = tf.tidy(() => tf.matMul(weights, weights, false, true));
    this.#genes = genes;
    this.#products = plainView({ rows: cells, columns: width, values: products });
  }

  of(cells: Int32Array): BatchReconstruction {
    const shape: [number, number] = [cells.length, this.#products.columns.length];
    const products = tf.tensor2d(gatherRows(this.#products, cells), shape);
    const norm = cells.reduce((sum, cell) => sum + this.#norms[cell]!, 0);
    return (codes) => this.#loss(this.#trunk.apply(codes), products, norm);
  }

  #loss(hidden: tf.Tensor2D, products: tf.Tensor2D, norm: number): tf.Scalar {
    const size = hidden.shape[0] * this.#genes;
    const loss = tf.customGrad((input, save) => {
      const h = input as tf.Tensor2D;
      const through = tf.matMul(h, this.#gram);
      const half = tf.sub(through, products);
      (save as tf.GradSaveFunc)([half]);
      const sum = sumAll(tf.mul(h, tf.sub(half, products)));
      return {
        value: tf.div(tf.add(sum, norm), size),
        gradFunc: (upstream: tf.Tensor, saved: tf.Tensor[]) => tf.mul(saved[0]!, tf.mul(upstream, 2 / size)),
      };
    });
    return loss(hidden) as tf.Scalar;
  }

  dispose(): void {
    this.#gram.dispose();
  }
}
