import * as tf from '@tensorflow/tfjs-core';
import { generatorLoss, hingeLoss } from '../../../src-main/loss/adversarial.ts';
import { coralLoss } from '../../../src-main/loss/coral.ts';
import { identityLoss } from '../../../src-main/loss/identity.ts';
import { meanSquaredError } from '../../../src-main/loss/mean-squared-error.ts';
import { mmdLoss } from '../../../src-main/loss/mmd.ts';
import { registerOperationGradients } from '../../../src-main/model/operation-gradients.ts';
import { numbers, relative, tensorOf, type Deviation, type Golden } from './deviation.ts';

export interface LossCase {
  readonly name: string;
  readonly shared_st: number[];
  readonly shared_sc: number[];
  readonly inputs: Record<string, Golden>;
  readonly losses: Record<string, { readonly value: number; readonly wrt: Record<string, Golden> }>;
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

/** Value and gradients of every loss in every case. */
export async function lossDeviations({ cases }: { readonly cases: LossCase[] }): Promise<Deviation[]> {
  registerOperationGradients();
  const found: Deviation[] = [];
  for (const golden of cases) {
    for (const name of Object.keys(losses)) found.push(...(await deviationsOf(golden, name)));
  }
  return found;
}

async function deviationsOf(golden: LossCase, lossName: string): Promise<Deviation[]> {
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
  const what = `${golden.name}: ${lossName}`;
  const error = Math.abs((await numbers(value))[0]! - expected.value);
  const found: Deviation[] = [{ what, error, limit: Math.max(1e-5 * Math.abs(expected.value), 1e-6) }];
  for (const [i, key] of by.entries()) {
    const gradient = part(key, expected.wrt[key]!);
    found.push(relative(`${what}, by ${key}`, await numbers(grads[i]!), gradient, 1e-4));
    const elsewhere = Math.abs(squares(gradient) - squares(expected.wrt[key]!));
    found.push({ what: `${what}, by ${key}: no other gene`, error: elsewhere, limit: 5e-13 });
  }
  return found;
}

function columnsOf({ shape, data }: Golden, columns: readonly number[]): Golden {
  const [rows, width] = shape as [number, number];
  const rowsOf = Array.from({ length: rows }, (_, row) => columns.map((c) => data[row * width + c]!));
  return { shape: [rows, columns.length], data: rowsOf.flat() };
}

function squares({ data }: Golden): number {
  return data.reduce((sum, value) => sum + value * value, 0);
}
