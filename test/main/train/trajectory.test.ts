import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { Adam } from '../../../src-main/model/adam.ts';
import { restrictOutputs } from '../../../src-main/model/frozen-state.ts';
import type { Network } from '../../../src-main/model/network.ts';
import { decoding } from '../../../src-main/train/reconstruction.ts';
import { translationStep } from '../../../src-main/train/translation-step.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { relativeMaximum, tensorOf } from '../../helpers/golden.ts';
import { hasFixtures, needsFixtures, readFixture, type Golden } from '../../helpers/shared-folder.ts';
import { networkOf, type GoldenLayer } from '../model/golden-layers.ts';

type NetworkName = 'E_st' | 'E_sc' | 'D_st' | 'D_sc' | 'T_st_sc' | 'T_sc_st' | 'C_st' | 'C_sc';
interface Run {
  readonly name: string;
  readonly lambda: Record<'gan' | 'cycle' | 'identity' | 'mmd' | 'coral', number>;
  readonly lr_translators: number;
  readonly lr_discriminators: number;
  readonly weight_decay: number;
  readonly steps: (Record<string, number> & { norm: Record<string, number> })[];
  readonly latent_translated_after_step6: Golden;
  readonly imputed_after_step6: Golden;
}
interface Trajectory {
  readonly shared_st: number[];
  readonly shared_sc: number[];
  readonly x_st: Golden;
  readonly x_sc: Golden;
  readonly z_st: Golden;
  readonly z_sc: Golden;
  readonly batches_st: number[][];
  readonly batches_sc: number[][];
  readonly initial: Record<NetworkName, GoldenLayer[]>;
  readonly runs: Run[];
}

function norm(network: Network): number {
  const squares = network.trainable.map((p) =>
    (p.dataSync() as Float32Array).reduce((sum, x) => sum + x * x, 0),
  );
  return Math.sqrt(squares.reduce((sum, x) => sum + x, 0));
}

/** Six steps with our own step; returns the terms of each, the networks, and what they impute afterwards. */
function follow(fixture: Trajectory, run: Run) {
  const network = (name: NetworkName) => networkOf(name, fixture.initial[name]);
  const [xSt, xSc] = [tensorOf(fixture.x_st), tensorOf(fixture.x_sc)];
  const zSt = network('E_st').freeze().apply(xSt);
  const zSc = network('E_sc').freeze().apply(xSc);
  const trained = {
    T_st_sc: network('T_st_sc'),
    T_sc_st: network('T_sc_st'),
    C_st: network('C_st'),
    C_sc: network('C_sc'),
  };
  const decodeSt = network('D_st').freeze();
  const decodeSc = network('D_sc').freeze();
  const [sharedSt, sharedSc] = [Int32Array.from(fixture.shared_st), Int32Array.from(fixture.shared_sc)];
  const networks = {
    decodeSharedSt: restrictOutputs(decodeSt, sharedSt),
    decodeSharedSc: restrictOutputs(decodeSc, sharedSc),
    translateStSc: trained.T_st_sc,
    translateScSt: trained.T_sc_st,
    criticSt: trained.C_st,
    criticSc: trained.C_sc,
  };
  const code = run.name === 'code_forms';
  const options = {
    lambda: { ...run.lambda, panel: 0, disc: 1, gradientPenalty: 0 },
    mmdKernel: code ? { gamma: 0.3 } : ('median' as const),
    coralForm: code ? ('code' as const) : ('paper' as const),
    learningRate: run.lr_translators,
    learningRateDiscriminator: run.lr_discriminators,
    translators: new Adam([...trained.T_st_sc.trainable, ...trained.T_sc_st.trainable], run.weight_decay),
    discriminators: new Adam([...trained.C_st.trainable, ...trained.C_sc.trainable], run.weight_decay),
    random: new Random(1),
  };
  const steps = fixture.batches_st.map((cells, i) => {
    const rows = (x: tf.Tensor2D, of: number[]) => tf.gather(x, tf.tensor1d(of, 'int32'));
    const sc = fixture.batches_sc[i]!;
    const shared = (x: tf.Tensor2D, genes: Int32Array) => tf.gather(x, tf.tensor1d(genes, 'int32'), 1);
    const batch = {
      zSt: rows(zSt, cells),
      zSc: rows(zSc, sc),
      sharedSt: shared(rows(xSt, cells), sharedSt),
      sharedSc: shared(rows(xSc, sc), sharedSc),
      reconstructSt: decoding(decodeSt, rows(xSt, cells)),
      reconstructSc: decoding(decodeSc, rows(xSc, sc)),
    };
    const terms = translationStep(networks, batch, options);
    const values = Object.fromEntries(Object.entries(terms).map(([k, v]) => [k, v.dataSync()[0]!]));
    const norms = Object.fromEntries(Object.entries(trained).map(([name, n]) => [name, norm(n)]));
    return { values, norms };
  });
  const latent = trained.T_st_sc.freeze().apply(zSt);
  return { steps, zSt, zSc, latent, imputed: decodeSc.apply(latent) };
}

describe.skipIf(!hasFixtures)(`six steps of stage 2 agree with PyTorch ${needsFixtures}`, () => {
  const fixture = hasFixtures ? readFixture<Trajectory>('trajectory') : undefined;
  beforeAll(async () => {
    await selectBackend('wasm', { threads: 1 });
  });

  it.each([0, 1, 2])('run %i (paper, large, code forms)', (index) => {
    const run = fixture!.runs[index]!;
    const { steps, zSt, zSc, latent, imputed } = follow(fixture!, run);
    expect(relativeMaximum(zSt.dataSync(), fixture!.z_st)).toBeLessThan(1e-5);
    expect(relativeMaximum(zSc.dataSync(), fixture!.z_sc)).toBeLessThan(1e-5);
    // Tolerances of fixtures/README.md for float32: the adversarial terms stray more, the rest 1e-4.
    for (const [i, { values, norms }] of steps.entries()) {
      const golden = run.steps[i]!;
      const relative = ['identity', 'cycle', 'coral', 'mmd'].flatMap((t) => [`${t}.st`, `${t}.sc`]);
      for (const name of relative) {
        const expected = golden[name.replace('.', '_')]!;
        expect(Math.abs(values[name]! - expected), `${name} step ${i}`).toBeLessThan(
          1e-4 * Math.abs(expected) + 1e-6,
        );
      }
      expect(Math.abs(values['discriminator']! - golden['disc']!)).toBeLessThan(3e-3);
      expect(Math.abs(values['gan']! - (golden['gan_st']! + golden['gan_sc']!))).toBeLessThan(3e-3);
      expect(Math.abs(values['total']! - golden['translator_total']!)).toBeLessThan(1e-2);
      for (const [name, value] of Object.entries(norms)) {
        expect(Math.abs(value / golden.norm[name]! - 1), `norm of ${name}`).toBeLessThan(1e-5);
      }
    }
    const difference = (a: tf.Tensor, golden: Golden) =>
      Math.max(...golden.data.map((x, i) => Math.abs(x - a.dataSync()[i]!)));
    expect(difference(latent, run.latent_translated_after_step6)).toBeLessThan(2e-3);
    expect(difference(imputed, run.imputed_after_step6)).toBeLessThan(2e-3);
  });
});
