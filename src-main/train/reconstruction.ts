import * as tf from '@tensorflow/tfjs-core';
import { computesOnDevice } from '../backend/device.ts';
import { sumAll } from '../loss/reduce.ts';
import { meanSquaredError } from '../loss/mean-squared-error.ts';
import { gatherRows, plainView, rowRange, type AffineView } from '../matrix/affine-view.ts';
import type { FrozenNetwork } from '../model/network.ts';
import { DeviceReconstruction } from './reconstruction-on-device.ts';
import { batchTensor } from './stage.ts';

/** MSE(D(codes), x) of one batch of cells, for a frozen decoder D; takes what D's last layer gets, differentiably. */
export type BatchReconstruction = (hidden: tf.Tensor2D) => tf.Scalar;

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
  if (!cheaperHidden(width, view.columns.length)) {
    return { of: (cells) => decoding(decoder, batchTensor(view, cells)), dispose: () => undefined };
  }
  return computesOnDevice()
    ? new DeviceReconstruction(decoder, view)
    : new HiddenReconstruction(decoder, view);
}

/** The loss by decoding. */
export function decoding(decoder: FrozenNetwork, x: tf.Tensor2D): BatchReconstruction {
  const { ending } = decoder.parts;
  return (hidden) => meanSquaredError(ending.apply(hidden), x);
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
    this.#gram = tf.tidy(() => tf.matMul(weights, weights, false, true));
    this.#genes = genes;
    this.#products = plainView({ rows: cells, columns: width, values: products });
  }

  of(cells: Int32Array): BatchReconstruction {
    const shape: [number, number] = [cells.length, this.#products.columns.length];
    const products = tf.tensor2d(gatherRows(this.#products, cells), shape);
    const norm = cells.reduce((sum, cell) => sum + this.#norms[cell]!, 0);
    return (hidden) => hiddenLoss(hidden, { gram: this.#gram, products, norm }, this.#genes);
  }

  dispose(): void {
    this.#gram.dispose();
  }
}

/** G, and c and n of a batch, as in {@link HiddenReconstruction}. */
export interface HiddenTarget {
  readonly gram: tf.Tensor2D;
  readonly products: tf.Tensor2D;
  readonly norm: number | tf.Scalar;
}

/** (h G hᵀ − 2 h·c + n) / (rows · genes), differentiable by h. */
export function hiddenLoss(hidden: tf.Tensor2D, target: HiddenTarget, genes: number): tf.Scalar {
  const size = hidden.shape[0] * genes;
  const loss = tf.customGrad((input, save) => {
    const h = input as tf.Tensor2D;
    const through = tf.matMul(h, target.gram);
    const half = tf.sub(through, target.products);
    (save as tf.GradSaveFunc)([half]);
    const sum = sumAll(tf.mul(h, tf.sub(half, target.products)));
    return {
      value: tf.div(tf.add(sum, target.norm), size),
      gradFunc: (upstream: tf.Tensor, saved: tf.Tensor[]) => tf.mul(saved[0]!, tf.mul(upstream, 2 / size)),
    };
  });
  return loss(hidden) as tf.Scalar;
}
