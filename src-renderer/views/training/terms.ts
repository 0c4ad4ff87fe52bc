import type { TrainingStage } from '../../../src-shared/domain/loss-point.ts';
import type { Curve } from '../../store/losses/run-losses.ts';

export type Domain = 'st' | 'sc' | 'both';
export type StageGroup = 'autoencoders' | 'translation';

/** One small chart: a loss term, of one or both datasets. */
export interface TermChart {
  readonly id: string;
  readonly title: string;
  /** What the term asks of the networks, in a sentence. */
  readonly about: string;
  readonly group: StageGroup;
  readonly curves: readonly {
    readonly curve: Curve;
    readonly stage: TrainingStage;
    readonly domain: Domain;
  }[];
}

const both = (name: 'identity' | 'cycle' | 'coral' | 'mmd'): TermChart['curves'] => [
  { curve: `${name}.st`, stage: 'translation', domain: 'st' },
  { curve: `${name}.sc`, stage: 'translation', domain: 'sc' },
];
const one = (curve: Curve): TermChart['curves'] => [{ curve, stage: 'translation', domain: 'both' }];

export const termCharts: readonly TermChart[] = [
  {
    id: 'reconstruction',
    title: 'Reconstruction',
    about: 'How far cells are from themselves after they were compressed and unpacked.',
    group: 'autoencoders',
    curves: [
      { curve: 'reconstruction.st', stage: 'autoencoder-st', domain: 'st' },
      { curve: 'reconstruction.sc', stage: 'autoencoder-sc', domain: 'sc' },
    ],
  },
  {
    id: 'identity',
    title: 'Identity',
    about: 'How far translated cells are from the measured values of the shared genes.',
    group: 'translation',
    curves: both('identity'),
  },
  {
    id: 'cycle',
    title: 'Cycle',
    about: 'How far cells are from themselves after they were translated there and back.',
    group: 'translation',
    curves: both('cycle'),
  },
  {
    id: 'panel',
    title: 'Panel',
    about: 'How well reference cells, seen through the spatial panel alone, give back their whole profile.',
    group: 'translation',
    curves: one('panel'),
  },
  {
    id: 'mmd',
    title: 'MMD',
    about: 'How differently translated and real cells are distributed.',
    group: 'translation',
    curves: both('mmd'),
  },
  {
    id: 'coral',
    title: 'CORAL',
    about: 'How differently the features of translated and real cells vary together.',
    group: 'translation',
    curves: both('coral'),
  },
  {
    id: 'gan',
    title: 'GAN',
    about: 'How well the discriminators see through translated cells; may be below 0.',
    group: 'translation',
    curves: one('gan'),
  },
  {
    id: 'discriminator',
    title: 'Discriminator',
    about: 'How badly the discriminators tell translated from real cells.',
    group: 'translation',
    curves: one('discriminator'),
  },
  {
    id: 'total',
    title: 'Total',
    about: 'The sum of all terms of the translation, each times its weight.',
    group: 'translation',
    curves: one('total'),
  },
];

export const domainWords: Readonly<Record<Domain, string>> = {
  st: 'spatial',
  sc: 'single-cell',
  both: 'both',
};

const stageTitles: Readonly<Record<TrainingStage, string>> = {
  'autoencoder-sc': 'Learning to compress single-cell profiles',
  'autoencoder-st': 'Learning to compress spatial profiles',
  translation: 'Learning to translate between the two',
};

export function stageTitle(stage: TrainingStage): string {
  return stageTitles[stage];
}
