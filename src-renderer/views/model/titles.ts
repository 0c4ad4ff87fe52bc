import type { PresetName } from '../../../src-shared/domain/presets.ts';
import type { HyperparameterName } from '../../../src-shared/domain/run-config.ts';

/** Names that read better than the ones in config files; the others are made from theirs. */
const titles: Partial<Record<HyperparameterName, string>> = {
  'lambda.gan': 'Adversarial (λ GAN)',
  'lambda.cycle': 'Cycle (λ cycle)',
  'lambda.identity': 'Identity (λ identity)',
  'lambda.mmd': 'MMD (λ MMD)',
  'lambda.coral': 'CORAL (λ CORAL)',
  'lambda.panel': 'Panel (λ panel)',
  'lambda.disc': 'Discriminators (λ disc)',
  'loss.mmdKernel': 'MMD kernel',
  'loss.mmdGamma': 'MMD kernel width',
  'loss.coralForm': 'CORAL form',
  'network.latentSt': 'Latent size, spatial',
  'network.latentSc': 'Latent size, reference',
  'network.translatorStSc': 'Translator, spatial to reference',
  'network.translatorScSt': 'Translator, reference to spatial',
  'train.epochsStage1': 'Epochs, autoencoders',
  'train.epochsStage2': 'Epochs, translation',
  'train.maxStepsStage1': 'Steps at most, autoencoders',
  'train.maxStepsStage2': 'Steps at most, translation',
  'train.batch': 'Batch',
};

/** `train.learningRateDiscriminator` → "Learning rate discriminator". */
export function parameterTitle(name: HyperparameterName): string {
  const known = titles[name];
  if (known !== undefined) return known;
  const last = name.split('.').at(-1)!;
  const words = last.replace(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The five weights of the paper and the panel term, in the order in which they are shown. */
export const weights = [
  'lambda.identity',
  'lambda.cycle',
  'lambda.mmd',
  'lambda.coral',
  'lambda.gan',
  'lambda.panel',
] as const satisfies readonly HyperparameterName[];

/** What a preset is for, in a sentence. */
export const presetWords: Readonly<Record<PresetName, { readonly title: string; readonly about: string }>> = {
  recommended: {
    title: 'Recommended',
    about:
      'For any tissue: small regularised networks, five of them, blended with simple methods. Start here.',
  },
  paper: { title: 'Paper', about: 'The networks and weights as published, for any pair of datasets. Slow.' },
  'paper-as-released': {
    title: 'Paper, as released',
    about: 'As the authors’ code chooses its best epoch: on genes it was trained on.',
  },
  MERFISH_Moffitt: { title: 'MERFISH · Moffitt', about: 'The paper’s values for this pair.' },
  NanoString_GSE: { title: 'NanoString · GSE131907', about: 'The paper’s values for this pair.' },
  osmFISH_AllenSSp: { title: 'osmFISH · Allen SSp', about: 'The paper’s values for this pair.' },
  osmFISH_AllenVISp: { title: 'osmFISH · Allen VISp', about: 'The paper’s values for this pair.' },
  osmFISH_Zeisel: { title: 'osmFISH · Zeisel', about: 'The paper’s values for this pair.' },
  seqFISH_AllenVISp: { title: 'seqFISH · Allen VISp', about: 'The paper’s values for this pair.' },
  STARmap_AllenVISp: { title: 'STARmap · Allen VISp', about: 'The paper’s values for this pair.' },
};

export const generalPresets: readonly PresetName[] = ['recommended', 'paper', 'paper-as-released'];
