import * as tf from '@tensorflow/tfjs-core';
import { Adam } from '../../../src-main/model/adam.ts';
import { restrictOutputs } from '../../../src-main/model/frozen-state.ts';
import { decoding } from '../../../src-main/train/reconstruction.ts';
import { translationStep } from '../../../src-main/train/translation-step.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import {
  networkOf,
  numbers,
  relative,
  tensorOf,
  type Deviation,
  type Golden,
  type GoldenLayer,
} from './deviation.ts';

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
export interface Trajectory {
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

/** Six steps of stage 2 in every run; tolerances of fixtures/README.md for float32. */
export async function trajectoryDeviations(fixture: Trajectory): Promise<Deviation[]> {
  const found: Deviation[] = [];
  for (const run of fixture.runs) found.push(...(await follow(fixture, run)));
  return found;
}

async function follow(fixture: Trajectory, run: Run): Promise<Deviation[]> {
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
  const found: Deviation[] = [];
  for (const [i, cells] of fixture.batches_st.entries()) {
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
    const read = async ([name, term]: readonly [string, tf.Tensor]) => [name, (await numbers(term))[0]!];
    const values = Object.fromEntries(await Promise.all(Object.entries(terms).map(read))) as Record<
      string,
      number
    >;
    found.push(...termDeviations(values, run.steps[i]!, `${run.name} step ${i}`));
    for (const [name, one] of Object.entries(trained)) {
      const error = Math.abs((await norm(one.trainable)) / run.steps[i]!.norm[name]! - 1);
      found.push({ what: `${run.name} step ${i}: norm of ${name}`, error, limit: 1e-5 });
    }
  }
  const latent = trained.T_st_sc.freeze().apply(zSt);
  const imputed = decodeSc.apply(latent);
  return [
    ...found,
    relative(`${run.name}: z_st`, await numbers(zSt), fixture.z_st, 1e-5),
    relative(`${run.name}: z_sc`, await numbers(zSc), fixture.z_sc, 1e-5),
    await absolute(`${run.name}: latent`, latent, run.latent_translated_after_step6),
    await absolute(`${run.name}: imputed`, imputed, run.imputed_after_step6),
  ];
}

function termDeviations(
  values: Readonly<Record<string, number>>,
  golden: Run['steps'][number],
  where: string,
): Deviation[] {
  const off = (name: string, expected: number, limit: number): Deviation => ({
    what: `${where}: ${name}`,
    error: Math.abs(values[name]! - expected),
    limit,
  });
  const relativeTerms = ['identity', 'cycle', 'coral', 'mmd'].flatMap((t) => [`${t}.st`, `${t}.sc`]);
  return [
    ...relativeTerms.map((name) => {
      const expected = golden[name.replace('.', '_')]!;
      return off(name, expected, 1e-4 * Math.abs(expected) + 1e-6);
    }),
    off('discriminator', golden['disc']!, 3e-3),
    off('gan', golden['gan_st']! + golden['gan_sc']!, 3e-3),
    off('total', golden['translator_total']!, 1e-2),
  ];
}

async function norm(parameters: readonly tf.Tensor[]): Promise<number> {
  const read = await Promise.all(parameters.map(numbers));
  return Math.sqrt(read.reduce((sum, values) => values.reduce((rest, x) => rest + x * x, sum), 0));
}

async function absolute(what: string, tensor: tf.Tensor, golden: Golden): Promise<Deviation> {
  const actual = await numbers(tensor);
  return { what, error: Math.max(...golden.data.map((x, i) => Math.abs(x - actual[i]!))), limit: 2e-3 };
}
