import * as tf from '@tensorflow/tfjs-core';
import type { TrainingStage } from '../../src-shared/domain/loss-point.ts';
import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { cheaperHidden } from '../train/reconstruction.ts';
import type { TrainingSizes } from './training-work.ts';

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

/** The products of one step of a stage; looks at the score between steps are left out. */
export function productShapes(
  stage: TrainingStage,
  { genes }: TrainingSizes,
  parameters: Hyperparameters,
): ProductShape[] {
  const batch = parameters['train.batch'];
  const encoder = parameters['network.encoder'];
  const latents = { st: parameters['network.latentSt'], sc: parameters['network.latentSc'] };
  const decoder = (domain: 'st' | 'sc', outputs: number) => [
    latents[domain],
    ...encoder.toReversed(),
    outputs,
  ];
  if (stage !== 'translation') {
    const domain = stage === 'autoencoder-st' ? 'st' : 'sc';
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
  const reconstruction = (domain: 'st' | 'sc'): ProductShape[] =>
    cheaperHidden(width, genes[domain])
      ? [...network([latents[domain], ...encoder.toReversed()], batch, 'frozen'), gram]
      : network(decoder(domain, genes[domain]), batch, 'frozen');
  const panel =
    parameters['lambda.panel'] > 0 ? [...network(toSc, batch, 'first'), ...reconstruction('sc')] : [];
  const critic = (domain: 'st' | 'sc') => [latents[domain], ...parameters['network.discriminator'], 1];
  return [
    ...[toSc, toSt].flatMap((widths) => [
      ...network(widths, batch, 'first'),
      ...network(widths, batch, 'trained'),
    ]),
    ...(['st', 'sc'] as const).flatMap((domain) => [
      ...network(critic(domain), batch, 'first', 2),
      ...network(critic(domain), batch, 'frozen'),
      ...network(decoder(domain, genes.shared), batch, 'frozen'),
      ...reconstruction(domain),
    ]),
    ...panel,
  ];
}

/** Floating-point operations of the products of a step. */
export function productOperations(shapes: readonly ProductShape[]): number {
  return shapes.reduce((sum, { m, n, k, times }) => sum + 2 * m * n * k * times, 0);
}

/** Floating-point operations a second of products of the given shapes, each as often as a step makes it. */
export function productRate(shapes: readonly ProductShape[], least = 2e8): number {
  let seconds = 0;
  for (const shape of shapes) {
    seconds += secondsOf(shape, least) * shape.times;
  }
  return productOperations(shapes) / seconds;
}

/** Seconds of one product: the fastest of three rounds of about `least` multiply-adds. */
function secondsOf({ m, n, k, transposeA, transposeB }: ProductShape, least: number): number {
  return tf.tidy(() => {
    const a = tf.fill<tf.Rank.R2>(transposeA ? [k, m] : [m, k], 0.5);
    const b = tf.fill<tf.Rank.R2>(transposeB ? [n, k] : [k, n], 0.5);
    const repeats = Math.min(200, Math.max(1, Math.ceil(least / (m * n * k))));
    const round = (): number => {
      const began = performance.now();
      for (let i = 0; i < repeats; i++) {
        tf.tidy(() => {
          const product = tf.matMul(a, b, transposeA, transposeB);
          // A backend may still be computing until a value is read; one number is enough to wait for.
          if (i === repeats - 1) tf.slice(product, [0, 0], [1, 1]).dataSync();
        });
      }
      return (performance.now() - began) / 1000 / repeats;
    };
    round();
    return Math.min(round(), round(), round());
  });
}
