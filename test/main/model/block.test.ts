import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { meanSquaredError } from '../../../src-main/loss/mean-squared-error.ts';
import { Adam } from '../../../src-main/model/adam.ts';
import '../../../src-main/model/gradients.ts';
import type { Network } from '../../../src-main/model/network.ts';
import { autoencoderStep } from '../../../src-main/train/autoencoder-step.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { relativeMaximum, tensorOf, transposed } from '../../helpers/golden.ts';
import { hasFixtures, needsFixtures, readFixture, type Golden } from '../../helpers/shared-folder.ts';
import { networkOf, type GoldenLayer } from './golden-layers.ts';

interface Running {
  readonly running_mean?: Golden;
  readonly running_var?: Golden;
}
interface BlockFixture {
  readonly block: {
    readonly weights: GoldenLayer[];
    readonly batches: Golden[];
    readonly target: Golden;
    readonly output_train_batch1: Golden;
    readonly mse: number;
    readonly gradients: GoldenLayer[];
    readonly gradient_input: Golden;
    readonly running_after_1: Running[];
    readonly running_after_3: Running[];
    readonly output_inference_batch1: Golden;
    readonly gradient_input_inference: Golden;
  };
  readonly autoencoder: {
    readonly weights: { encoder: GoldenLayer[]; decoder: GoldenLayer[] };
    readonly batches: Golden[];
    readonly output_train_batch1: Golden;
    readonly mse: number;
    readonly gradients: { encoder: GoldenLayer[]; decoder: GoldenLayer[] };
    readonly running_after_3: { encoder: Running[]; decoder: Running[] };
    readonly latent_inference_batch1: Golden;
    readonly output_inference_batch1: Golden;
    readonly 'adam_lr_0.01_losses_batches_1_2_3_1_2': number[];
  };
}

const random = new Random(1);

function expectRunning(network: Network, golden: readonly Running[]): void {
  for (const [i, { running_mean, running_var }] of golden.entries()) {
    const running = network.layers[i]!.running;
    if (running_mean) expect(relativeMaximum(running!.mean, running_mean)).toBeLessThan(1e-5);
    if (running_var) expect(relativeMaximum(running!.variance, running_var)).toBeLessThan(1e-5);
  }
}

function expectGradients(network: Network, grads: tf.NamedTensorMap, golden: readonly GoldenLayer[]): void {
  for (const [i, layer] of network.layers.entries()) {
    const expected = golden[i]!;
    expect(relativeMaximum(grads[layer.weights.name]!.dataSync(), transposed(expected.W))).toBeLessThan(1e-4);
    if (layer.gamma === undefined) {
      expect(relativeMaximum(grads[layer.bias.name]!.dataSync(), expected.b)).toBeLessThan(1e-4);
    } else {
      // The golden gradient of a bias before BatchNorm is rounding; ours is exactly absent.
      expect(grads[layer.bias.name]).toBeUndefined();
      expect(relativeMaximum(grads[layer.gamma.name]!.dataSync(), expected.gamma!)).toBeLessThan(1e-4);
      expect(relativeMaximum(grads[layer.beta!.name]!.dataSync(), expected.beta!)).toBeLessThan(1e-4);
    }
  }
}

describe.skipIf(!hasFixtures)(`blocks agree with PyTorch ${needsFixtures}`, () => {
  const fixture = hasFixtures ? readFixture<BlockFixture>('block') : undefined;
  beforeAll(async () => {
    await selectBackend('wasm', { threads: 1 });
  });

  it('a block: output, gradients and running statistics in training mode', () => {
    const { block } = fixture!;
    const network = networkOf('block', block.weights);
    const [x, ...later] = block.batches.map(tensorOf);
    const target = tensorOf(block.target);
    const parameters = network.trainable;
    const { value, grads } = tf.variableGrads(
      () => meanSquaredError(network.train(x!, random), target),
      parameters,
    );
    expect(value.dataSync()[0]).toBeCloseTo(block.mse, 5);
    expectGradients(network, grads, block.gradients);
    expectRunning(network, block.running_after_1);
    for (const batch of later) network.train(batch, random);
    expectRunning(network, block.running_after_3);
  });

  it('a block: gradient by its input, in training and in inference mode', () => {
    const { block } = fixture!;
    const target = tensorOf(block.target);
    const x = tensorOf(block.batches[0]!);
    const training = networkOf('block', block.weights);
    expect(relativeMaximum(training.train(x, random).dataSync(), block.output_train_batch1)).toBeLessThan(
      1e-5,
    );
    const byTraining = tf.grad((input) =>
      meanSquaredError(training.train(input as tf.Tensor2D, random), target),
    );
    expect(relativeMaximum(byTraining(x).dataSync(), block.gradient_input)).toBeLessThan(1e-4);

    const network = networkOf('block', block.weights);
    for (const batch of block.batches) network.train(tensorOf(batch), random);
    const frozen = network.freeze();
    expect(relativeMaximum(frozen.apply(x).dataSync(), block.output_inference_batch1)).toBeLessThan(1e-5);
    const byInference = tf.grad((input) => meanSquaredError(frozen.apply(input as tf.Tensor2D), target));
    expect(relativeMaximum(byInference(x).dataSync(), block.gradient_input_inference)).toBeLessThan(1e-4);
  });

  it('an autoencoder: gradients, running statistics, inference, and five Adam steps', () => {
    const { autoencoder } = fixture!;
    const encoder = networkOf('E', autoencoder.weights.encoder);
    const decoder = networkOf('D', autoencoder.weights.decoder);
    const batches = autoencoder.batches.map(tensorOf);
    const x = batches[0]!;
    const { value, grads } = tf.variableGrads(
      () => meanSquaredError(decoder.train(encoder.train(x, random, 'parameters'), random), x),
      [...encoder.trainable, ...decoder.trainable],
    );
    expect(value.dataSync()[0]).toBeCloseTo(autoencoder.mse, 5);
    expectGradients(encoder, grads, autoencoder.gradients.encoder);
    expectGradients(decoder, grads, autoencoder.gradients.decoder);
    for (const batch of batches.slice(1)) decoder.train(encoder.train(batch, random), random);
    expectRunning(encoder, autoencoder.running_after_3.encoder);
    expectRunning(decoder, autoencoder.running_after_3.decoder);
    const latent = encoder.freeze().apply(x);
    expect(relativeMaximum(latent.dataSync(), autoencoder.latent_inference_batch1)).toBeLessThan(1e-5);
    const output = decoder.freeze().apply(latent);
    expect(relativeMaximum(output.dataSync(), autoencoder.output_inference_batch1)).toBeLessThan(1e-5);

    const adam = new Adam([...encoder.trainable, ...decoder.trainable]);
    const expected = autoencoder['adam_lr_0.01_losses_batches_1_2_3_1_2'];
    for (const [i, batch] of [0, 1, 2, 0, 1].entries()) {
      const loss = autoencoderStep({ encoder, decoder }, batches[batch]!, adam, 0.01, random);
      expect(Math.abs(loss.dataSync()[0]! / expected[i]! - 1)).toBeLessThan(1e-4);
    }
  });
});
