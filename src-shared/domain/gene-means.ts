import { GENE_METRICS } from './evaluation.ts';
import type { EvaluatedMethod, GeneMetric, GeneRow, SummaryRow } from './evaluation.ts';

/** One gene by one method, seeds averaged. */
export interface GeneMean extends Readonly<Record<GeneMetric, number>> {
  readonly gene: string;
  readonly fold: number;
  readonly moran_measured: number | null;
  readonly moran_imputed: number | null;
}

/** Rows of per_gene.csv averaged over seeds: method → gene → means, both in order of appearance. */
export function geneMeans(rows: readonly GeneRow[]): ReadonlyMap<string, ReadonlyMap<string, GeneMean>> {
  const grouped = new Map<string, Map<string, GeneRow[]>>();
  for (const row of rows) {
    const genes = grouped.get(row.method) ?? new Map<string, GeneRow[]>();
    grouped.set(row.method, genes);
    const same = genes.get(row.gene);
    if (same === undefined) genes.set(row.gene, [row]);
    else same.push(row);
  }
  return new Map(
    [...grouped].map(([method, genes]) => [
      method,
      new Map([...genes].map(([gene, same]) => [gene, meanOf(same)])),
    ]),
  );
}

function meanOf(rows: readonly GeneRow[]): GeneMean {
  const metrics = Object.fromEntries(
    GENE_METRICS.map((metric) => [metric, rows.reduce((sum, row) => sum + row[metric], 0) / rows.length]),
  ) as Record<GeneMetric, number>;
  const moran = (key: 'moran_measured' | 'moran_imputed'): number | null => {
    const known = rows.map((row) => row[key]).filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const { gene, fold } = rows[0]!;
  return {
    gene,
    fold,
    ...metrics,
    moran_measured: moran('moran_measured'),
    moran_imputed: moran('moran_imputed'),
  };
}

const KINDS = ['spagene', 'peer', 'floor'] as const;

/** SpaGene first, then the peers, then the floors; what the app delivers (`spagene`) before its variants. */
export function inReadingOrder<M extends Pick<EvaluatedMethod, 'name' | 'kind'>>(methods: readonly M[]): M[] {
  const rank = ({ name, kind }: M): number => (name === 'spagene' ? -1 : KINDS.indexOf(kind));
  return [...methods].sort((a, b) => rank(a) - rank(b));
}

/** The method of the highest mean (every metric named here is better when larger); undefined of none. */
export function bestBy<M extends Pick<EvaluatedMethod, 'name'>>(
  metric: 'pcc' | 'ssim' | 'spearman',
  methods: readonly M[],
  summary: readonly SummaryRow[],
): M | undefined {
  const score = (method: M): number =>
    summary.find((row) => row.method === method.name && row.metric === metric)?.mean ?? -Infinity;
  return methods
    .filter((method) => Number.isFinite(score(method)))
    .reduce<M | undefined>((best, m) => (best === undefined || score(m) > score(best) ? m : best), undefined);
}

/** What the report looks at most closely: what the app delivers, or the best method where that was not evaluated. */
export function focusOf<M extends Pick<EvaluatedMethod, 'name'>>(
  methods: readonly M[],
  summary: readonly SummaryRow[],
): M | undefined {
  return methods.find(({ name }) => name === 'spagene') ?? bestBy('pcc', methods, summary) ?? methods[0];
}
