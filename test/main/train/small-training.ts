import { plainView, type AffineView } from '../../../src-main/matrix/affine-view.ts';
import type { Dense } from '../../../src-main/matrix/dense.ts';
import { Network } from '../../../src-main/model/network.ts';
import { applyToAll } from '../../../src-main/train/stage.ts';
import { TranslationTraining } from '../../../src-main/train/translation-training.ts';
import { presetParameters, type Hyperparameters } from '../../../src-shared/domain/run-config.ts';
import { Random } from '../../../src-shared/maths/random.ts';

/** The recommended recipe with networks and datasets small enough for a test. */
export const parameters: Hyperparameters = {
  ...presetParameters('recommended'),
  'network.encoder': [16, 12],
  'network.latentSt': 6,
  'network.latentSc': 8,
  'network.translatorStSc': [12],
  'network.translatorScSt': [12],
  'network.discriminator': [8],
  'train.batch': 16,
  'train.maxStepsStage1': 12,
  'train.maxStepsStage2': 12,
  'train.evaluateEvery': 4,
};

/** A dataset of standard normal values. */
export function view(rows: number, columns: number, seed: number): AffineView<Dense> {
  const random = new Random(seed);
  return plainView({
    rows,
    columns,
    values: Float32Array.from({ length: rows * columns }, () => random.normal()),
  });
}

export const st = view(70, 15, 1);
export const sc = view(50, 40, 2);

/** Stage 2 on frozen networks with random weights. */
export async function translation(changes: Partial<Hyperparameters> = {}): Promise<TranslationTraining> {
  const network = (name: string, inputs: number, outputs: number, ending: 'block' | 'linear') =>
    new Network({ name, inputs, hidden: [12], outputs, ending, dropout: 0 }, 3).freeze();
  const encodeSt = network('E_st', 15, 6, 'block');
  const shared = { st: Int32Array.of(0, 2, 4, 6), sc: Int32Array.of(5, 3, 1, 9) };
  const data = {
    st,
    sc,
    decodeSt: network('D_st', 6, 15, 'linear'),
    decodeSc: network('D_sc', 8, 40, 'linear'),
    zSt: await applyToAll(encodeSt, st),
    zSc: await applyToAll(network('E_sc', 40, 8, 'block'), sc),
    zPanel: await applyToAll(encodeSt, { ...sc, columns: sc.columns.slice(0, 15) }),
    shared,
    scored: { measured: { ...st, columns: Int32Array.of(8, 9) }, columns: Int32Array.of(20, 21) },
  };
  return new TranslationTraining(data, { member: 0, seed: 5, parameters: { ...parameters, ...changes } });
}
