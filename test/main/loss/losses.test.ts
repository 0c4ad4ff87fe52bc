import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { generatorLoss, hingeLoss } from '../../../src-main/loss/adversarial.ts';
import { coralLoss } from '../../../src-main/loss/coral.ts';
import { identityLoss } from '../../../src-main/loss/identity.ts';
import { meanSquaredError } from '../../../src-main/loss/mean-squared-error.ts';
import { mmdLoss } from '../../../src-main/loss/mmd.ts';
import { registerOperationGradients } from '../../../src-main/model/operation-gradients.ts';
import { relativeMaximum, tensorOf } from '../../helpers/golden.ts';
import { hasFixtures, needsFixtures, readFixture, type Golden } from '../../helpers/shared-folder.ts';

interface GoldenLoss {
  readonly value: number;
  readonly wrt: Record<string, Golden>;
}
interface Case {
  readonly name: string;
  readonly shared_st: number[];
  readonly shared_sc: number[];
  readonly inputs: Record<string, Golden>;
  readonly losses: Record<string, GoldenLoss>;
}

type Inputs = Record<string, tf.Tensor2D>;

/** Which arguments of the golden file each of our losses takes, and which of them it differentiates. */
const losses: Record<string, { by: string[]; of: (x: Inputs) => tf.Scalar }> = {
  mse: { by: ['rec_st'], of: (x) => meanSquaredError(x['rec_st']!, x['x_st']!) },
  cycle: {
    by: ['rec_st', 'rec_sc'],
    of: (x) => tf.add(meanSquaredError(x['rec_st']!, x['x_st']!), meanSquaredError(x['rec_sc']!, x['x_sc']!)),
  },
  identity: {
    by: ['p_st', 'p_sc'],
    of: (x) => tf.add(identityLoss(x['p_sc']!, x['x_st']!), identityLoss(x['p_st']!, x['x_sc']!)),
  },
  coral_paper: both((fake, real) => coralLoss(fake, real, 'paper')),
  coral_code: both((fake, real) => coralLoss(fake, real, 'code')),
  mmd_gamma: both((fake, real) => mmdLoss(fake, real, { gamma: 0.3 })),
  mmd_median: both((fake, real) => mmdLoss(fake, real, 'median')),
  generator: {
    by: ['c_st_fake', 'c_sc_fake'],
    of: (x) => tf.add(generatorLoss(x['c_st_fake']!), generatorLoss(x['c_sc_fake']!)),
  },
  discriminator: {
    by: ['c_st_real', 'c_st_fake', 'c_sc_real', 'c_sc_fake'],
    of: (x) =>
      tf.add(hingeLoss(x['c_st_real']!, x['c_st_fake']!), hingeLoss(x['c_sc_real']!, x['c_sc_fake']!)),
  },
};

function both(half: (fake: tf.Tensor2D, real: tf.Tensor2D) => tf.Scalar) {
  return {
    by: ['fake_st', 'fake_sc'],
    of: (x: Inputs) => tf.add<tf.Scalar>(half(x['fake_st']!, x['z_st']!), half(x['fake_sc']!, x['z_sc']!)),
  };
}

describe.skipIf(!hasFixtures)(`losses agree with PyTorch ${needsFixtures}`, () => {
  const cases = hasFixtures ? readFixture<{ cases: Case[] }>('losses').cases : [];
  beforeAll(async () => {
    await selectBackend('wasm', { threads: 1 });
    registerOperationGradients();
  });

  const table = cases.flatMap((c) => Object.keys(losses).map((name) => [c.name, name] as const));
  it.each(table)('%s: %s and its gradient', (caseName, lossName) => {
    const golden = cases.find((c) => c.name === caseName)!;
    const { by, of } = losses[lossName]!;
    // The identity loss sees the shared genes alone; no other gene may have a gradient.
    const part = (key: string, values: Golden): Golden =>
      lossName === 'identity' && /^[px]_s[tc]$/u.test(key)
        ? columnsOf(values, key.endsWith('st') ? golden.shared_st : golden.shared_sc)
        : values;
    const inputs = Object.fromEntries(
      Object.entries(golden.inputs).map(([key, values]) => [key, tensorOf(part(key, values))]),
    );
    const f = (...args: tf.Tensor[]) =>
      of({ ...inputs, ...Object.fromEntries(by.map((key, i) => [key, args[i] as tf.Tensor2D])) });
    const { value, grads } = tf.valueAndGrads(f)(by.map((key) => inputs[key]!));
    const expected = golden.losses[lossName]!;

    const error = Math.abs(value.dataSync()[0]! - expected.value);
    expect(error).toBeLessThan(Math.max(1e-5 * Math.abs(expected.value), 1e-6));
    for (const [i, key] of by.entries()) {
      const gradient = part(key, expected.wrt[key]!);
      expect(relativeMaximum(grads[i]!.dataSync(), gradient), key).toBeLessThan(1e-4);
      expect(squares(gradient)).toBeCloseTo(squares(expected.wrt[key]!), 12);
    }
  });
});

/** Chosen columns of a golden matrix. */
function columnsOf({ shape, data }: Golden, columns: readonly number[]): Golden {
  const [rows, width] = shape as [number, number];
  return {
    shape: [rows, columns.length],
    data: Array.from({ length: rows }, (_, row) =>
      columns.map((column) => data[row * width + column]!),
    ).flat(),
  };
}

function squares({ data }: Golden): number {
  return data.reduce((sum, value) => sum + value * value, 0);
}
