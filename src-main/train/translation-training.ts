import * as tf from '@tensorflow/tfjs-core';
import { throwIfStopped, type StopSignal } from '../../src-shared/contract/errors.ts';
import type { LossPoint } from '../../src-shared/domain/loss-point.ts';
import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { chosenColumns, plainView, spreadRows, type AffineView } from '../matrix/affine-view.ts';
import type { Dense } from '../matrix/dense.ts';
import { Adam } from '../model/adam.ts';
import { liveData, restoreLive, restrictOutputs, type Live } from '../model/frozen-state.ts';
import type { FrozenNetwork } from '../model/network.ts';
import { BatchStream } from './batches.ts';
import { BestWeights } from './best-weights.ts';
import { InnerScore, type ScoredGenes } from './inner-score.ts';
import { Pace } from './pace.ts';
import { reconstruction, type Reconstruction } from './reconstruction.ts';
import { halvedRate, linearRate, translationSchedule, type Schedule } from './schedule.ts';
import { batchTensor, liveOf, type Snapshot, type Stage } from './stage.ts';
import { TermMeans, type StepTerms } from './term-means.ts';
import { createTranslators, translationWeights, type TrainedNetworks } from './translation-networks.ts';
import { translationStep, type TranslationBatch } from './translation-step.ts';

/** What stage 2 sees: expression as the networks see it, the frozen decoders, and the cached codes. */
export interface TranslationData {
  /** ST cells × genes of E_st */
  readonly st: AffineView;
  /** SC cells × genes of E_sc */
  readonly sc: AffineView;
  readonly decodeSt: FrozenNetwork;
  readonly decodeSc: FrozenNetwork;
  readonly zSt: Dense;
  readonly zSc: Dense;
  /** Codes of the SC cells seen through the spatial panel; absent when λ_panel is 0. */
  readonly zPanel: Dense | undefined;
  /** Columns of the shared training genes in `st` and `sc`. */
  readonly shared: { readonly st: Int32Array; readonly sc: Int32Array };
  /** Genes that choose the best weights; absent when the last weights are taken. */
  readonly scored: ScoredGenes | undefined;
}

export const SCORED_CELLS = 4096;

export interface TranslationTrainingOptions {
  readonly member: number;
  readonly seed: number;
  readonly parameters: Hyperparameters;
}

/** Stage 2: translators against discriminators, encoders and decoders frozen. */
export class TranslationTraining implements Stage {
  readonly #data: TranslationData;
  readonly #options: TranslationTrainingOptions;
  readonly #networks: TrainedNetworks;
  readonly #translators: Adam;
  readonly #discriminators: Adam;
  readonly #shared: { readonly st: AffineView; readonly sc: AffineView };
  readonly #decoders: { readonly decodeSharedSt: FrozenNetwork; readonly decodeSharedSc: FrozenNetwork };
  readonly #reconstruct: { readonly st: Reconstruction; readonly sc: Reconstruction };
  readonly #streams: { readonly st: BatchStream; readonly sc: BatchStream };
  readonly #schedule: Schedule;
  readonly #score: InnerScore | undefined;
  readonly #best: BestWeights;
  #step = 0;

