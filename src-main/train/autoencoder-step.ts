import type * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../../src-shared/maths/random.ts';
import { meanSquaredError } from '../loss/mean-squared-error.ts';
import type { Adam } from '../model/adam.ts';
import { minimise } from '../model/gradients.ts';
import type { Network } from '../model/network.ts';

/** Encoder and decoder of one domain. */
export interface Autoencoder {
  readonly encoder: Network;
  readonly decoder: Network;
}

/**
 * One step of stage 1: reconstruction MSE(D(E(x)), x) and one Adam update of E and D.
 *
 * @param x cells × genes
 * @returns the loss before the update; the caller disposes it
 */
export function autoencoderStep(
  { encoder, decoder }: Autoencoder,
  x: tf.Tensor2D,
  optimiser: Adam,
  learningRate: number,
  random: Random,
): tf.Scalar {
  const reconstruction = () =>
    meanSquaredError(decoder.train(encoder.train(x, random, 'parameters'), random), x);
  return minimise(reconstruction, optimiser, learningRate);
}
