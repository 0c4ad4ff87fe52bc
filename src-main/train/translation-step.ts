import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../../src-shared/maths/random.ts';
import { generatorLoss, hingeLoss } from '../loss/adversarial.ts';
import { coralLoss, type CoralForm } from '../loss/coral.ts';
import { identityLoss } from '../loss/identity.ts';
import { mmdLoss, type MmdKernel } from '../loss/mmd.ts';
import { addAll } from '../loss/reduce.ts';
import type { Adam } from '../model/adam.ts';
import { minimise } from '../model/gradients.ts';
import type { FrozenNetwork, Network } from '../model/network.ts';
import { gradientPenalty } from './gradient-penalty.ts';
import type { BatchReconstruction } from './reconstruction.ts';
import type { StepTerms } from './term-means.ts';

/** The networks of stage 2: decoders frozen, translators and discriminators in training mode. */
export interface TranslationNetworks {
  /** D_st and D_sc cut down to the shared training genes, gene by gene in the same order. */
  readonly decodeSharedSt: FrozenNetwork;
  readonly decodeSharedSc: FrozenNetwork;
  readonly translateStSc: Network;
  readonly translateScSt: Network;
  readonly criticSt: Network;
  readonly criticSc: Network;
}

/** One batch of each domain. */
export interface TranslationBatch {
  /** Cached codes of the frozen encoders, cells × latent. */
  readonly zSt: tf.Tensor2D;
  readonly zSc: tf.Tensor2D;
  /** Codes of the same SC cells seen through the spatial panel; needed when λ_panel > 0. */
  readonly zPanel?: tf.Tensor2D;
  /** Measured values of the shared training genes, cells × genes. */
  readonly sharedSt: tf.Tensor2D;
  readonly sharedSc: tf.Tensor2D;
  /** MSE(D(codes), x) against these cells, by what D's last layer gets. */
  readonly reconstructSt: BatchReconstruction;
  readonly reconstructSc: BatchReconstruction;
}

export interface TranslationWeights {
  readonly gan: number;
  readonly cycle: number;
  readonly identity: number;
  readonly mmd: number;
  readonly coral: number;
  readonly panel: number;
  readonly disc: number;
  readonly gradientPenalty: number;
}

export interface TranslationOptions {
  readonly lambda: TranslationWeights;
  readonly mmdKernel: MmdKernel;
  readonly coralForm: CoralForm;
  readonly learningRate: number;
  readonly learningRateDiscriminator: number;
  readonly translators: Adam;
  readonly discriminators: Adam;
  /** Source of the dropout masks of this step. */
  readonly random: Random;
}

/**
 * One step of stage 2 (MODEL.md, "Training"): one forward pass of the translators; one update of the
 * discriminators on its detached codes; then one update of the translators, whose adversarial term uses the
 * updated discriminators.
 *
 * @returns every term before the respective update, kept; the caller disposes them
 */
