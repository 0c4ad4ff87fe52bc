import type { TrainingStage } from '../../src-shared/domain/loss-point.ts';
import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { batchSize } from '../train/batches.ts';
import { cheaperHidden } from '../train/reconstruction.ts';
import { SCORED_CELLS } from '../train/translation-training.ts';
import { productOperations, productShapes, type TrainingSizes } from './product-shapes.ts';

export type { TrainingSizes } from './product-shapes.ts';

/** Multiply-adds of a stage: once at its beginning, and in every step. */
export interface StageWork {
  readonly once: number;
  readonly perStep: number;
}

/** How much a stage of training computes, counted from the shapes of its networks. */
export function stageWork(
  stage: TrainingStage,
  sizes: TrainingSizes,
  parameters: Hyperparameters,
): StageWork {
  const products = productOperations(productShapes(stage, sizes, parameters)) / 2;
  if (stage !== 'translation') return { once: 0, perStep: products };
  return { once: translationStart(sizes, parameters), perStep: products + lookWork(sizes, parameters) };
}

/** The looks at the score between steps, spread over the steps. */
function lookWork({ cells, genes }: TrainingSizes, parameters: Hyperparameters): number {
  if (parameters['train.select'] === 'last') return 0;
  const largest = Math.max(cells.st, cells.sc);
  const every =
    parameters['train.evaluateEvery'] || Math.ceil(largest / batchSize(largest, parameters['train.batch']));
  const toSc = dense([
    parameters['network.latentSt'],
    ...parameters['network.translatorStSc'],
    parameters['network.latentSc'],
  ]);
  const scored = (parameters['network.encoder'][0]! * genes.shared) / parameters['train.innerFolds'];
  return (Math.min(cells.st, SCORED_CELLS) * (toSc + trunk('sc', parameters) + scored)) / every;
}

/** Codes of all cells, and what reconstruction in the last hidden layer needs of each. */
function translationStart(sizes: TrainingSizes, parameters: Hyperparameters): number {
  const { cells, genes } = sizes;
  const width = parameters['network.encoder'][0]!;
  const panel = parameters['lambda.panel'] > 0 ? 1 : 0;
  const codes =
    (cells.st + panel * cells.sc) * encoder('st', sizes, parameters) +
    cells.sc * encoder('sc', sizes, parameters);
  const products = (['st', 'sc'] as const).map((domain) =>
    cheaperHidden(width, genes[domain]) ? cells[domain] * genes[domain] * width : 0,
  );
  return codes + products[0]! + products[1]!;
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
