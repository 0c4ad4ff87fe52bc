import type { StopSignal } from '../../src-shared/contract/errors.ts';
import {
  learnExpectedAccuracy,
  type ExpectedAccuracyModel,
  type ExpectedAccuracyParameters,
} from '../../src-shared/maths/expected-accuracy.ts';
import { rowRange, spreadRows } from '../matrix/affine-view.ts';
import { blendCorrelation } from './blend-weights.ts';
import { agreementOf, agreementUnseen, geneFeatures } from './gene-features.ts';
import { correlations, others, type Fold, type JudgedGene } from './out-of-sample.ts';
import type { MethodData, Predictor } from './predictor.ts';
import type { RidgeEquations } from './ridge.ts';

/** Cells on which the agreement of predictions is looked at. */
const AGREEMENT_CELLS = 2048;

export interface ForecastParts {
  readonly data: MethodData;
  readonly equations: RidgeEquations;
  readonly alpha: number;
  readonly networks: readonly Predictor[];
  readonly floors: readonly Predictor[];
}

/**
 * Foretells the held-out PCC of genes that were never measured, from what the genes set aside inside the training
 * genes achieved (src-shared/maths/expected-accuracy.ts). It has seen the spatial values of training genes only.
 */
export class Forecast {
  readonly #parts: ForecastParts;
  readonly #model: ExpectedAccuracyModel;
  /** Features of the genes set aside, by reference column, as they were without the gene itself. */
  readonly #unseen: ReadonlyMap<number, readonly number[]>;

  private constructor(
    parts: ForecastParts,
    model: ExpectedAccuracyModel,
    unseen: ReadonlyMap<number, readonly number[]>,
  ) {
    this.#parts = parts;
    this.#model = model;
    this.#unseen = unseen;
  }

  /**
   * Undefined when no gene was set aside. `weights` are the blend's, of the network and of each floor; `plain` are
   * the genes set aside as the candidates predict them, `deep` with the depth of the result.
   */
  static learn(
    parts: ForecastParts,
    folds: readonly Fold[],
    { plain, deep }: { readonly plain: readonly JudgedGene[]; readonly deep: readonly JudgedGene[] },
    weights: readonly number[],
  ): Forecast | undefined {
    const { data, equations, alpha } = parts;
    const byGene = new Map(plain.map((gene, i) => [gene.gene, { plain: gene, deep: deep[i]! }]));
    const genes = folds.flatMap(({ inner }) => {
      const known = Array.from(inner, (i) => byGene.get(i)!);
      const targets = inner.map((i) => data.shared.reference[i]!);
      const inputs = others(data.shared.names.length, inner);
      const features = geneFeatures(
        data,
        equations,
        inputs,
        targets,
        alpha,
        known.map((gene) => agreementUnseen(gene.plain)),
      );
      return known.map((gene, i) => ({
        column: targets[i]!,
        features: features[i]!,
        achieved: Math.min(1, Math.max(-1, blendCorrelation(weights, correlations(gene.deep)))),
      }));
    });
    const model = learnExpectedAccuracy(genes);
    const seen = new Map(genes.map(({ column, features }) => [column, features]));
    return model && new Forecast(parts, model, seen);
  }

  get parameters(): ExpectedAccuracyParameters {
    return this.#model.parameters;
  }

  /**
   * Expected PCC of each of these reference genes. For a training gene it is what the regression says of its features
   * without the gene itself, and NaN where the gene was never set aside.
   */
  async of(genes: Int32Array, stop?: StopSignal): Promise<Float64Array> {
    const training = new Set(this.#parts.data.shared.reference);
    const unknown = genes.filter((gene) => !training.has(gene));
    const features = new Map<number, readonly number[]>(this.#unseen);
    for (const [i, of] of (await this.#features(unknown, stop)).entries()) features.set(unknown[i]!, of);
    return Float64Array.from(genes, (gene) => {
      const known = features.get(gene);
      return known === undefined ? Number.NaN : this.#model.predict(known);
    });
  }

  async #features(genes: Int32Array, stop: StopSignal | undefined): Promise<number[][]> {
    const { data, equations, alpha, networks, floors } = this.#parts;
    const rows = spreadRows(data.spatial.values.rows, AGREEMENT_CELLS);
    const agreement = await agreementOf(networks, floors, rows, genes, stop);
    return geneFeatures(data, equations, rowRange(0, data.shared.names.length), genes, alpha, agreement);
  }
}