export function translationStep(
  networks: TranslationNetworks,
  batch: TranslationBatch,
  options: TranslationOptions,
): StepTerms {
  const { decodeSharedSt, decodeSharedSc, translateStSc, translateScSt, criticSt, criticSc } = networks;
  const { zSt, zSc, zPanel } = batch;
  const { lambda, random } = options;
  const terms: StepTerms = {};

  const objective = (): tf.Scalar => {
    const fakeSc = translateStSc.train(zSt, random, 'parameters');
    const fakeSt = translateScSt.train(zSc, random, 'parameters');
    const cycleSt = translateScSt.train(fakeSc, random);
    const cycleSc = translateStSc.train(fakeSt, random);
    const hasPanel = lambda.panel > 0 && zPanel !== undefined;
    const panel = hasPanel ? [translateStSc.train(zPanel, random, 'parameters')] : [];

    terms.discriminator = updateDiscriminators(networks, batch, { fakeSt, fakeSc }, options);

    const [st, sc] = [decodeSharedSt.parts, decodeSharedSc.parts];
    const [hiddenFakeSt, hiddenCycleSt] = st.trunk.applyTogether([fakeSt, cycleSt]);
    const [hiddenFakeSc, hiddenCycleSc, hiddenPanel] = sc.trunk.applyTogether([fakeSc, cycleSc, ...panel]);

    terms['identity.st'] = identityLoss(sc.ending.apply(hiddenFakeSc!), batch.sharedSt);
    terms['identity.sc'] = identityLoss(st.ending.apply(hiddenFakeSt!), batch.sharedSc);
    terms['cycle.st'] = batch.reconstructSt(hiddenCycleSt!);
    terms['cycle.sc'] = batch.reconstructSc(hiddenCycleSc!);
    if (hiddenPanel !== undefined) terms.panel = batch.reconstructSc(hiddenPanel);
    terms['coral.st'] = coralLoss(fakeSt, zSt, options.coralForm);
    terms['coral.sc'] = coralLoss(fakeSc, zSc, options.coralForm);
    terms['mmd.st'] = mmdLoss(fakeSt, zSt, options.mmdKernel);
    terms['mmd.sc'] = mmdLoss(fakeSc, zSc, options.mmdKernel);
    terms.gan = tf.add(
      generatorLoss(criticSt.train(fakeSt, random, 'input')),
      generatorLoss(criticSc.train(fakeSc, random, 'input')),
    );
    const total = weightedTotal(terms, lambda);
    Object.values(terms).forEach((term) => tf.keep(term));
    return total;
  };

  terms.total = tf.keep(minimise(objective, options.translators, options.learningRate));
  return terms;
}

/** λ_id·identity + λ_cyc·cycle + λ_coral·CORAL + λ_mmd·MMD + λ_gan·GAN (+ λ_panel·panel). */
function weightedTotal(terms: StepTerms, lambda: TranslationWeights): tf.Scalar {
  const weighted = (weight: number, ...parts: (tf.Scalar | undefined)[]) =>
    parts.filter((part) => part !== undefined).map((part): tf.Scalar => tf.mul(part, weight));
  return addAll([
    ...weighted(lambda.identity, terms['identity.st'], terms['identity.sc']),
    ...weighted(lambda.cycle, terms['cycle.st'], terms['cycle.sc']),
    ...weighted(lambda.coral, terms['coral.st'], terms['coral.sc']),
    ...weighted(lambda.mmd, terms['mmd.st'], terms['mmd.sc']),
    ...weighted(lambda.gan, terms.gan),
    ...weighted(lambda.panel, terms.panel),
  ]);
}

/** λ_disc · hinge of both domains (real first, then fake, each its own batch), one Adam update of both. */
function updateDiscriminators(
  { criticSt, criticSc }: TranslationNetworks,
  { zSt, zSc }: TranslationBatch,
  { fakeSt, fakeSc }: { readonly fakeSt: tf.Tensor2D; readonly fakeSc: tf.Tensor2D },
  options: TranslationOptions,
): tf.Scalar {
  const { lambda, random } = options;
  let hinge: tf.Scalar | undefined;
  const objective = (): tf.Scalar => {
    const judge = (critic: Network, codes: tf.Tensor2D) => critic.train(codes, random, 'parameters');
    hinge = tf.keep(
      tf.add(
        hingeLoss(judge(criticSt, zSt), judge(criticSt, fakeSt)),
        hingeLoss(judge(criticSc, zSc), judge(criticSc, fakeSc)),
      ),
    );
    const weighted: tf.Scalar = tf.mul(hinge, lambda.disc);
    if (lambda.gradientPenalty <= 0) return weighted;
    const penalty: tf.Scalar = tf.add(
      gradientPenalty(criticSt, zSt, fakeSt, random),
      gradientPenalty(criticSc, zSc, fakeSc, random),
    );
    return tf.add(weighted, tf.mul(penalty, lambda.gradientPenalty));
  };
  minimise(objective, options.discriminators, options.learningRateDiscriminator).dispose();
  return hinge!;
}
