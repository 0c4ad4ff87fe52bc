import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../src-shared/maths/random.ts';
import { blockTraining, frozenLayer, linearTraining, type FrozenLayer, type Wanted } from './block.ts';
import { dropoutMask } from './dropout.ts';
import { dropHeld } from './held-on-device.ts';
import { createLayer, freezeLayer, layerArrays, layerVariables, trainable, type Layer } from './layer.ts';

/** Shape of one network: the widths of its layers from input to output, and how it ends. */
export interface NetworkShape {
  readonly name: string;
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly outputs: number;
  /** `block`: Linear → BatchNorm → LeakyReLU (encoders, translators); `linear` (decoders, discriminators). */
  readonly ending: 'block' | 'linear';
  /** Probability that a hidden unit is dropped. */
  readonly dropout: number;
  /** Whether it will run in inference mode, so that running statistics are worth keeping; true when left out. */
  readonly tracked?: boolean;
}

/** A network whose BatchNorm runs in inference mode and whose weights no longer move. */
export class FrozenNetwork {
  readonly layers: readonly FrozenLayer[];

  constructor(layers: readonly FrozenLayer[]) {
    this.layers = layers;
  }

  /** rows × inputs → rows × outputs, differentiable by x. */
  apply(x: tf.Tensor2D): tf.Tensor2D {
    return this.layers.reduce((h, layer) => frozenLayer(h, layer), x);
  }

  /** The same of several batches in one pass, whose products are larger and so faster; differentiable by each. */
  applyTogether(batches: readonly tf.Tensor2D[]): tf.Tensor2D[] {
    if (batches.length === 1 || this.layers.length === 0) return batches.map((x) => this.apply(x));
    return tf.split(
      this.apply(tf.concat([...batches])),
      batches.map((x) => x.shape[0]),
    );
  }

  /** All layers but the last, and the last alone; they share this network's tensors. */
  get parts(): { readonly trunk: FrozenNetwork; readonly ending: FrozenNetwork } {
    return {
      trunk: new FrozenNetwork(this.layers.slice(0, -1)),
      ending: new FrozenNetwork(this.layers.slice(-1)),
    };
  }

  dispose(): void {
    for (const layer of this.layers) tf.dispose([layer.weights, layer.bias]);
  }
}

/** A multilayer perceptron of MODEL.md's blocks. */
export class Network {
  readonly shape: NetworkShape;
  readonly layers: readonly Layer[];

  constructor(shape: NetworkShape, seed: number) {
    const random = new Random(seed, `weights ${shape.name}`);
    const widths = [shape.inputs, ...shape.hidden, shape.outputs];
    this.shape = shape;
    this.layers = widths.slice(1).map((width, i) =>
      createLayer(widths[i]!, width, random, {
        normalised: i < shape.hidden.length || shape.ending === 'block',
        tracked: shape.tracked ?? true,
      }),
    );
  }

  /**
   * One pass in training mode (batch statistics, dropout); moves the running statistics.
   *
   * @param x rows × inputs; needs at least two rows
   * @param random source of the dropout masks
   * @param wanted gradients by the parameters (where x is data), by x (where the network is only a judge), or both
   */
  train(x: tf.Tensor2D, random: Random, wanted: Wanted = 'both'): tf.Tensor2D {
    const last = this.layers.length - 1;
    return this.layers.reduce((h, layer, i) => {
      const here = wanted === 'parameters' && i > 0 ? 'both' : wanted;
      if (layer.running === undefined) return linearTraining(h, layer, here);
      const keep =
        i < last ? dropoutMask(h.shape[0], layer.bias.shape[1], this.shape.dropout, random) : undefined;
      return blockTraining(h, layer, keep, here);
    }, x);
  }

  /** A copy with BatchNorm in inference mode, for prediction and as a frozen part of another loss. */
  freeze(): FrozenNetwork {
    return new FrozenNetwork(this.layers.map(freezeLayer));
  }

  /** What an optimiser moves, in a fixed order. */
  get trainable(): tf.Variable[] {
    return this.layers.flatMap(trainable);
  }

  /** Its variables by name: weights, biases, γ, β. */
  get variables(): Map<string, tf.Variable> {
    return named(this.shape.name, this.layers.map(layerVariables));
  }

  /** Its running statistics by name; live arrays. */
  get arrays(): Map<string, Float32Array> {
    return named(this.shape.name, this.layers.map(layerArrays));
  }

  dispose(): void {
    for (const value of this.variables.values()) value.dispose();
    dropHeld(this.arrays.values());
  }
}

/** NAME.LAYER.KEY → value */
function named<T>(name: string, layers: readonly Readonly<Record<string, T>>[]): Map<string, T> {
  return new Map(
    layers.flatMap((layer, i) =>
      Object.entries(layer).map(([key, value]) => [`${name}.${i}.${key}`, value] as const),
    ),
  );
}
