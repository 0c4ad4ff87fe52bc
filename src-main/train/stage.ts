import * as tf from '@tensorflow/tfjs-core';
import { throwIfStopped, type StopSignal } from '../../src-shared/contract/errors.ts';
import type { LossPoint } from '../../src-shared/domain/loss-point.ts';
import { computedLater } from '../backend/device.ts';
import { gatherRows, rowRange, type AffineView } from '../matrix/affine-view.ts';
import type { Dense } from '../matrix/dense.ts';
import type { Adam } from '../model/adam.ts';
import type { Live, TensorData } from '../model/frozen-state.ts';
import type { FrozenNetwork, Network } from '../model/network.ts';

/** Everything that a stage needs to go on where it was: tensors by name and a few counters. */
export interface Snapshot {
  readonly tensors: ReadonlyMap<string, TensorData>;
  readonly counters: Readonly<Record<string, number>>;
}

/** One stretch of training that can be stopped, saved, and gone on with, to the bit. */
export interface Stage {
  /**
   * Trains, yielding loss points, to the end or, when told to finish, to where it is. Throws StoppedError between
   * two steps when told to stop.
   */
  run(stop?: StopSignal, finish?: StopSignal): AsyncGenerator<LossPoint>;
  /** Whether its networks are of use as they are now. */
  readonly usable: boolean;
  snapshot(): Promise<Snapshot>;
  restore(snapshot: Snapshot): void;
  /** The finished networks by name; the caller disposes them. */
  finish(): ReadonlyMap<string, FrozenNetwork>;
  dispose(): void;
}

/** Rows of a view as a tensor. */
export function batchTensor(view: AffineView, rows: Int32Array): tf.Tensor2D {
  return tf.tensor2d(gatherRows(view, rows), [rows.length, view.columns.length]);
}

const BLOCK_CELLS = 2048;

/** Runs a network over all rows of a view, in blocks. */
export async function applyToAll(network: FrozenNetwork, view: AffineView): Promise<Dense> {
  const rows = view.source.rows;
  const columns = network.layers.at(-1)!.bias.shape[1];
  const values = new Float32Array(rows * columns);
  for (let first = 0; first < rows; first += BLOCK_CELLS) {
    const count = Math.min(BLOCK_CELLS, rows - first);
    const block = await computedLater(() => network.apply(batchTensor(view, rowRange(first, count))));
    values.set(block, first * columns);
  }
  return { rows, columns, values };
}

/** Everything that some networks and optimisers hold, for a checkpoint. */
export function liveOf(networks: readonly Network[], optimisers: Readonly<Record<string, Adam>>): Live {
  const moments = Object.entries(optimisers).flatMap(([name, adam]) =>
    adam.moments.map((moment, i) => [`${name}.moment.${i}`, moment] as const),
  );
  return {
    variables: new Map(networks.flatMap((network) => [...network.variables])),
    arrays: new Map([...networks.flatMap((network) => [...network.arrays]), ...moments]),
  };
}

/** Lets timers, signals and messages in; training itself never waits. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** {@link breathe}, and throws StoppedError when told to stop meanwhile. */
export async function pause(stop: StopSignal | undefined): Promise<void> {
  await breathe();
  throwIfStopped(stop);
}
