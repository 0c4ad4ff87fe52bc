import type { Layer } from '../../../src-main/model/layer.ts';
import type { Network, NetworkShape } from '../../../src-main/model/network.ts';
import { Network as NetworkClass } from '../../../src-main/model/network.ts';
import { tensorOf, transposed } from '../../helpers/golden.ts';
import type { Golden } from '../../helpers/shared-folder.ts';

/** One layer of the golden numbers; W is [out, in]. */
export interface GoldenLayer {
  readonly W: Golden;
  readonly b: Golden;
  readonly gamma?: Golden;
  readonly beta?: Golden;
  readonly running_mean?: Golden;
  readonly running_var?: Golden;
}

/** Writes golden values into a layer. */
export function fill(layer: Layer, golden: GoldenLayer): void {
  const row = (values: Golden) => tensorOf({ shape: [1, values.data.length], data: values.data });
  layer.weights.assign(tensorOf(transposed(golden.W)));
  layer.bias.assign(row(golden.b));
  if (golden.gamma) layer.gamma!.assign(row(golden.gamma));
  if (golden.beta) layer.beta!.assign(row(golden.beta));
  if (golden.running_mean) layer.running!.mean.set(golden.running_mean.data);
  if (golden.running_var) layer.running!.variance.set(golden.running_var.data);
}

/** A network of the golden layers' widths, without dropout. */
export function networkOf(name: string, layers: readonly GoldenLayer[]): Network {
  const shape: NetworkShape = {
    name,
    inputs: layers[0]!.W.shape[1]!,
    hidden: layers.slice(0, -1).map((layer) => layer.W.shape[0]!),
    outputs: layers.at(-1)!.W.shape[0]!,
    ending: layers.at(-1)!.gamma ? 'block' : 'linear',
    dropout: 0,
  };
  const network = new NetworkClass(shape, 1);
  for (const [i, layer] of network.layers.entries()) fill(layer, layers[i]!);
  return network;
}
