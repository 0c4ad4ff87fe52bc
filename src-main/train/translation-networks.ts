import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { Network, type NetworkShape } from '../model/network.ts';
import type { TranslationWeights } from './translation-step.ts';

/** The four networks that stage 2 trains. */
export interface TrainedNetworks extends Readonly<Record<string, Network>> {
  readonly translateStSc: Network;
  readonly translateScSt: Network;
  readonly criticSt: Network;
  readonly criticSc: Network;
}

/** New translators and discriminators of a configuration. */
export function createTranslators(parameters: Hyperparameters, seed: number): TrainedNetworks {
  const st = parameters['network.latentSt'];
  const sc = parameters['network.latentSc'];
  const dropout = parameters['dropout.translator'];
  // Of these four only T_st→sc ever runs in inference mode.
  const translator = (shape: Pick<NetworkShape, 'name' | 'inputs' | 'hidden' | 'outputs' | 'tracked'>) =>
    new Network({ ...shape, ending: 'block', dropout }, seed);
  const critic = (name: string, inputs: number) =>
    new Network(
      {
        name,
        inputs,
        hidden: parameters['network.discriminator'],
        outputs: 1,
        ending: 'linear',
        dropout: parameters['dropout.discriminator'],
        tracked: false,
      },
      seed,
    );
  return {
    translateStSc: translator({
      name: 'T_st_sc',
      inputs: st,
      hidden: parameters['network.translatorStSc'],
      outputs: sc,
    }),
    translateScSt: translator({
      name: 'T_sc_st',
      inputs: sc,
      hidden: parameters['network.translatorScSt'],
      outputs: st,
      tracked: false,
    }),
    criticSt: critic('C_st', st),
    criticSc: critic('C_sc', sc),
  };
}

/** The λ of a configuration under the names of the translation step. */
export function translationWeights(parameters: Hyperparameters): TranslationWeights & { mmdGamma: number } {
  return {
    gan: parameters['lambda.gan'],
    cycle: parameters['lambda.cycle'],
    identity: parameters['lambda.identity'],
    mmd: parameters['lambda.mmd'],
    coral: parameters['lambda.coral'],
    panel: parameters['lambda.panel'],
    disc: parameters['lambda.disc'],
    gradientPenalty: parameters['lambda.gradientPenalty'],
    mmdGamma: parameters['loss.mmdGamma'],
  };
}
