/** Metrics of per_gene.csv, in its order. `mae` is on z-scored profiles, as `rmse` is (docs/method.md). */
export const GENE_METRICS = ['pcc', 'spearman', 'ssim', 'ssim_li2022', 'rmse', 'mae'] as const;
export type GeneMetric = (typeof GENE_METRICS)[number];

/** For these a smaller value is better. */
export const SMALLER_IS_BETTER: ReadonlySet<GeneMetric> = new Set(['rmse', 'mae']);

/** One row of per_gene.csv: one held-out gene, imputed by one method with one seed. */
export interface GeneRow extends Readonly<Record<GeneMetric, number>> {
  readonly dataset: string;
  readonly method: string;
  readonly seed: number;
  readonly fold: number;
  readonly gene: string;
  /** Moran's I over the cells' nearest neighbours; null where there are no positions. */
  readonly moran_measured: number | null;
  readonly moran_imputed: number | null;
}

/** A held-out gene, apart from any method. */
export interface EvaluatedGene {
  readonly gene: string;
  readonly fold: number;
  /** Mean processed value and share of cells without a count, in each dataset. */
  readonly meanSpatial: number;
  readonly sparsitySpatial: number;
  readonly meanReference: number;
  readonly sparsityReference: number;
}

/** A method as a report introduces it. */
export interface EvaluatedMethod {
  readonly name: string;
  readonly title: string;
  readonly kind: 'spagene' | 'peer' | 'floor';
  readonly source: string;
  readonly departures: readonly string[];
  /** Median seconds of a fold, fitting and imputing. */
  readonly secondsPerFold: number;
}

/** One row of summary.csv: one metric of one method over all held-out genes, seeds averaged first. */
export interface SummaryRow {
  readonly method: string;
  readonly metric: GeneMetric;
  readonly genes: number;
  readonly mean: number;
  readonly median: number;
  /** 95 % bootstrap interval of the mean over genes. */
  readonly low: number;
  readonly high: number;
}

/** Two methods compared gene by gene (Wilcoxon's signed-rank test, two-sided, Holm-adjusted within a metric). */
export interface Comparison {
  readonly metric: GeneMetric;
  /** The first is the method that the app delivers, or the best where that was not evaluated. */
  readonly a: string;
  readonly b: string;
  readonly genes: number;
  /** Genes on which a is better than b, and mean of a − b. */
  readonly wins: number;
  readonly meanDifference: number;
  readonly p: number;
  readonly pHolm: number;
}

/** How well the expected correlation of a gene foretold the achieved one. */
export interface ExpectedAccuracy {
  readonly method: string;
  readonly genes: number;
  /** Spearman's correlation between expected and achieved PCC over held-out genes. */
  readonly spearman: number;
  /** Mean absolute difference of the two, in PCC. */
  readonly meanAbsoluteError: number;
}

/** report.json of an evaluation. */
export interface EvaluationReport {
  readonly format: 'spagene-evaluation';
  readonly formatVersion: 1;
  readonly versions: Readonly<Record<string, string>>;
  readonly dataset: string;
  readonly backend: string;
  /** Paths of the data, as given. */
  readonly files: readonly { readonly role: string; readonly path: string; readonly sha256: string }[];
  readonly cells: { readonly spatial: number; readonly reference: number };
  readonly folds: number;
  /** Folds that were run; fewer than `folds` when only some were asked for. */
  readonly foldsRun: readonly number[];
  readonly foldRule: 'name' | 'random';
  readonly seeds: readonly number[];
  readonly genes: readonly EvaluatedGene[];
  readonly methods: readonly EvaluatedMethod[];
  readonly summary: readonly SummaryRow[];
  readonly comparisons: readonly Comparison[];
  readonly expected: ExpectedAccuracy | null;
  /** Plain sentences: the best method first, and whether a floor wins. */
  readonly verdict: readonly string[];
  readonly warnings: readonly string[];
}

/** Measured and imputed values of a held-out gene on the cells that are drawn; for the maps of the report. */
export interface GeneMap {
  readonly gene: string;
  /** Processed units, one a drawn cell. */
  readonly measured: Float32Array;
  /** By method, in the order of the report's methods. */
  readonly imputed: readonly {
    readonly method: string;
    readonly values: Float32Array;
    readonly pcc: number;
  }[];
}

/** Positions of the drawn cells and the genes shown. */
export interface EvaluationMaps {
  /** x and y of each drawn cell, interleaved; undefined when the data have no positions. */
  readonly positions: Float64Array | undefined;
  readonly unit: 'micrometre' | 'pixel' | 'unknown';
  readonly genes: readonly GeneMap[];
}
