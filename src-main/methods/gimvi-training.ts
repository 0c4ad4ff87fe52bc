import { throwIfStopped, type StopSignal } from '../../src-shared/contract/errors.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { mean, variance } from '../../src-shared/maths/statistics.ts';
import type { Dense } from '../matrix/dense.ts';
import { dropoutMask } from '../model/dropout.ts';
import { breathe } from '../train/stage.ts';
import { GimviBatches, rowSums, type GimviCounts } from './gimvi-batches.ts';
import { DomainClassifier, GimviNetwork, type Draws } from './gimvi-network.ts';
import { gimviStep } from './gimvi-step.ts';
import type { FitProgress } from './method.ts';

/** Defaults of scvi-tools' GIMVI. */
const [LATENT, HIDDEN, DROPOUT] = [10, 64, 0.2];
const LIBRARY_HIDDEN = 128;
const [CLASSIFIER_HIDDEN, CLASSIFIER_DROPOUT] = [32, 0.1];
const KAPPA = 5;
export const EPOCHS = 200;
const WARM_UP_EPOCHS = 400;

/** 200 epochs of larger data are cut to about this many steps (some minutes). */
const STEP_LIMIT = 40_000;
const TURN_MILLISECONDS = 100;

export interface GimviTraining {
  readonly network: GimviNetwork;
  /** Fewer than {@link EPOCHS} where the data are large. */
  readonly epochs: number;
}

/**
 * Trains gimVI as scvi-tools does by default: nine tenths of each dataset's cells, batches of 128 without dropping
 * the last, an epoch being one pass through the larger dataset while the smaller's batches start again; the weight
 * of the KL terms grows from 0 by 1/400 an epoch, so that it ends near ½.
 */
export async function* trainGimvi(
  counts: GimviCounts,
  seed: number,
  stop?: StopSignal,
): AsyncGenerator<FitProgress, GimviTraining> {
  const sizes = {
    reference: counts.reference.columns,
    spatial: counts.spatial.columns,
    latent: LATENT,
    hidden: HIDDEN,
    libraryHidden: LIBRARY_HIDDEN,
    dropout: DROPOUT,
  };
  const network = new GimviNetwork(sizes, new Random(seed, 'gimvi weights'));
  const random = new Random(seed, 'gimvi classifier');
  const classifier = new DomainClassifier(LATENT, CLASSIFIER_HIDDEN, CLASSIFIER_DROPOUT, random);
  const draws = randomDraws(new Random(seed, 'gimvi draws'));
  const batches = new GimviBatches(counts, seed);
  const libraryPrior = logMoments(counts.reference);
  const epochs = Math.min(EPOCHS, Math.max(1, Math.ceil(STEP_LIMIT / batches.perEpoch)));
  const total = epochs * batches.perEpoch;
  let turned = performance.now();
  for (let done = 0; done < total; done++) {
    throwIfStopped(stop);
    const epoch = Math.floor(done / batches.perEpoch);
    const klWeight = ((epoch / epochs) * EPOCHS) / WARM_UP_EPOCHS;
    const batch = batches.at(epoch, done % batches.perEpoch);
    gimviStep(network, classifier, batch, { libraryPrior, klWeight, kappa: KAPPA }, draws);
    if (performance.now() - turned > TURN_MILLISECONDS) {
      yield { kind: 'steps', done: done + 1, total };
      await breathe();
      turned = performance.now();
    }
  }
  yield { kind: 'steps', done: total, total };
  return { network, epochs };
}

function randomDraws(random: Random): Draws {
  return {
    normal: (length) => Float32Array.from({ length }, () => random.normal()),
    mask: (rows, width, dropout) => dropoutMask(rows, width, dropout, random),
  };
}

/** The smallest prior variance: where all cells have the same total, the density would be infinite. */
const LEAST_VARIANCE = 1e-4;

/** Mean and population variance of the cells' log totals; a cell without counts enters as 0, as in scvi-tools. */
function logMoments(counts: Dense): { readonly mean: number; readonly variance: number } {
  const logs = rowSums(counts).map((sum) => (sum > 0 ? Math.log(sum) : 0));
  return { mean: mean(logs), variance: Math.max(LEAST_VARIANCE, variance(logs)) };
}
