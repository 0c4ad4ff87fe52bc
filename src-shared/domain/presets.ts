import type { Hyperparameters } from './run-config.ts';

type Changes = Partial<Hyperparameters>;

/** Changes of the published pairs against the defaults (MODEL.md, "Presets"). */
function pair(
  learningRateDiscriminator: number,
  epochs: readonly [number, number],
  latents: readonly [number, number],
  cycle = 6,
): Changes {
  return {
    'lambda.cycle': cycle,
    'train.learningRateDiscriminator': learningRateDiscriminator,
    'train.epochsStage1': epochs[0],
    'train.epochsStage2': epochs[1],
    'network.latentSt': latents[0],
    'network.latentSc': latents[1],
  };
}

/** z-scored genes, the panel loss, small regularised networks, an ensemble blended with the floors. */
const recommended: Changes = {
  'data.scale': 'zscore',
  'lambda.panel': 5,
  'network.encoder': [256, 128],
  'network.latentSt': 64,
  'network.latentSc': 64,
  'network.translatorStSc': [256, 128],
  'network.translatorScSt': [256, 128],
  'network.discriminator': [64, 32],
  'dropout.autoencoder': 0.5,
  'dropout.translator': 0.3,
  'train.maxCells': 20000,
  'train.epochsStage1': 1000,
  'train.epochsStage2': 1000,
  'train.maxStepsStage1': 250,
  'train.maxStepsStage2': 100,
  'train.evaluateEvery': 20,
  'train.decay': 'linear',
  'train.learningRateTranslator': 2e-3,
  'ensemble.members': 5,
  'ensemble.referenceAutoencoder': 'shared',
  'blend.floors': 'ridge-knn',
  'blend.depth': 'learned',
};

export const presets = {
  recommended,
  paper: {},
  'paper-as-released': { 'train.select': 'training-genes' },
  MERFISH_Moffitt: pair(5e-4, [100, 100], [512, 256], 2),
  NanoString_GSE: pair(5e-4, [100, 50], [512, 2048]),
  osmFISH_AllenSSp: pair(5e-4, [50, 50], [512, 256]),
  osmFISH_AllenVISp: pair(5e-4, [20, 20], [1024, 2048]),
  osmFISH_Zeisel: pair(5e-4, [100, 50], [512, 256]),
  seqFISH_AllenVISp: pair(5e-4, [100, 50], [512, 256]),
  STARmap_AllenVISp: pair(1e-4, [50, 50], [512, 256]),
} as const satisfies Record<string, Changes>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as PresetName[];

export function isPresetName(name: string): name is PresetName {
  return Object.hasOwn(presets, name);
}
