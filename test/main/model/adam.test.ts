import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { Adam } from '../../../src-main/model/adam.ts';
import { halvedRate } from '../../../src-main/train/schedule.ts';
import { adamDeviations, type AdamFixture } from '../../helpers/golden-checks/blocks.ts';
import { expectWithin, goldenBackends } from '../../helpers/golden-checks/expect.ts';
import { hasFixtures, needsFixtures, readFixture } from '../../helpers/shared-folder.ts';

interface AdamAndSchedule extends AdamFixture {
  readonly 'schedule_1e-3_step10_epochs_0_31': number[];
}

describe.skipIf(!hasFixtures)(`Adam agrees with PyTorch ${needsFixtures}`, () => {
  const fixture = hasFixtures ? readFixture<AdamAndSchedule>('adam') : undefined;

  // On wasm the numbers are views of the heap, on cpu they are copied in and out, with kernels they are moved in place.
  it.each(goldenBackends)('parameters and moments on %s', async (backend) => {
    await selectBackend(backend, { threads: 1 });
    expectWithin(await adamDeviations(fixture!), 12);
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
