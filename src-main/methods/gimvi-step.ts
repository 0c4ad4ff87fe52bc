import type { Dense } from '../matrix/dense.ts';
import { likelihoodGradients } from './gimvi-likelihood.ts';
import { accumulate } from './gimvi-linear.ts';
import type { DomainClassifier, Draws, EncoderPass, GimviNetwork } from './gimvi-network.ts';

/** A batch of each dataset, reference first. */
export interface GimviBatch {
  /** cells × genes, counts */
  readonly counts: readonly [Dense, Dense];
  /** log(1 + counts) */
  readonly logs: readonly [Dense, Dense];
  /** Counts of each spatial cell over the spatial genes. */
  readonly spatialTotals: Float64Array;
}

/** What stays the same over an epoch or the whole training. */
export interface GimviObjective {
  /** Prior of the reference's log library size. */
  readonly libraryPrior: { readonly mean: number; readonly variance: number };
  /** Weight of the Kullback–Leibler terms. */
  readonly klWeight: number;
  /** Weight κ of the domain classifier. */
  readonly kappa: number;
}

/**
 * One step of gimVI's training as scvi-tools makes it: the networks move first, then the classifier. Both by their
 * own optimisers.
 */
export function gimviStep(
  network: GimviNetwork,
  classifier: DomainClassifier,
  batch: GimviBatch,
  objective: GimviObjective,
  draws: Draws,
): void {
  gatherNetworkGradients(network, classifier, batch, objective, draws);
  network.parameters.update();
  gatherClassifierGradients(network, classifier, batch, objective, draws);
  classifier.parameters.update();
}

/**
 * Gradients of the networks' loss
 * L = 1/n Σ_cells [−log p(x | z, l) + w (KL(q(z | x) ‖ N(0, I)) + KL(q(l | x) ‖ prior))] + κ · fool
 * over the n cells of both batches, z and l sampled by reparametrisation. `fool` is the classifier's cross-entropy
 * for exchanged classes.
 */
export function gatherNetworkGradients(
  network: GimviNetwork,
  classifier: DomainClassifier,
  batch: GimviBatch,
  { libraryPrior, klWeight, kappa }: GimviObjective,
  draws: Draws,
): void {
  const encoded = network.encode(batch.logs, draws);
  const sample = sampleLatent(encoded.posterior, draws);
  const weight = 1 / encoded.posterior.rows;
  const library = new LibrarySample(network, batch.logs[0], draws);
  const decoded = network.decoder.forward(sample.z);
  const { byLogits, byLogLibrary } = reconstruction(network, batch, decoded, library.sizes, weight);
  library.backward(byLogLibrary, libraryPrior, klWeight * weight);
  const byZ = network.decoder.backward(sample.z, byLogits);
  const fool = classifier.gradients(sample.z, batch.logs[0].rows, true, kappa, 'input', draws)!;
  accumulate(byZ.values, fool.values);
  network.encodeBackward(encoded, posteriorGradient(encoded, sample, byZ, klWeight * weight));
}

/** Gradients of κ times the classifier's cross-entropy on z sampled anew. */
export function gatherClassifierGradients(
  network: GimviNetwork,
  classifier: DomainClassifier,
  batch: GimviBatch,
  { kappa }: GimviObjective,
  draws: Draws,
): void {
  const { z } = sampleLatent(network.encode(batch.logs, draws).posterior, draws);
  classifier.gradients(z, batch.logs[0].rows, false, kappa, 'parameters', draws);
}

interface LatentSample {
  readonly z: Dense;
  readonly noise: Float32Array;
}

/** z = μ + exp(log σ² / 2) ε */
function sampleLatent({ rows, columns, values }: Dense, draws: Draws): LatentSample {
  const latent = columns / 2;
  const noise = draws.normal(rows * latent);
  const z = new Float32Array(rows * latent);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < latent; j++) {
      const sd = Math.exp(values[i * columns + latent + j]! / 2);
      z[i * latent + j] = values[i * columns + j]! + sd * noise[i * latent + j]!;
    }
  }
  return { z: { rows, columns: latent, values: z }, noise };
}

