import { StoppedError, type StopSignal } from '../../src-shared/contract/errors.ts';
import type { LossPoint } from '../../src-shared/domain/loss-point.ts';
import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import type { TensorMap } from '../model/frozen-state.ts';
import type { Snapshot } from '../train/stage.ts';
import { memberData, type MemberData } from './member.ts';
import type { ImputationPath } from './network-predictor.ts';
import type { MethodData } from './predictor.ts';
import type { Networks, StageTask } from './stage-task.ts';
import { networksFrom, stageHere, stateOf } from './training-place.ts';

/** Where finished networks and checkpoints go, so that a run survives being stopped or killed. */
export interface TrainingStore {
  /** The networks of a finished stage; undefined when it has not finished yet. */
  finished(stage: string): Promise<TensorMap | undefined>;
  finish(stage: string, networks: TensorMap): Promise<void>;
  /** The last checkpoint, if it belongs to this stage. */
  checkpoint(stage: string): Promise<Snapshot | undefined>;
  save(stage: string, snapshot: Snapshot): Promise<void>;
  /** Whether enough time has passed for another checkpoint. */
  due(): boolean;
}

/** Keeps nothing: for trainings so short that doing them again costs less than writing them down. */
export const noStore: TrainingStore = {
  finished: () => Promise.resolve(undefined),
  finish: () => Promise.resolve(),
  checkpoint: () => Promise.resolve(undefined),
  save: () => Promise.resolve(),
  due: () => false,
};

/** A trained network of the ensemble. */
export interface TrainedMember {
  readonly data: MemberData;
  readonly path: ImputationPath;
}

/** Seeds of the members differ, and the first one's is the run's. */
export function memberSeed(seed: number, member: number): number {
  return seed + 1_000_003 * member;
}

/**
 * Trains the members of the ensemble one after the other, each in two stages, yielding loss points. What the store
 * knows as finished is not trained again; a stage with a checkpoint goes on from there.
 *
 * @param finish ends the training early: the translation at hand ends with its best weights so far, and members that
 *   have not come to any are left out; the first member is always there
 */
export async function* trainMembers(
  data: MethodData,
  parameters: Hyperparameters,
  seed: number,
  store: TrainingStore,
  stop?: StopSignal,
  finish?: StopSignal,
): AsyncGenerator<LossPoint, TrainedMember[]> {
  const members: TrainedMember[] = [];
  for (let member = 0; member < parameters['ensemble.members']; member++) {
    const networks = yield* trainMember(data, parameters, { member, seed }, store, { stop, finish });
    if (networks === undefined) break;
    members.push(networks);
  }
  return members;
}

/** What ends a stage. */
interface Signals {
  readonly stop: StopSignal | undefined;
  readonly finish: StopSignal | undefined;
}

/** One member of the ensemble; undefined when it was told to finish before it was of use. */
async function* trainMember(
  data: MethodData,
  parameters: Hyperparameters,
  { member, seed }: { readonly member: number; readonly seed: number },
  store: TrainingStore,
  signals: Signals,
): AsyncGenerator<LossPoint, TrainedMember | undefined> {
  const own = memberData(data, parameters, member, seed);
  const options = { member, seed: memberSeed(seed, member), parameters };
  const scMember = parameters['ensemble.referenceAutoencoder'] === 'shared' ? 0 : member;
  const scOptions = { ...options, member: scMember, seed: memberSeed(seed, scMember) };
  // The first member's autoencoders are needed for any result at all.
  const autoencoders = member === 0 ? { ...signals, finish: undefined } : signals;
  const trained: Networks[] = [];
  const stages: readonly (readonly [string, () => StageTask, Signals])[] = [
    [
      `member ${scMember} autoencoder sc`,
      () => ({ kind: 'autoencoder', data: own, options: { ...scOptions, domain: 'sc' } }),
      autoencoders,
    ],
    [
      `member ${member} autoencoder st`,
      () => ({ kind: 'autoencoder', data: own, options: { ...options, domain: 'st' } }),
      autoencoders,
    ],
    [
      `member ${member} translation`,
      () => ({ kind: 'translation', data: own, trained: { sc: trained[0]!, st: trained[1]! }, options }),
      signals,
    ],
  ];
  for (const [key, task, ends] of stages) {
    const networks = yield* runStage(key, task, store, ends);
    if (networks === undefined) {
      for (const network of trained.flatMap((done) => [...done.values()])) network.dispose();
      return undefined;
    }
    trained.push(networks);
  }
  const [sc, st, translated] = trained as [Networks, Networks, Networks];
  sc.get('encoder')!.dispose();
  st.get('decoder')!.dispose();
  return {
    data: own,
    path: {
      encodeSt: st.get('encoder')!,
      translate: translated.get('translate')!,
      decodeSc: sc.get('decoder')!,
    },
  };
}

/**
 * Runs a stage from where the store has it; its networks are in the store when this returns them. Undefined when it
 * was told to finish before they were of use.
 */
async function* runStage(
  key: string,
  task: () => StageTask,
  store: TrainingStore,
  { stop, finish }: Signals,
): AsyncGenerator<LossPoint, Networks | undefined> {
  const done = await store.finished(key);
  if (done !== undefined) return networksFrom(done);
  const stage = await stageHere(task());
  try {
    const checkpoint = await store.checkpoint(key);
    if (checkpoint !== undefined) stage.restore(checkpoint);
    for await (const point of stage.run(stop, finish)) {
      yield point;
      if (store.due()) await store.save(key, await stage.snapshot());
    }
    if (!stage.usable) return undefined;
    const networks = stage.finish();
    await store.finish(key, await stateOf(networks));
    return networks;
  } catch (error) {
    // A stopped stage is whole between two steps; after anything else the last checkpoint is the good one.
    if (error instanceof StoppedError) await store.save(key, await stage.snapshot());
    throw error;
  } finally {
    stage.dispose();
  }
}
