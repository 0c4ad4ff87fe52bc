import * as tf from '@tensorflow/tfjs-core';
import { meanSquaredError } from '../../../src-main/loss/mean-squared-error.ts';
import { Adam } from '../../../src-main/model/adam.ts';
import '../../../src-main/model/gradients.ts';
import { pullHeld } from '../../../src-main/model/held-on-device.ts';
import { autoencoderStep } from '../../../src-main/train/autoencoder-step.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import {
  gradientDeviations,
  networkOf,
  numbers,
  relative,
  runningDeviations,
  tensorOf,
  type Deviation,
  type Golden,
  type GoldenLayer,
  type GoldenRunning,
} from './deviation.ts';

export interface BlockFixture {
  readonly block: {
    readonly weights: GoldenLayer[];
    readonly batches: Golden[];
    readonly target: Golden;
    readonly output_train_batch1: Golden;
    readonly mse: number;
    readonly gradients: GoldenLayer[];
    readonly gradient_input: Golden;
    readonly running_after_1: GoldenRunning[];
    readonly running_after_3: GoldenRunning[];
    readonly output_inference_batch1: Golden;
    readonly gradient_input_inference: Golden;
  };
  readonly autoencoder: {
    readonly weights: { encoder: GoldenLayer[]; decoder: GoldenLayer[] };
    readonly batches: Golden[];
    readonly mse: number;
    readonly gradients: { encoder: GoldenLayer[]; decoder: GoldenLayer[] };
    readonly running_after_3: { encoder: GoldenRunning[]; decoder: GoldenRunning[] };
    readonly latent_inference_batch1: Golden;
    readonly output_inference_batch1: Golden;
    readonly 'adam_lr_0.01_losses_batches_1_2_3_1_2': number[];
  };
}

export interface AdamFixture {
  readonly p0: Golden;
  readonly runs: {
    readonly weight_decay: number;
    readonly steps: { lr: number; gradient: Golden; p: Golden; m: Golden; v: Golden }[];
  }[];
}

const random = new Random(1);

/** One block: output, gradients, running statistics, and what it is once it is frozen. */
export async function blockDeviations({ block }: BlockFixture): Promise<Deviation[]> {
  const network = networkOf('block', block.weights);
  const [x, ...later] = block.batches.map(tensorOf);
  const target = tensorOf(block.target);
  const found: Deviation[] = [];
  const { value, grads } = tf.variableGrads(
    () => meanSquaredError(network.train(x!, random), target),
    network.trainable,
  );
  found.push({ what: 'mse', error: Math.abs((await numbers(value))[0]! - block.mse), limit: 5e-6 });
  found.push(...(await gradientDeviations(network, grads, block.gradients)));
  found.push(...(await runningDeviations(network, block.running_after_1)));
  for (const batch of later) network.train(batch, random);
  found.push(...(await runningDeviations(network, block.running_after_3)));

  const frozen = network.freeze();
  const inferred = await numbers(frozen.apply(x!));
  found.push(relative('inference', inferred, block.output_inference_batch1, 1e-5));
  const byInference = tf.grad((input) => meanSquaredError(frozen.apply(input as tf.Tensor2D), target));
  const gradient = await numbers(byInference(x!));
  found.push(relative('gradient by input, inference', gradient, block.gradient_input_inference, 1e-4));

  const training = networkOf('block', block.weights);
  const output = await numbers(training.train(x!, random));
  found.push(relative('output', output, block.output_train_batch1, 1e-5));
  for (const wanted of ['input', 'both'] as const) {
    const byTraining = tf.grad((input) =>
      meanSquaredError(training.train(input as tf.Tensor2D, random, wanted), target),
    );
    const byInput = await numbers(byTraining(x!));
    found.push(relative(`gradient by input (${wanted})`, byInput, block.gradient_input, 1e-4));
  }
  return found;
}

/** An autoencoder: gradients, running statistics, inference, and the losses of five Adam steps. */
export async function autoencoderDeviations({ autoencoder }: BlockFixture): Promise<Deviation[]> {
  const encoder = networkOf('E', autoencoder.weights.encoder);
  const decoder = networkOf('D', autoencoder.weights.decoder);
  const batches = autoencoder.batches.map(tensorOf);
  const x = batches[0]!;
  const { value, grads } = tf.variableGrads(
    () => meanSquaredError(decoder.train(encoder.train(x, random, 'parameters'), random), x),
    [...encoder.trainable, ...decoder.trainable],
  );
  const found: Deviation[] = [
    { what: 'mse', error: Math.abs((await numbers(value))[0]! - autoencoder.mse), limit: 5e-6 },
    ...(await gradientDeviations(encoder, grads, autoencoder.gradients.encoder)),
    ...(await gradientDeviations(decoder, grads, autoencoder.gradients.decoder)),
  ];
  for (const batch of batches.slice(1)) decoder.train(encoder.train(batch, random), random);
  found.push(...(await runningDeviations(encoder, autoencoder.running_after_3.encoder)));
  found.push(...(await runningDeviations(decoder, autoencoder.running_after_3.decoder)));
  const latent = encoder.freeze().apply(x);
  found.push(relative('latent', await numbers(latent), autoencoder.latent_inference_batch1, 1e-5));
  const output = await numbers(decoder.freeze().apply(latent));
  found.push(relative('output', output, autoencoder.output_inference_batch1, 1e-5));

  const adam = new Adam([...encoder.trainable, ...decoder.trainable]);
  const expected = autoencoder['adam_lr_0.01_losses_batches_1_2_3_1_2'];
  for (const [i, batch] of [0, 1, 2, 0, 1].entries()) {
    const loss = autoencoderStep({ encoder, decoder }, batches[batch]!, adam, 0.01, random);
    const error = Math.abs((await numbers(loss))[0]! / expected[i]! - 1);
    found.push({ what: `loss of step ${i}`, error, limit: 1e-4 });
  }
  return found;
}

/** Parameters and moments after every step of every run. */
export async function adamDeviations({ p0, runs }: AdamFixture): Promise<Deviation[]> {
  const found: Deviation[] = [];
  for (const [r, run] of runs.entries()) {
    const p = tf.variable(tf.tensor1d([...p0.data]));
    const adam = new Adam([p], run.weight_decay);
    for (const [i, step] of run.steps.entries()) {
      adam.update({ [p.name]: tf.tensor1d([...step.gradient.data]) }, step.lr);
      await pullHeld(adam.moments);
      const where = `run ${r} step ${i}`;
      found.push(relative(`p, ${where}`, await numbers(p), step.p, 1e-5));
      found.push(relative(`m, ${where}`, adam.moments[0]!, step.m, 1e-5));
      found.push(relative(`v, ${where}`, adam.moments[1]!, step.v, 1e-5));
    }
  }
  return found;
}
