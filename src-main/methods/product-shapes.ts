import type { TrainingStage } from '../../src-shared/domain/loss-point.ts';
import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { batchSize } from '../train/batches.ts';
import { cheaperHidden } from '../train/reconstruction.ts';

/** Sizes of the data that networks are trained on. */
export interface TrainingSizes {
  readonly cells: { readonly st: number; readonly sc: number };
  readonly genes: { readonly st: number; readonly sc: number; readonly shared: number };
}

/** A matrix product of a training step: m × n with inner length k, and how often a step makes it. */
export interface ProductShape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly times: number;
}

type Wanted = 'trained' | 'first' | 'frozen';

/** Products of a network of the given widths: forward, and back by weights (not frozen) and by input (not first). */
function network(widths: readonly number[], batch: number, wanted: Wanted, times = 1): ProductShape[] {
  return widths.slice(1).flatMap((width, i) => {
    const inputs = widths[i]!;
    const forward = { m: batch, n: width, k: inputs, transposeA: false, transposeB: false, times };
    const byWeights = { m: inputs, n: width, k: batch, transposeA: true, transposeB: false, times };
    const byInput = { m: batch, n: inputs, k: width, transposeA: false, transposeB: true, times };
    return [
      forward,
      ...(wanted === 'frozen' ? [] : [byWeights]),
      ...(wanted === 'first' && i === 0 ? [] : [byInput]),
    ];
  });
}

function domainOf(stage: 'autoencoder-st' | 'autoencoder-sc'): 'st' | 'sc' {
  return stage === 'autoencoder-st' ? 'st' : 'sc';
}

/** The products of one step of a stage; looks at the score between steps are left out. */
export function productShapes(
  stage: TrainingStage,
  { cells, genes }: TrainingSizes,
  parameters: Hyperparameters,
): ProductShape[] {
  const most = stage === 'translation' ? Math.max(cells.st, cells.sc) : cells[domainOf(stage)];
  const batch = batchSize(most, parameters['train.batch']);
  const encoder = parameters['network.encoder'];
  const latents = { st: parameters['network.latentSt'], sc: parameters['network.latentSc'] };
  const decoder = (domain: 'st' | 'sc', outputs: number) => [
    latents[domain],
    ...encoder.toReversed(),
    outputs,
  ];
  if (stage !== 'translation') {
    const domain = domainOf(stage);
    return [
      ...network([genes[domain], ...encoder, latents[domain]], batch, 'first'),
      ...network(decoder(domain, genes[domain]), batch, 'trained'),
    ];
  }
  const toSc = [latents.st, ...parameters['network.translatorStSc'], latents.sc];
  const toSt = [latents.sc, ...parameters['network.translatorScSt'], latents.st];
  // A reconstruction by the last hidden layer ends in one product with the Gram matrix, whose gradient needs none.
  const width = encoder[0]!;
  const gram = { m: batch, n: width, k: width, transposeA: false, transposeB: false, times: 1 };
  const ending = (domain: 'st' | 'sc'): ProductShape[] =>
    cheaperHidden(width, genes[domain]) ? [gram] : network([width, genes[domain]], batch, 'frozen');
  // All codes of a domain go through its decoder's trunk together.
  const decoding = (domain: 'st' | 'sc', passes: number): ProductShape[] => [
    ...network([latents[domain], ...encoder.toReversed()], batch * passes, 'frozen'),
    ...network([width, genes.shared], batch, 'frozen'),
    ...ending(domain),
  ];
  const hasPanel = parameters['lambda.panel'] > 0;
  const panel = hasPanel ? [...network(toSc, batch, 'first'), ...ending('sc')] : [];
  const penalised = parameters['lambda.gradientPenalty'] > 0;
  const critic = (domain: 'st' | 'sc') => [latents[domain], ...parameters['network.discriminator'], 1];
  return [
    ...[toSc, toSt].flatMap((widths) => [
      ...network(widths, batch, 'first'),
      ...network(widths, batch, 'trained'),
    ]),
    ...(['st', 'sc'] as const).flatMap((domain) => [
      ...network(critic(domain), batch, 'first', 2),
      ...network(critic(domain), batch, 'frozen'),
      ...(penalised ? network(critic(domain), batch, 'trained', 2) : []),
      ...decoding(domain, hasPanel && domain === 'sc' ? 3 : 2),
    ]),
    ...panel,
  ];
}

/** Floating-point operations of the products of a step. */
export function productOperations(shapes: readonly ProductShape[]): number {
  return shapes.reduce((sum, { m, n, k, times }) => sum + 2 * m * n * k * times, 0);
}
