import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { forceDevice } from '../../../src-main/backend/device.ts';
import { selectBackend } from '../../../src-main/backend/select.ts';
import type { TensorMap } from '../../../src-main/model/frozen-state.ts';
import { AutoencoderTraining } from '../../../src-main/train/autoencoder-training.ts';
import type { Snapshot, Stage } from '../../../src-main/train/stage.ts';
import type { LossPoint } from '../../../src-shared/domain/loss-point.ts';
import { parameters, st, translation } from './small-training.ts';

const steps = (count: number) => ({ 'train.maxStepsStage1': count, 'train.maxStepsStage2': count });

/** With dropout, the panel loss and the hidden reconstruction, as they are in the recommended recipe. */
const stages: Readonly<Record<string, (count: number) => Stage | Promise<Stage>>> = {
  autoencoder: (count) =>
    new AutoencoderTraining(st, {
      domain: 'st',
      member: 0,
      seed: 5,
      parameters: { ...parameters, ...steps(count) },
    }),
  translation: (count) => translation(steps(count)),
};

async function run(stage: Stage, until = Number.POSITIVE_INFINITY): Promise<LossPoint[]> {
  const seen: LossPoint[] = [];
  for await (const point of stage.run()) {
    seen.push(point);
    if (point.step + 1 >= until) break;
  }
  return seen;
}

/** What ten steps come to on one of the two paths, from a checkpoint of the other one where it is given. */
async function trained(name: string, onDevice: boolean, from?: Snapshot, until?: number) {
  forceDevice(onDevice);
  const stage = await stages[name]!(10);
  if (from !== undefined) stage.restore(from);
  const points = await run(stage, until);
  const snapshot = await stage.snapshot();
  stage.dispose();
  return { points, snapshot };
}

/** Largest difference of any tensor, over the tensor's largest entry. */
function worst(a: TensorMap, b: TensorMap): number {
  expect([...a.keys()]).toEqual([...b.keys()]);
  return Math.max(
    ...[...a].map(([name, { shape, data }]) => {
      const other = b.get(name)!;
      expect(other.shape, name).toEqual(shape);
      const size = Math.max(1e-6, ...data.map(Math.abs));
      return Math.max(...data.map((value, i) => Math.abs(value - other.data[i]!))) / size;
    }),
  );
}

function expectSameCurve(a: readonly LossPoint[], b: readonly LossPoint[]): void {
  expect(a.map(({ step }) => step)).toEqual(b.map(({ step }) => step));
  for (const [i, point] of a.entries()) {
    for (const [term, value] of Object.entries(point.terms)) {
      const other = b[i]!.terms[term as keyof LossPoint['terms']]!;
      expect(Math.abs(value - other), `${term} at ${point.step}`).toBeLessThan(
        1e-4 * Math.max(1, Math.abs(other)),
      );
    }
    if (point.score !== undefined) expect(point.score).toBeCloseTo(b[i]!.score!, 3);
  }
}

describe.each(Object.keys(stages))('the %s in tensor operations', (name) => {
  beforeAll(async () => {
    await selectBackend('wasm', { threads: 1 });
  });
  afterEach(() => forceDevice(undefined));

  it('is where plain numbers are after ten steps, to 1e-4', async () => {
    const [host, device] = [await trained(name, false), await trained(name, true)];
    expectSameCurve(device.points, host.points);
    expect(device.snapshot.counters).toMatchObject({ step: 10 });
    expect(worst(device.snapshot.tensors, host.snapshot.tensors)).toBeLessThan(1e-4);
  });

  it.each([
    ['plain numbers', 'tensor operations', false],
    ['tensor operations', 'plain numbers', true],
  ])('goes on from a checkpoint of %s in %s', async (_from, _to, onDevice) => {
    const whole = await trained(name, !onDevice);
    const half = await trained(name, onDevice, undefined, 5);
    const saved = structuredClone(half.snapshot);
    const rest = await trained(name, !onDevice, saved);
    expectSameCurve([...half.points, ...rest.points], whole.points);
    expect(worst(rest.snapshot.tensors, whole.snapshot.tensors)).toBeLessThan(1e-4);
  });

  it('goes on from its own checkpoint to the bit', async () => {
    const whole = await trained(name, true);
    const half = await trained(name, true, undefined, 5);
    const rest = await trained(name, true, structuredClone(half.snapshot));
    expect([...half.points, ...rest.points]).toEqual(whole.points);
    expect(rest.snapshot).toEqual(whole.snapshot);
  });

  it('keeps no tensor over 60 steps, and frees the rest with the stage', async () => {
    forceDevice(true);
    const stage = await stages[name]!(70);
    const counts: number[] = [];
    for await (const point of stage.run()) if (point.step >= 8) counts.push(tf.memory().numTensors);
    expect(counts.length).toBeGreaterThan(10);
    expect(new Set(counts).size).toBe(1);
    stage.dispose();
    // What the helpers of this test leave behind does not count.
    const left = async (steps: number) => {
      const before = tf.memory().numTensors;
      const other = await stages[name]!(70);
      if (steps > 0) await run(other, steps);
      other.dispose();
      return tf.memory().numTensors - before;
    };
    expect(await left(3)).toBe(await left(0));
  });
});

describe('the translation in tensor operations', () => {
  it('names the term that blew up, one step late at most', async () => {
    await selectBackend('wasm', { threads: 1 });
    forceDevice(true);
    const stage = await translation();
    const kept = st.source.values[0]!;
    st.source.values[0] = Number.NaN;
    try {
      await expect(run(stage)).rejects.toThrow(/loss term identity\.st became NaN in epoch 1/u);
    } finally {
      st.source.values[0] = kept;
      forceDevice(undefined);
    }
  });
});