/** By mean and log variance: through the sample, and of KL = Σ ½(σ² + μ² − 1 − log σ²), weighted. */
function posteriorGradient(
  { posterior }: EncoderPass,
  { noise }: LatentSample,
  byZ: Dense,
  klWeight: number,
): Dense {
  const { rows, columns, values } = posterior;
  const latent = columns / 2;
  const gradient = new Float32Array(values.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < latent; j++) {
      const at = i * columns + j;
      const variance = Math.exp(values[at + latent]!);
      const dz = byZ.values[i * latent + j]!;
      gradient[at] = dz + klWeight * values[at]!;
      gradient[at + latent] =
        0.5 * (dz * noise[i * latent + j]! * Math.sqrt(variance) + klWeight * (variance - 1));
    }
  }
  return { rows, columns, values: gradient };
}

/** Likelihood of both batches: ZINB with a sampled size for the reference, NB with the observed size for spatial. */
function reconstruction(
  network: GimviNetwork,
  { counts, spatialTotals }: GimviBatch,
  { rows, columns, values }: Dense,
  librarySizes: Float64Array,
  weight: number,
) {
  const byLogits = new Float32Array(values.length);
  const byLogLibrary = new Float64Array(librarySizes.length);
  const spatialAt = counts[0].rows * columns;
  const sides = [
    { at: 0, sizes: librarySizes, dropoutAt: columns / 2, logSizes: byLogLibrary },
    { at: spatialAt, sizes: spatialTotals, dropoutAt: undefined, logSizes: spatialTotals.slice() },
  ];
  for (const [i, { at, sizes, dropoutAt, logSizes }] of sides.entries()) {
    const r = network.dispersions[i]!;
    likelihoodGradients(
      { x: counts[i]!.values, logits: values.subarray(at), stride: columns, dropoutAt, sizes, r: r.values },
      weight,
      { logits: byLogits.subarray(at), r: r.gradient, logSizes },
    );
  }
  return { byLogits: { rows, columns, values: byLogits }, byLogLibrary };
}

/** Added to the variance of the log library size, as in scvi-tools. */
const LIBRARY_VARIANCE_FLOOR = 1e-4;

/** The reference cells' sizes, drawn from q(l | x) = N(m, exp(v) + 1e-4) on the logarithmic scale. */
class LibrarySample {
  readonly sizes: Float64Array;
  readonly #network: GimviNetwork;
  readonly #pass;
  readonly #parameters: Dense;
  readonly #noise: Float32Array;

  constructor(network: GimviNetwork, x: Dense, draws: Draws) {
    const { libraryHidden, dropout } = network.sizes;
    const keep = draws.mask(x.rows, libraryHidden, dropout);
    this.#network = network;
    this.#pass = network.libraryBlock.forward(x, [x.rows], keep);
    this.#parameters = network.library.forward(this.#pass.out);
    this.#noise = draws.normal(x.rows);
    this.sizes = Float64Array.from(this.#noise, (noise, i) => {
      const variance = Math.exp(this.#parameters.values[2 * i + 1]!) + LIBRARY_VARIANCE_FLOOR;
      return Math.exp(this.#parameters.values[2 * i]! + Math.sqrt(variance) * noise);
    });
  }

  /** Through the sample, and of KL = ½(log(σ₀²/σ²) + (σ² + (m − μ₀)²)/σ₀² − 1), weighted. */
  backward(upstream: Float64Array, prior: GimviObjective['libraryPrior'], klWeight: number): void {
    const { values } = this.#parameters;
    const gradient = new Float32Array(values.length);
    for (let i = 0; i < upstream.length; i++) {
      const spread = Math.exp(values[2 * i + 1]!);
      const variance = spread + LIBRARY_VARIANCE_FLOOR;
      const byVariance =
        (upstream[i]! * this.#noise[i]!) / (2 * Math.sqrt(variance)) +
        0.5 * klWeight * (1 / prior.variance - 1 / variance);
      gradient[2 * i] = upstream[i]! + (klWeight * (values[2 * i]! - prior.mean)) / prior.variance;
      gradient[2 * i + 1] = byVariance * spread;
    }
    const byLibrary = { ...this.#parameters, values: gradient };
    const byBlock = this.#network.library.backward(this.#pass.out, byLibrary);
    this.#network.libraryBlock.backward(this.#pass, byBlock, 'parameters');
  }
}
