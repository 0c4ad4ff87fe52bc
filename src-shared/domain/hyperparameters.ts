import type { ChoiceParameter, NumberParameter, WidthsParameter } from './hyperparameter.ts';

type NumberPart = Omit<NumberParameter, 'kind' | 'group' | 'unit'> & { unit?: string };

const group = <G extends string>(name: G) => ({
  number: (part: NumberPart) => ({ unit: '', ...part, kind: 'number', group: name }) as const,
  integer: (part: NumberPart) => ({ unit: '', ...part, kind: 'integer', group: name }) as const,
  choice: <const T extends string>(fallback: T, choices: readonly T[], meaning: string) =>
    ({
      kind: 'choice',
      group: name,
      unit: '',
      default: fallback,
      choices,
      meaning,
    }) satisfies ChoiceParameter<T>,
  widths: (fallback: readonly number[], meaning: string) =>
    ({
      kind: 'widths',
      group: name,
      unit: 'units',
      default: fallback,
      minimum: 1,
      maximum: 8192,
      meaning,
    }) satisfies WidthsParameter,
});

const data = group('Data processing');
const networks = group('Networks');
const loss = group('Loss weights');
const forms = group('Loss forms');
const training = group('Training');
const ensemble = group('Ensemble and blend');

/**
 * Every hyperparameter of a run, once: meaning, unit, default (the paper's, for any pair of datasets) and range.
 * The forms, the flags (`--set lambda.identity=5`) and docs/hyperparameters.md are made from this table.
 */