  constructor(data: TranslationData, options: TranslationTrainingOptions) {
    const { parameters, seed } = options;
    const batch = parameters['train.batch'];
    const decay = parameters['train.weightDecay'];
    this.#data = data;
    this.#options = options;
    this.#networks = createTranslators(parameters, seed);
    const { translateStSc, translateScSt, criticSt, criticSc } = this.#networks;
    this.#translators = new Adam([...translateStSc.trainable, ...translateScSt.trainable], decay);
    this.#discriminators = new Adam([...criticSt.trainable, ...criticSc.trainable], decay);
    this.#shared = { st: chosenColumns(data.st, data.shared.st), sc: chosenColumns(data.sc, data.shared.sc) };
    this.#decoders = {
      decodeSharedSt: restrictOutputs(data.decodeSt, data.shared.st),
      decodeSharedSc: restrictOutputs(data.decodeSc, data.shared.sc),
    };
    this.#reconstruct = {
      st: reconstruction(data.decodeSt, data.st),
      sc: reconstruction(data.decodeSc, data.sc),
    };
    this.#streams = {
      st: new BatchStream(data.zSt.rows, batch, seed, 'translation st'),
      sc: new BatchStream(data.zSc.rows, batch, seed, 'translation sc'),
    };
    this.#schedule = translationSchedule({ st: data.zSt.rows, sc: data.zSc.rows }, parameters);
    const rows = spreadRows(data.zSt.rows, SCORED_CELLS);
    this.#score = data.scored && new InnerScore(data.zSt, data.scored, data.decodeSc, rows);
    this.#best = new BestWeights(translateStSc);
  }

  async *run(stop?: StopSignal, finish?: StopSignal): AsyncGenerator<LossPoint> {
    const { member } = this.#options;
    const { steps, stepsPerEpoch } = this.#schedule;
    const pace = new Pace(stepsPerEpoch, steps);
    const means = new TermMeans();
    while (this.#step < steps && !this.#ends(finish)) {
      throwIfStopped(stop);
      const step = this.#step;
      const epoch = Math.floor(step / stepsPerEpoch);
      await means.add(this.#train(epoch, step), `in epoch ${epoch + 1} of the translation`);
      this.#step += 1;
      const scored = await this.#look(step);
      if (scored !== undefined || pace.reports(step)) {
        const point = {
          member,
          stage: 'translation',
          epoch,
          step,
          steps,
          terms: await means.take(),
        } as const;
        yield scored === undefined ? point : { ...point, ...scored };
      }
      await pace.breathe();
    }
  }

  /** Told to finish, the only network of a run goes on until there is something to keep. */
  #ends(finish: StopSignal | undefined): boolean {
    return finish?.aborted === true && (this.usable || this.#options.member > 0);
  }

  /** Whether it has been scored, or, where nothing is scored, has seen every cell. */
  get usable(): boolean {
    const { steps, stepsPerEpoch } = this.#schedule;
    return this.#best.found || this.#step >= (this.#score === undefined ? stepsPerEpoch : steps);
  }

  /** One step; its terms are kept tensors. */
  #train(epoch: number, step: number): StepTerms {
    const { parameters, seed } = this.#options;
    const random = new Random(seed, `dropout translation ${step}`);
    const { mmdGamma, ...weights } = translationWeights(parameters);
    let terms: StepTerms = {};
    tf.tidy(() => {
      terms = translationStep(
        { ...this.#networks, ...this.#decoders },
        this.#batch(epoch, step % this.#schedule.stepsPerEpoch),
        {
          lambda: weights,
          mmdKernel: parameters['loss.mmdKernel'] === 'median' ? 'median' : { gamma: mmdGamma },
          coralForm: parameters['loss.coralForm'],
          learningRate: this.#rate(epoch, step),
          learningRateDiscriminator: parameters['train.learningRateDiscriminator'],
          translators: this.#translators,
          discriminators: this.#discriminators,
          random,
        },
      );
    });
    return terms;
  }

  #rate(epoch: number, step: number): number {
    const { parameters } = this.#options;
    const rate = parameters['train.learningRateTranslator'];
    return parameters['train.decay'] === 'linear'
      ? linearRate(rate, step, this.#schedule.steps)
      : halvedRate(rate, epoch, parameters['train.halveEvery']);
  }

  #batch(epoch: number, step: number): TranslationBatch {
    const { zSt, zSc, zPanel } = this.#data;
    const stCells = this.#streams.st.at(epoch, step);
    const scCells = this.#streams.sc.at(epoch, step);
    const batch = {
      zSt: batchTensor(plainView(zSt), stCells),
      zSc: batchTensor(plainView(zSc), scCells),
      sharedSt: batchTensor(this.#shared.st, stCells),
      sharedSc: batchTensor(this.#shared.sc, scCells),
      reconstructSt: this.#reconstruct.st.of(stCells),
      reconstructSc: this.#reconstruct.sc.of(scCells),
    };
    return zPanel === undefined ? batch : { ...batch, zPanel: batchTensor(plainView(zPanel), scCells) };
  }

  /** Scores the translator when a look is due, and remembers the best weights. */
  async #look(step: number): Promise<{ score: number; bestStep: number } | undefined> {
    const every = this.#options.parameters['train.evaluateEvery'] || this.#schedule.stepsPerEpoch;
    const due = (step + 1) % every === 0 || step + 1 === this.#schedule.steps;
    if (this.#score === undefined || !due) return undefined;
    const frozen = this.#networks.translateStSc.freeze();
    const score = await this.#score.of(frozen);
    frozen.dispose();
    await this.#best.offer(score, step);
    return { score, bestStep: this.#best.step };
  }

  /** Best score so far and its step; undefined before the first look. */
  get best(): { readonly score: number; readonly step: number } | undefined {
    return this.#best.found ? { score: this.#best.score, step: this.#best.step } : undefined;
  }

  get #live(): Live {
    return liveOf(Object.values(this.#networks), {
      translators: this.#translators,
      discriminators: this.#discriminators,
    });
  }

  async snapshot(): Promise<Snapshot> {
    const best = this.#best.snapshot();
    return {
      tensors: new Map([...(await liveData(this.#live)), ...best.tensors]),
      counters: {
        step: this.#step,
        translators: this.#translators.steps,
        discriminators: this.#discriminators.steps,
        ...best.counters,
      },
    };
  }

  restore(snapshot: Snapshot): void {
    restoreLive(this.#live, snapshot.tensors);
    this.#step = snapshot.counters['step'] ?? 0;
    this.#translators.steps = snapshot.counters['translators'] ?? 0;
    this.#discriminators.steps = snapshot.counters['discriminators'] ?? 0;
    this.#best.restore(snapshot);
  }

  /** T_st→sc with the best weights (the last ones where nothing was scored). */
  finish(): ReadonlyMap<string, FrozenNetwork> {
    this.#best.apply();
    return new Map([['translate', this.#networks.translateStSc.freeze()]]);
  }

  dispose(): void {
    this.#translators.dispose();
    this.#discriminators.dispose();
    for (const network of Object.values(this.#networks)) network.dispose();
    this.#score?.dispose();
    this.#reconstruct.st.dispose();
    this.#reconstruct.sc.dispose();
    for (const decoder of Object.values(this.#decoders)) {
      const last = decoder.layers.at(-1)!;
      tf.dispose([last.weights, last.bias]);
    }
  }
}
