import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { selectBackend, type BackendName } from '../../../src-main/backend/select.ts';
import { Adam } from '../../../src-main/model/adam.ts';
import { halvedRate } from '../../../src-main/train/schedule.ts';
import { relativeMaximum } from '../../helpers/golden.ts';
import { hasFixtures, needsFixtures, readFixture, type Golden } from '../../helpers/shared-folder.ts';

interface AdamFixture {
  readonly p0: Golden;
  readonly runs: {
    readonly weight_decay: number;
    readonly steps: { lr: number; gradient: Golden; p: Golden; m: Golden; v: Golden }[];
  }[];
  readonly 'schedule_1e-3_step10_epochs_0_31': number[];
}

describe.skipIf(!hasFixtures)(`Adam agrees with PyTorch ${needsFixtures}`, () => {
  const fixture = hasFixtures ? readFixture<AdamFixture>('adam') : undefined;

  // On wasm the numbers are views of the heap, on cpu they are copied in and out.
  it.each<BackendName>(['wasm', 'cpu'])('parameters and moments on %s', async (backend) => {
    await selectBackend(backend, { threads: 1 });
    for (const run of fixture!.runs) {
      const p = tf.variable(tf.tensor1d([...fixture!.p0.data]));
      const adam = new Adam([p], run.weight_decay);
      for (const step of run.steps) {
        adam.update({ [p.name]: tf.tensor1d([...step.gradient.data]) }, step.lr);
        expect(relativeMaximum(p.dataSync(), step.p)).toBeLessThan(1e-5);
        expect(relativeMaximum(adam.moments[0]!, step.m)).toBeLessThan(1e-5);
        expect(relativeMaximum(adam.moments[1]!, step.v)).toBeLessThan(1e-5);
      }
    }
  });

  it('halves the learning rate every ten epochs', () => {
    for (const [epoch, rate] of fixture!['schedule_1e-3_step10_epochs_0_31'].entries()) {
      expect(halvedRate(1e-3, epoch, 10)).toBeCloseTo(rate, 12);
    }
  });
});

describe('Adam', () => {
  it('moves a parameter without a gradient by its weight decay alone', async () => {
    await selectBackend('wasm', { threads: 1 });
    const decayed = tf.variable(tf.tensor1d([2]));
    const still = tf.variable(tf.tensor1d([2]));
    new Adam([decayed], 0.1).update({}, 0.01);
    new Adam([still], 0).update({}, 0.01);
    expect(decayed.dataSync()[0]).toBeCloseTo(1.99, 6);
    expect(still.dataSync()[0]).toBe(2);
  });
});
