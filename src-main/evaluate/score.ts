import type { GeneRow } from '../../src-shared/domain/evaluation.ts';
import { scoreGene } from '../../src-shared/maths/metrics.ts';
import { moran, spatialWeights, type SpatialWeights } from '../../src-shared/maths/moran.ts';
import type { Fold } from './fold.ts';
import type { LaidOut } from './neighbourhood.ts';

/** A scored gene of one job; the dataset's name is the whole evaluation's. */
export type ScoredGene = Omit<GeneRow, 'dataset'>;

/** Moran's I on the scored cells of one fold; the measured values' are worked out once for all methods. */
export class MoranOfFold {
  readonly #weights: SpatialWeights | undefined;
  readonly #measured: readonly (number | null)[];

  constructor(fold: Fold, positions: LaidOut | undefined) {
    this.#weights = positions && spatialWeights(positions);
    this.#measured = fold.truth.map((values) => this.of(values));
  }

  /** null without positions, and for values that do not vary. */
  of(values: Float64Array): number | null {
    return this.#weights === undefined ? null : (moran(values, this.#weights)?.i ?? null);
  }

  measured(gene: number): number | null {
    return this.#measured[gene]!;
  }
}

/** Scores of one method's imputed genes against the measured ones. */
export function scoreFold(
  method: string,
  { seed, fold, genes, truth }: Fold,
  imputed: readonly Float64Array[],
  moranOf: MoranOfFold,
): ScoredGene[] {
  return genes.map(({ gene }, i) => {
    const scores = scoreGene(truth[i]!, imputed[i]!);
    return {
      method,
      seed,
      fold,
      gene,
      pcc: scores.pcc,
      spearman: scores.spearman,
      ssim: scores.ssim,
      ssim_li2022: scores.ssimLi2022,
      rmse: scores.rmse,
      mae: scores.maeZScored,
      moran_measured: moranOf.measured(i),
      moran_imputed: moranOf.of(imputed[i]!),
    };
  });
}