export const hyperparameters = {
  'data.minGeneDensity': data.number({
    default: 0.05,
    minimum: 0,
    maximum: 1,
    unit: 'fraction of cells',
    meaning:
      'A gene seen in a smaller fraction of the cells is dropped (shared genes only above 1,000 of them).',
  }),
  'data.minCellDensity': data.number({
    default: 0.1,
    minimum: 0,
    maximum: 1,
    unit: 'fraction of genes',
    meaning: 'A cell that shows a smaller fraction of the kept genes is dropped.',
  }),
  'data.highlyVariable': data.integer({
    default: 2000,
    minimum: 10,
    maximum: 50000,
    unit: 'genes',
    meaning: 'How many of the most variable genes are kept (seurat_v3); shared genes stay in any case.',
  }),
  'data.clipDeviations': data.number({
    default: 2,
    minimum: 0,
    maximum: 100,
    unit: 'standard deviations',
    meaning: 'Counts above mean + this many sd of a gene’s positive values are clipped; 0 clips nothing.',
  }),
  'data.normalisation': data.choice(
    'sqrt',
    ['sqrt', 'log', 'library-sqrt', 'library-log', 'none'],
    'Square root or log of the counts, with or without scaling every cell to the same total; none leaves them.',
  ),
  'data.scale': data.choice(
    'none',
    ['none', 'zscore'],
    'zscore gives every gene mean 0 and sd 1 in each dataset before the networks see it; undone on output.',
  ),
  'network.encoder': networks.widths(
    [2048, 1024, 512],
    'Hidden layers of both encoders; the decoders mirror them.',
  ),
  'network.latentSt': networks.integer({
    default: 512,
    minimum: 2,
    maximum: 8192,
    unit: 'dimensions',
    meaning: 'Size of the spatial latent code.',
  }),
  'network.latentSc': networks.integer({
    default: 256,
    minimum: 2,
    maximum: 8192,
    unit: 'dimensions',
    meaning: 'Size of the single-cell latent code.',
  }),
  'network.translatorStSc': networks.widths(
    [512, 512, 512, 1024, 1024],
    'Hidden layers of the translator from spatial to single-cell codes.',
  ),
  'network.translatorScSt': networks.widths(
    [512, 256, 256, 128, 128],
    'Hidden layers of the translator from single-cell to spatial codes.',
  ),
  'network.discriminator': networks.widths([256, 128, 128, 64], 'Hidden layers of both discriminators.'),
  'dropout.autoencoder': networks.number({
    default: 0.2,
    minimum: 0,
    maximum: 0.95,
    meaning: 'Share of the autoencoders’ hidden units that are dropped in training.',
  }),
  'dropout.translator': networks.number({
    default: 0.1,
    minimum: 0,
    maximum: 0.95,
    meaning: 'Share of the translators’ hidden units that are dropped in training.',
  }),
  'dropout.discriminator': networks.number({
    default: 0.1,
    minimum: 0,
    maximum: 0.95,
    meaning: 'Share of the discriminators’ hidden units that are dropped in training.',
  }),
  'lambda.gan': loss.number({
    default: 0.001,
    minimum: 0,
    maximum: 1000,
    meaning: 'Adversarial term: translated codes should fool the discriminators.',
  }),
  'lambda.cycle': loss.number({
    default: 6,
    minimum: 0,
    maximum: 1000,
    meaning: 'Cycle term: a cell translated there and back should decode to itself.',
  }),
  'lambda.identity': loss.number({
    default: 10,
    minimum: 0,
    maximum: 1000,
    meaning: 'Identity term: translated cells should correlate with the measured values of the shared genes.',
  }),
  'lambda.mmd': loss.number({
    default: 0.3,
    minimum: 0,
    maximum: 1000,
    meaning: 'Maximum mean discrepancy between translated and real codes.',
  }),
  'lambda.coral': loss.number({
    default: 0.3,
    minimum: 0,
    maximum: 1000,
    meaning: 'CORAL: difference of the covariances of translated and real codes.',
  }),
  'lambda.panel': loss.number({
    default: 0,
    minimum: 0,
    maximum: 1000,
    meaning:
      'Panel term: reference cells seen through the spatial panel should give back their whole profile.',
  }),
  'lambda.disc': loss.number({
    default: 1,
    minimum: 0,
    maximum: 1000,
    meaning: 'Factor of the discriminators’ hinge loss.',
  }),
  'lambda.gradientPenalty': loss.number({
    default: 0,
    minimum: 0,
    maximum: 1000,
    meaning: 'Gradient penalty of the discriminators (in the released code 10, in the paper absent).',
  }),
  'loss.mmdKernel': forms.choice(
    'median',
    ['median', 'gamma'],
    'median: five Gaussians around the median distance; gamma: one Gaussian of fixed width, as released.',
  ),
  'loss.mmdGamma': forms.number({
    default: 0.3,
    minimum: 1e-6,
    maximum: 1e6,
    unit: '1 / squared distance',
    meaning: 'Width of the single Gaussian when the kernel is gamma.',
  }),
  'loss.coralForm': forms.choice(
    'paper',
    ['paper', 'code'],
    'paper: 1/4d² and n − 1; code: 1/d² and n, as released.',
  ),
  'train.batch': training.integer({
    default: 128,
    minimum: 4,
    maximum: 65536,
    unit: 'cells',
    meaning: 'Cells in a training batch.',
  }),
  'train.maxCells': training.integer({
    default: 0,
    minimum: 0,
    maximum: 1e9,
    unit: 'cells',
    meaning: 'Networks train on at most this many cells of each dataset, drawn at random; 0 takes all.',
  }),
  'train.epochsStage1': training.integer({
    default: 100,
    minimum: 1,
    maximum: 100000,
    unit: 'epochs',
    meaning: 'Passes over each dataset while its autoencoder is trained.',
  }),
  'train.epochsStage2': training.integer({
    default: 50,
    minimum: 1,
    maximum: 100000,
    unit: 'epochs',
    meaning: 'Passes over the larger dataset while the translators are trained.',
  }),
  'train.maxStepsStage1': training.integer({
    default: 0,
    minimum: 0,
    maximum: 1e9,
    unit: 'steps',
    meaning: 'Upper limit of steps for each autoencoder; 0 is no limit.',
  }),
  'train.maxStepsStage2': training.integer({
    default: 0,
    minimum: 0,
    maximum: 1e9,
    unit: 'steps',
    meaning: 'Upper limit of steps for the translators; 0 is no limit.',
  }),
  'train.evaluateEvery': training.integer({
    default: 0,
    minimum: 0,
    maximum: 1e9,
    unit: 'steps',
    meaning: 'Steps between two looks at the inner genes; 0 looks once an epoch.',
  }),
  'train.learningRate': training.number({
    default: 1e-3,
    minimum: 1e-7,
    maximum: 1,
    meaning: 'Adam’s step size for the autoencoders.',
  }),
  'train.learningRateDiscriminator': training.number({
    default: 5e-4,
    minimum: 1e-7,
    maximum: 1,
    meaning: 'Adam’s step size for the discriminators.',
  }),
  'train.decay': training.choice(
    'halve',
    ['halve', 'linear'],
    'halve: the translators’ step size is halved every train.halveEvery epochs; linear: every step size falls to 2 %.',
  ),
  'train.learningRateTranslator': training.number({
    default: 1e-3,
    minimum: 1e-7,
    maximum: 1,
    meaning: 'Adam’s step size for the translators.',
  }),
  'train.halveEvery': training.integer({
    default: 10,
    minimum: 0,
    maximum: 100000,
    unit: 'epochs',
    meaning: 'The translators’ step size is halved after this many epochs; 0 keeps it.',
  }),
  'train.weightDecay': training.number({
    default: 1e-3,
    minimum: 0,
    maximum: 1,
    meaning: 'L2 weight decay of translators and discriminators.',
  }),
  'train.select': training.choice(
    'inner',
    ['inner', 'training-genes', 'last'],
    'Which weights are kept: best on inner genes, best on the training genes (as released), or the last.',
  ),
  'train.innerFolds': training.integer({
    default: 5,
    minimum: 2,
    maximum: 100,
    unit: 'folds',
    meaning: 'One out of this many shared training genes is set aside to choose the best weights.',
  }),
  'ensemble.members': ensemble.integer({
    default: 1,
    minimum: 1,
    maximum: 100,
    unit: 'networks',
    meaning: 'Networks whose predictions are averaged; each sets other inner genes aside.',
  }),
  'ensemble.referenceAutoencoder': ensemble.choice(
    'own',
    ['own', 'shared'],
    'Whether every member trains an autoencoder of the reference of its own, or all share one.',
  ),
  'blend.floors': ensemble.choice(
    'none',
    ['none', 'ridge', 'ridge-knn'],
    'Simple predictors that are blended in with weights learned on inner genes.',
  ),
  'blend.depth': ensemble.choice(
    'none',
    ['none', 'learned'],
    'learned: predictions follow how deeply each spatial cell was measured, as far as that helps on inner genes.',
  ),
} as const;
