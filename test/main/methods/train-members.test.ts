import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { trainMembers, type TrainingStore } from '../../../src-main/methods/train-members.ts';
import { trainingPlan } from '../../../src-main/methods/training-plan.ts';
import type { TensorMap } from '../../../src-main/model/frozen-state.ts';
import { drain } from '../../../src-shared/contract/drain.ts';
import type { LossPoint } from '../../../src-shared/domain/loss-point.ts';
import { presetParameters, type Hyperparameters } from '../../../src-shared/domain/run-config.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { methodInput } from '../../helpers/method-input.ts';

const random = new Random(5);
const counts = (cells: number, genes: number) =>
  Array.from({ length: cells }, () => Array.from({ length: genes }, () => random.below(6)));
const { data } = methodInput({ spatial: counts(60, 15), reference: counts(40, 30), shared: 15 });

const parameters: Hyperparameters = {
  ...presetParameters('recommended'),
  'network.encoder': [8, 6],
  'network.latentSt': 4,
  'network.latentSc': 4,
  'network.translatorStSc': [6],
  'network.translatorScSt': [6],
  'network.discriminator': [4],
  'train.batch': 16,
  'train.maxStepsStage1': 12,
  'train.maxStepsStage2': 20,
  'train.evaluateEvery': 5,
  'ensemble.members': 3,
};

/** Keeps finished networks in memory, as the folder of a run does. */
function memory(): TrainingStore & { readonly kept: Map<string, TensorMap> } {
  const kept = new Map<string, TensorMap>();
  return {
    kept,
    finished: (stage) => Promise.resolve(kept.get(stage)),
    finish: (stage, networks) => Promise.resolve(void kept.set(stage, networks)),
    checkpoint: () => Promise.resolve(undefined),
    save: () => Promise.resolve(),
    due: () => false,
  };
}

type Where = Pick<LossPoint, 'member' | 'stage'> & { readonly step: number };

/** Trains, and asks for the end at a point. */
async function train(endAt?: Where, store = memory()) {
  const finish = new AbortController();
  const points: LossPoint[] = [];
  const members = await drain(trainMembers(data, parameters, 1, store, undefined, finish.signal), (point) => {
    points.push(point);
    const here = point.member === endAt?.member && point.stage === endAt.stage && point.step >= endAt.step;
    if (here) finish.abort();
  });
  return { members, points, store };
}

const translator = ({ kept }: ReturnType<typeof memory>, member: number) =>
  [...kept.get(`member ${member} translation`)!.values()].map(({ data: values }) => Array.from(values));

beforeAll(async () => {
  await selectBackend('wasm', { threads: 1 });
});

describe('trainMembers told to finish', () => {
  it('ends the translation at hand with its best weights and leaves out the other members', async () => {
    const { members, points, store } = await train({ member: 1, stage: 'translation', step: 9 });
    expect(members).toHaveLength(2);
    expect(points.at(-1)).toMatchObject({ member: 1, stage: 'translation', step: 9 });
    const whole = await train();
    expect(whole.members).toHaveLength(3);
    // What was finished is untouched; what was cut short is of use, and another.
    expect(translator(store, 0)).toEqual(translator(whole.store, 0));
    expect(translator(store, 1).flat().every(Number.isFinite)).toBe(true);
  });

  it('leaves out a member that has no translator worth keeping', async () => {
    const early = await train({ member: 1, stage: 'translation', step: 0 });
    expect(early.members).toHaveLength(1);
    const earlier = await train({ member: 1, stage: 'autoencoder-st', step: 2 });
    expect(earlier.members).toHaveLength(1);
    expect(earlier.points.at(-1)).toMatchObject({ member: 1, stage: 'autoencoder-st' });
    expect(earlier.store.kept.has('member 1 autoencoder st')).toBe(false);
  });

  it('goes on with the only member until there is something to keep', async () => {
    const { members, points } = await train({ member: 0, stage: 'autoencoder-sc', step: 0 });
    expect(members).toHaveLength(1);
    // Both autoencoders to their end, the translation to its first look.
    expect(points.filter(({ stage, step }) => stage !== 'translation' && step === 11)).toHaveLength(2);
    expect(points.at(-1)).toMatchObject({ stage: 'translation', step: 4 });
    expect(points.at(-1)!.score).toBeDefined();
  });

  it('trains nothing that was left out when it is taken up again', async () => {
    const { store } = await train({ member: 1, stage: 'translation', step: 9 });
    const again = await drain(
      trainMembers(data, parameters, 1, store, undefined, { aborted: true }),
      ({ stage }) => expect.unreachable(stage),
    );
    expect(again).toHaveLength(2);
  });
});

describe('trainingPlan', () => {
  const steps = (points: readonly LossPoint[]) => {
    const all = new Map(points.map((point) => [`${point.member} ${point.stage}`, point.steps]));
    return [...all].map(([stage, count]) => `${stage} ${count}`);
  };

  it('says the steps that are trained', async () => {
    const cells = { st: data.spatial.values.rows, sc: data.reference.values.rows };
    const { points } = await train();
    const plan = trainingPlan(cells, parameters);
    expect(plan.map(({ member, stage, steps: count }) => `${member} ${stage} ${count}`)).toEqual(
      steps(points),
    );
  });

  it('counts epochs over whole batches, and over the larger dataset in the translation', () => {
    // 4832 and 532 cells in batches of 128: 37 and 4 whole ones.
    const plan = trainingPlan({ st: 4832, sc: 532 }, presetParameters('osmFISH_Zeisel'));
    expect(plan.map(({ steps: count }) => count)).toEqual([4 * 100, 37 * 100, 37 * 50]);
    const most = { ...presetParameters('paper'), 'train.maxCells': 1280 };
    expect(trainingPlan({ st: 4832, sc: 532 }, most).map(({ steps: count }) => count)).toEqual([
      400, 1000, 500,
    ]);
  });
});
