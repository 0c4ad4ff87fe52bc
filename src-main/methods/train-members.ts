import { StoppedError, type StopSignal } from '../../src-shared/contract/errors.ts';
import type { LossPoint } from '../../src-shared/domain/loss-point.ts';
import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { frozenFrom, frozenState, type TensorMap } from '../model/frozen-state.ts';
import type { FrozenNetwork } from '../model/network.ts';
import { AutoencoderTraining } from '../train/autoencoder-training.ts';
import { applyToAll, type Snapshot, type Stage } from '../train/stage.ts';
import { TranslationTraining, type TranslationData } from '../train/translation-training.ts';
import { memberData, type MemberData } from './member.ts';
import type { ImputationPath } from './network-predictor.ts';
import type { MethodData } from './predictor.ts';

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

type Networks = ReadonlyMap<string, FrozenNetwork>;

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
  const stages: readonly (readonly [string, () => Stage | Promise<Stage>, Signals])[] = [
    [
      `member ${scMember} autoencoder sc`,
      () => new AutoencoderTraining(own.sc, { ...scOptions, domain: 'sc' }),
      autoencoders,
    ],
    [
      `member ${member} autoencoder st`,
      () => new AutoencoderTraining(own.st, { ...options, domain: 'st' }),
      autoencoders,
    ],
    [
      `member ${member} translation`,
      async () => {
        const seen = await translationData(own, trained[1]!, trained[0]!, parameters);
        return new TranslationTraining(seen, options);
      },
      signals,
    ],
  ];
  for (const [key, create, ends] of stages) {
    const networks = yield* runStage(key, create, store, ends);
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

/** Cached codes and everything else that stage 2 of a member sees; made only when it has to be trained. */
async function translationData(
  own: MemberData,
  st: Networks,
  sc: Networks,
  parameters: Hyperparameters,
): Promise<TranslationData> {
  const encodeSt = st.get('encoder')!;
  const scored = {
    inner: { measured: measuredOf(own, own.inner), columns: referenceOf(own, own.inner) },
    'training-genes': { measured: measuredOf(own, own.training), columns: referenceOf(own, own.training) },
    last: undefined,
  }[parameters['train.select']];
  return {
    st: own.st,
    sc: own.sc,
    decodeSt: st.get('decoder')!,
    decodeSc: sc.get('decoder')!,
    zSt: await applyToAll(encodeSt, own.st),
    zSc: await applyToAll(sc.get('encoder')!, own.sc),
    zPanel: parameters['lambda.panel'] > 0 ? await applyToAll(encodeSt, own.panel) : undefined,
    shared: own.shared,
    scored,
  };
}

function measuredOf(own: MemberData, genes: Int32Array) {
  const columns = genes.map((i) => own.allShared.st[i]!);
  const { length } = columns;
  return {
    source: own.st.source,
    columns,
    factor: new Float32Array(length).fill(1),
    offset: new Float32Array(length),
  };
}

function referenceOf(own: MemberData, genes: Int32Array): Int32Array {
  return genes.map((i) => own.allShared.sc[i]!);
}

/**
 * Runs a stage from where the store has it; its networks are in the store when this returns them. Undefined when it
 * was told to finish before they were of use.
 */
async function* runStage(
  key: string,
  create: () => Stage | Promise<Stage>,
  store: TrainingStore,
  { stop, finish }: Signals,
): AsyncGenerator<LossPoint, Networks | undefined> {
  const done = await store.finished(key);
  if (done !== undefined) return networksFrom(done);
  const stage = await create();
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

async function stateOf(networks: Networks): Promise<TensorMap> {
  const states = await Promise.all([...networks].map(([name, network]) => frozenState(name, network)));
  return new Map(states.flatMap((state) => [...state]));
}

function networksFrom(state: TensorMap): Networks {
  const names = new Set([...state.keys()].map((key) => key.slice(0, key.indexOf('.'))));
  return new Map([...names].map((name) => [name, frozenFrom(name, state)]));
}
