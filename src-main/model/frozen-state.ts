import * as tf from '@tensorflow/tfjs-core';
import { dropHeld, pullHeld } from './held-on-device.ts';
import { FrozenNetwork } from './network.ts';

/** A tensor as plain numbers, for disk. */
export interface TensorData {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type TensorMap = ReadonlyMap<string, TensorData>;

/** Numbers of a tensor; a copy. */
export async function tensorData(tensor: tf.Tensor): Promise<TensorData> {
  return { shape: [...tensor.shape], data: Float32Array.from((await tensor.data()) as Float32Array) };
}

/** Numbers of named tensors; copies, in the same order. */
async function allData(tensors: readonly (readonly [string, tf.Tensor])[]): Promise<[string, TensorData][]> {
  return Promise.all(
    tensors.map(async ([name, tensor]): Promise<[string, TensorData]> => [name, await tensorData(tensor)]),
  );
}

/** The layers of a frozen network by name: `NAME.0.weights`, `NAME.0.bias`, … */
export async function frozenState(name: string, network: FrozenNetwork): Promise<Map<string, TensorData>> {
  const tensors = network.layers.flatMap((layer, i) => {
    const key = `${name}.${i}.${layer.activated ? 'activated' : 'linear'}`;
    return [
      [`${key}.weights`, layer.weights],
      [`${key}.bias`, layer.bias],
    ] as const;
  });
  return new Map(await allData(tensors));
}

/** The network that {@link frozenState} wrote. Throws an Error when there is none of this name. */
export function frozenFrom(name: string, state: TensorMap): FrozenNetwork {
  const layers = [];
  for (let i = 0; ; i++) {
    const kind = ['activated', 'linear'].find((k) => state.has(`${name}.${i}.${k}.weights`));
    if (kind === undefined) break;
    const part = (key: string) => {
      const { shape, data } = state.get(`${name}.${i}.${kind}.${key}`)!;
      return tf.tensor2d(data, [shape[0]!, shape[1]!]);
    };
    layers.push({ weights: part('weights'), bias: part('bias'), activated: kind === 'activated' });
  }
  if (layers.length === 0) throw new Error(`no network ${name} in the checkpoint`);
  return new FrozenNetwork(layers);
}

/** What a checkpoint holds of something that trains: variables, and arrays that it moves in place. */
export interface Live {
  readonly variables: ReadonlyMap<string, tf.Variable>;
  readonly arrays: ReadonlyMap<string, Float32Array>;
}

/** Copies of everything. */
export async function liveData({ variables, arrays }: Live): Promise<Map<string, TensorData>> {
  const [tensors] = await Promise.all([allData([...variables]), pullHeld(arrays.values())]);
  return new Map([
    ...tensors,
    ...[...arrays].map(([name, data]) => [name, { shape: [data.length], data: data.slice() }] as const),
  ]);
}

/** Writes saved numbers back under the same names. Throws an Error when one is missing or differs in size. */
export function restoreLive({ variables, arrays }: Live, state: TensorMap): void {
  const saved = (name: string, size: number): TensorData => {
    const found = state.get(name);
    if (found?.data.length === size) return found;
    throw new Error(`the checkpoint does not fit: ${name} is ${found?.shape.join('×') ?? 'missing'}`);
  };
  for (const [name, variable] of variables) {
    const { data } = saved(name, variable.size);
    tf.tidy(() => variable.assign(tf.tensor(data, variable.shape)));
  }
  for (const [name, array] of arrays) array.set(saved(name, array.length).data);
  dropHeld(arrays.values());
}

/** The network with the last layer's outputs cut down to some columns; shares the other layers. */
export function restrictOutputs(network: FrozenNetwork, columns: Int32Array): FrozenNetwork {
  const last = network.layers.at(-1)!;
  const [weights, bias] = tf.tidy(() => {
    const take = tf.tensor1d(columns, 'int32');
    return [tf.gather(last.weights, take, 1), tf.gather(last.bias, take, 1)] as const;
  });
  return new FrozenNetwork([...network.layers.slice(0, -1), { weights, bias, activated: last.activated }]);
}
