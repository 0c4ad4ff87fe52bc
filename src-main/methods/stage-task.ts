import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import type { FrozenNetwork } from '../model/network.ts';
import { AutoencoderTraining, type AutoencoderOptions } from '../train/autoencoder-training.ts';
import { applyToAll, type Stage } from '../train/stage.ts';
import {
  TranslationTraining,
  type TranslationData,
  type TranslationTrainingOptions,
} from '../train/translation-training.ts';
import type { MemberData } from './member.ts';

/** Finished networks of a stage by name, such as `encoder` and `decoder`. */
export type Networks = ReadonlyMap<string, FrozenNetwork>;

/** All that a stage is made from. */
export type StageTask =
  | { readonly kind: 'autoencoder'; readonly data: MemberData; readonly options: AutoencoderOptions }
  | {
      readonly kind: 'translation';
      readonly data: MemberData;
      readonly trained: { readonly st: Networks; readonly sc: Networks };
      readonly options: TranslationTrainingOptions;
    };

/** Makes the stage that trains here. */
export async function createStage(task: StageTask): Promise<Stage> {
  if (task.kind === 'autoencoder') {
    return new AutoencoderTraining(task.data[task.options.domain], task.options);
  }
  const { data, trained, options } = task;
  const seen = await translationData(data, trained.st, trained.sc, options.parameters);
  return new TranslationTraining(seen, options);
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
