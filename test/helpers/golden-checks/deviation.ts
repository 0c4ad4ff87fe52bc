import * as tf from '@tensorflow/tfjs-core';
import { pullHeld } from '../../../src-main/model/held-on-device.ts';
import type { Layer } from '../../../src-main/model/layer.ts';
import { Network, type NetworkShape } from '../../../src-main/model/network.ts';

// What is here and beside it runs in a page too: no vitest, no Node, and numbers are read without waiting for a device.

/** A matrix or vector of the golden numbers. */
export interface Golden {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** How far a value is from its golden number, and how far it may be. */
export interface Deviation {
  readonly what: string;
  readonly error: number;
  readonly limit: number;
}

/** One layer of the golden numbers; W is [out, in]. */
export interface GoldenLayer {
  readonly W: Golden;
  readonly b: Golden;
  readonly gamma?: Golden;
  readonly beta?: Golden;
  readonly running_mean?: Golden;
  readonly running_var?: Golden;
}

export function tensorOf({ shape, data }: Golden): tf.Tensor2D {
  return tf.tensor2d([...data], [shape[0]!, shape[1] ?? 1]);
}

export async function numbers(tensor: tf.Tensor): Promise<Float32Array> {
  return (await tensor.data()) as Float32Array;
}

/** Largest absolute difference divided by the largest absolute golden number; infinite where a length differs. */
export function relative(what: string, actual: ArrayLike<number>, golden: Golden, limit: number): Deviation {
  const difference = golden.data.map((value, i) => Math.abs(actual[i]! - value));
  const size = Math.max(...golden.data.map(Math.abs));
  const largest = difference.some(Number.isNaN) ? Number.POSITIVE_INFINITY : Math.max(...difference);
  const same = actual.length === golden.data.length;
  return { what, error: same ? (size === 0 ? largest : largest / size) : Number.POSITIVE_INFINITY, limit };
}

/** rows × columns → columns × rows. */
export function transposed({ shape, data }: Golden): Golden {
  const [rows, columns] = shape as [number, number];
  return {
    shape: [columns, rows],
    data: Array.from({ length: data.length }, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!),
  };
}

/** A network of the golden layers' widths and values, without dropout. */
export function networkOf(name: string, layers: readonly GoldenLayer[]): Network {
  const shape: NetworkShape = {
    name,
    inputs: layers[0]!.W.shape[1]!,
    hidden: layers.slice(0, -1).map((layer) => layer.W.shape[0]!),
    outputs: layers.at(-1)!.W.shape[0]!,
    ending: layers.at(-1)!.gamma ? 'block' : 'linear',
    dropout: 0,
  };
  const network = new Network(shape, 1);
  for (const [i, layer] of network.layers.entries()) fill(layer, layers[i]!);
  return network;
}

function fill(layer: Layer, golden: GoldenLayer): void {
  const row = (values: Golden) => tensorOf({ shape: [1, values.data.length], data: values.data });
  layer.weights.assign(tensorOf(transposed(golden.W)));
  layer.bias.assign(row(golden.b));
  if (golden.gamma) layer.gamma!.assign(row(golden.gamma));
  if (golden.beta) layer.beta!.assign(row(golden.beta));
  if (golden.running_mean) layer.running!.mean.set(golden.running_mean.data);
  if (golden.running_var) layer.running!.variance.set(golden.running_var.data);
}

export type GoldenRunning = Pick<GoldenLayer, 'running_mean' | 'running_var'>;

/** Running statistics, brought back from the device where they are there. */
export async function runningDeviations(
  network: Network,
  golden: readonly GoldenRunning[],
): Promise<Deviation[]> {
  await pullHeld(network.arrays.values());
  return golden.flatMap(({ running_mean, running_var }, i) => {
    const running = network.layers[i]!.running;
    return [
      ...(running_mean ? [relative(`running mean ${i}`, running!.mean, running_mean, 1e-5)] : []),
      ...(running_var ? [relative(`running variance ${i}`, running!.variance, running_var, 1e-5)] : []),
    ];
  });
}

/** Gradients by name; a bias before BatchNorm must have none (the golden one is rounding). */
export async function gradientDeviations(
  network: Network,
  grads: tf.NamedTensorMap,
  golden: readonly GoldenLayer[],
): Promise<Deviation[]> {
  const found: Deviation[] = [];
  const compare = async (what: string, gradient: tf.Tensor | undefined, expected: Golden) => {
    const actual = gradient === undefined ? [] : await numbers(gradient);
    found.push(relative(`gradient of ${what}`, actual, expected, 1e-4));
  };
  for (const [i, layer] of network.layers.entries()) {
    const expected = golden[i]!;
    await compare(`weights ${i}`, grads[layer.weights.name], transposed(expected.W));
    if (layer.gamma === undefined) await compare(`bias ${i}`, grads[layer.bias.name], expected.b);
    else {
      const absent = grads[layer.bias.name] === undefined ? 0 : 1;
      found.push({ what: `no gradient of bias ${i}`, error: absent, limit: 0.5 });
      await compare(`gamma ${i}`, grads[layer.gamma.name], expected.gamma!);
      await compare(`beta ${i}`, grads[layer.beta!.name], expected.beta!);
    }
  }
  return found;
}
