import * as tf from '@tensorflow/tfjs-core';
import { rowRange, type AffineView } from '../matrix/affine-view.ts';
import type { FrozenNetwork } from '../model/network.ts';
import { hiddenLoss, type BatchReconstruction, type Reconstruction } from './reconstruction.ts';
import { batchTensor } from './stage.ts';

const BLOCK = 2048;

/**
 * HiddenReconstruction with c and n of every cell kept where they were computed: nothing is read back, and of a batch
 * only the numbers of its cells are sent.
 */
export class DeviceReconstruction implements Reconstruction {
  readonly #gram: tf.Tensor2D;
  readonly #genes: number;
  /** cells × width */
  readonly #products: tf.Tensor2D;
  /** One a cell. */
  readonly #norms: tf.Tensor1D;

  constructor(decoder: FrozenNetwork, view: AffineView) {
    const { weights, bias } = decoder.layers.at(-1)!;
    const cells = view.source.rows;
    const products: tf.Tensor2D[] = [];
    const norms: tf.Tensor1D[] = [];
    for (let first = 0; first < cells; first += BLOCK) {
      const rows = rowRange(first, Math.min(BLOCK, cells - first));
      tf.tidy(() => {
        const centred: tf.Tensor2D = tf.sub(batchTensor(view, rows), bias);
        products.push(tf.keep(tf.matMul(centred, weights, false, true)));
        norms.push(tf.keep(tf.sum(tf.square(centred), 1)));
      });
    }
    this.#products = products.length === 1 ? products[0]! : tf.concat(products);
    this.#norms = norms.length === 1 ? norms[0]! : tf.concat(norms);
    if (products.length > 1) tf.dispose([...products, ...norms]);
    this.#gram = tf.tidy(() => tf.matMul(weights, weights, false, true));
    this.#genes = weights.shape[1];
  }

  of(cells: Int32Array): BatchReconstruction {
    const rows = tf.tensor1d(cells, 'int32');
    const products = tf.gather(this.#products, rows);
    const norm: tf.Scalar = tf.sum(tf.gather(this.#norms, rows));
    return (hidden) => hiddenLoss(hidden, { gram: this.#gram, products, norm }, this.#genes);
  }

  dispose(): void {
    tf.dispose([this.#gram, this.#products, this.#norms]);
  }
}
