import * as tf from '@tensorflow/tfjs-core';
import { throwIfStopped, type StopSignal } from '../../src-shared/contract/errors.ts';
import type { LossPoint } from '../../src-shared/domain/loss-point.ts';
import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { Random } from '../../src-shared/maths/random.ts';
import type { AffineView } from '../matrix/affine-view.ts';
import { Adam } from '../model/adam.ts';
import { liveData, restoreLive, type Live } from '../model/frozen-state.ts';
import { Network, type FrozenNetwork } from '../model/network.ts';
import { autoencoderStep } from './autoencoder-step.ts';
import { BatchStream } from './batches.ts';
import { Pace } from './pace.ts';
import { autoencoderSchedule, linearRate, type Schedule } from './schedule.ts';
import { batchTensor, liveOf, type Snapshot, type Stage } from './stage.ts';
import { TermMeans } from './term-means.ts';

export interface AutoencoderOptions {
  readonly domain: 'st' | 'sc';
  readonly member: number;
  readonly seed: number;
  readonly parameters: Hyperparameters;
}

/** Stage 1 for one domain: encoder and decoder learn to give back what they see. */
export class AutoencoderTraining implements Stage {
  readonly #view: AffineView;
  readonly #options: AutoencoderOptions;
  readonly #encoder: Network;
  readonly #decoder: Network;
  readonly #adam: Adam;
  readonly #batches: BatchStream;
  readonly #schedule: Schedule;
  #step = 0;

  constructor(view: AffineView, options: AutoencoderOptions) {
    const { domain, parameters, seed } = options;
    const genes = view.columns.length;
    const latent = parameters[domain === 'st' ? 'network.latentSt' : 'network.latentSc'];
    const hidden = parameters['network.encoder'];
    const dropout = parameters['dropout.autoencoder'];
    this.#view = view;
    this.#options = options;
    this.#encoder = new Network(
      { name: `E_${domain}`, inputs: genes, hidden, outputs: latent, ending: 'block', dropout },
      seed,
    );
    this.#decoder = new Network(
      {
        name: `D_${domain}`,
        inputs: latent,
        hidden: hidden.toReversed(),
        outputs: genes,
        ending: 'linear',
        dropout,
      },
      seed,
    );
    this.#adam = new Adam([...this.#encoder.trainable, ...this.#decoder.trainable]);
    this.#batches = new BatchStream(
      view.source.rows,
      parameters['train.batch'],
      seed,
      `autoencoder ${domain}`,
    );
    this.#schedule = autoencoderSchedule(view.source.rows, parameters);
  }

  async *run(stop?: StopSignal, finish?: StopSignal): AsyncGenerator<LossPoint> {
    const { domain, member } = this.#options;
    const { steps, stepsPerEpoch } = this.#schedule;
    const pace = new Pace(stepsPerEpoch, steps);
    const means = new TermMeans();
    while (this.#step < steps && finish?.aborted !== true) {
      throwIfStopped(stop);
      const step = this.#step;
      const epoch = Math.floor(step / stepsPerEpoch);
      const loss = this.#train(epoch, step);
      await means.add(
        { [`reconstruction.${domain}`]: loss },
        `in epoch ${epoch + 1} of the ${domain} autoencoder`,
      );
      this.#step += 1;
      if (pace.reports(step)) {
        yield { member, stage: `autoencoder-${domain}`, epoch, step, steps, terms: await means.take() };
      }
      await pace.breathe();
    }
  }

  /** Half an autoencoder is none: what it cannot give back is lost to everything behind it. */
  get usable(): boolean {
    return this.#step >= this.#schedule.steps;
  }

  #train(epoch: number, step: number): tf.Scalar {
    const { domain, seed, parameters } = this.#options;
    const random = new Random(seed, `dropout autoencoder ${domain} ${step}`);
    return tf.tidy(() => {
      const x = batchTensor(this.#view, this.#batches.at(epoch, step % this.#schedule.stepsPerEpoch));
      const networks = { encoder: this.#encoder, decoder: this.#decoder };
      const rate = parameters['train.learningRate'];
      const linear = parameters['train.decay'] === 'linear';
      const now = linear ? linearRate(rate, step, this.#schedule.steps) : rate;
      return autoencoderStep(networks, x, this.#adam, now, random);
    });
  }

  get #live(): Live {
    return liveOf([this.#encoder, this.#decoder], { adam: this.#adam });
  }

  async snapshot(): Promise<Snapshot> {
    return { tensors: await liveData(this.#live), counters: { step: this.#step, adam: this.#adam.steps } };
  }

  restore({ tensors, counters }: Snapshot): void {
    restoreLive(this.#live, tensors);
    this.#step = counters['step'] ?? 0;
    this.#adam.steps = counters['adam'] ?? 0;
  }

  finish(): ReadonlyMap<string, FrozenNetwork> {
    return new Map([
      ['encoder', this.#encoder.freeze()],
      ['decoder', this.#decoder.freeze()],
    ]);
  }

  dispose(): void {
    this.#adam.dispose();
    this.#encoder.dispose();
    this.#decoder.dispose();
  }
}
