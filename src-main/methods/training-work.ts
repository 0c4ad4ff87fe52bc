import type { TrainingStage } from '../../src-shared/domain/loss-point.ts';
import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { batchSize } from '../train/batches.ts';
import { cheaperHidden } from '../train/reconstruction.ts';
import { SCORED_CELLS } from '../train/translation-training.ts';

/** Sizes of the data that networks are trained on. */
export interface TrainingSizes {
  readonly cells: { readonly st: number; readonly sc: number };
  readonly genes: { readonly st: number; readonly sc: number; readonly shared: number };
}

/** Multiply-adds of a stage: once at its beginning, and in every step. */
export interface StageWork {
  readonly once: number;
  readonly perStep: number;
}

/** Forward, gradient by the weights, gradient by the input: each costs a product of the same size. */
const TRAINED = 3;
/** A frozen network has no gradient by its weights. */
const FROZEN = 2;

/** How much a stage of training computes, counted from the shapes of its networks. */
export function stageWork(
  stage: TrainingStage,
  sizes: TrainingSizes,
  parameters: Hyperparameters,
): StageWork {
  if (stage === 'translation') return translationWork(sizes, parameters);
  const domain = stage === 'autoencoder-st' ? 'st' : 'sc';
  const weights =
    encoder(domain, sizes, parameters) + trunk(domain, parameters) + head(domain, sizes, parameters);
  return { once: 0, perStep: TRAINED * weights * batchSize(sizes.cells[domain], parameters['train.batch']) };
}

function translationWork(sizes: TrainingSizes, parameters: Hyperparameters): StageWork {
  const { cells, genes } = sizes;
  const [zSt, zSc] = [parameters['network.latentSt'], parameters['network.latentSc']];
  const toSc = dense([zSt, ...parameters['network.translatorStSc'], zSc]);
  const toSt = dense([zSc, ...parameters['network.translatorScSt'], zSt]);
  const critic = parameters['network.discriminator'];
  const critics = dense([zSt, ...critic, 1]) + dense([zSc, ...critic, 1]);
  const panel = parameters['lambda.panel'] > 0 ? 1 : 0;
  const penalty = parameters['lambda.gradientPenalty'] > 0 ? 2 : 0;
  const width = parameters['network.encoder'][0]!;
  // There and back in both directions, and the panel; real and fake, and once as a judge.
  const translators = TRAINED * ((2 + panel) * toSc + 2 * toSt);
  const judges = (2 * TRAINED + FROZEN + penalty * TRAINED) * critics;
  const [trunkSt, trunkSc] = [trunk('st', parameters), trunk('sc', parameters)];
  const decoders =
    FROZEN *
    (2 * trunkSt +
      (2 + panel) * trunkSc +
      2 * width * genes.shared +
      reconstruction(width, genes.st) +
      (1 + panel) * reconstruction(width, genes.sc));
  const batch = batchSize(Math.max(cells.st, cells.sc), parameters['train.batch']);
  const every = parameters['train.evaluateEvery'] || Math.ceil(Math.max(cells.st, cells.sc) / batch);
  const looks = parameters['train.select'] === 'last' ? 0 : 1 / every;
  const look =
    Math.min(cells.st, SCORED_CELLS) *
    (toSc + trunkSc + (width * genes.shared) / parameters['train.innerFolds']);
  const codes =
    (cells.st + panel * cells.sc) * encoder('st', sizes, parameters) +
    cells.sc * encoder('sc', sizes, parameters);
  const products = (['st', 'sc'] as const).map((domain) =>
    cheaperHidden(width, genes[domain]) ? cells[domain] * genes[domain] * width : 0,
  );
  return {
    once: codes + products[0]! + products[1]!,
    perStep: batch * (translators + judges + decoders) + looks * look,
  };
}

function encoder(
  domain: 'st' | 'sc',
  { genes }: Pick<TrainingSizes, 'genes'>,
  parameters: Hyperparameters,
): number {
  return dense([genes[domain], ...parameters['network.encoder'], latent(domain, parameters)]);
}

/** A decoder up to its last hidden layer. */
function trunk(domain: 'st' | 'sc', parameters: Hyperparameters): number {
  return dense([latent(domain, parameters), ...parameters['network.encoder'].toReversed()]);
}

/** A decoder's last layer. */
function head(
  domain: 'st' | 'sc',
  { genes }: Pick<TrainingSizes, 'genes'>,
  parameters: Hyperparameters,
): number {
  return parameters['network.encoder'][0]! * genes[domain];
}

function latent(domain: 'st' | 'sc', parameters: Hyperparameters): number {
  return parameters[domain === 'st' ? 'network.latentSt' : 'network.latentSc'];
}

function reconstruction(width: number, genes: number): number {
  return cheaperHidden(width, genes) ? width * width : width * genes;
}

function dense(widths: readonly number[]): number {
  return widths.slice(1).reduce((sum, width, i) => sum + widths[i]! * width, 0);
}

/** Weights that a spatial cell passes on its way to a prediction. */
export function pathWeights(sizes: Pick<TrainingSizes, 'genes'>, parameters: Hyperparameters): number {
  const [zSt, zSc] = [parameters['network.latentSt'], parameters['network.latentSc']];
  const toSc = dense([zSt, ...parameters['network.translatorStSc'], zSc]);
  return encoder('st', sizes, parameters) + toSc + trunk('sc', parameters) + head('sc', sizes, parameters);
}

/** Weights of the largest autoencoder. */
export function networkWeights(sizes: Pick<TrainingSizes, 'genes'>, parameters: Hyperparameters): number {
  const of = (domain: 'st' | 'sc') =>
    encoder(domain, sizes, parameters) + trunk(domain, parameters) + head(domain, sizes, parameters);
  return Math.max(of('st'), of('sc'));
}
