import {
  GENE_METRICS,
  SMALLER_IS_BETTER,
  type Comparison,
  type GeneMetric,
  type SummaryRow,
} from '../../src-shared/domain/evaluation.ts';
import { bootstrapMean } from '../../src-shared/maths/bootstrap.ts';
import { holm } from '../../src-shared/maths/holm.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { mean, median } from '../../src-shared/maths/statistics.ts';
import { wilcoxonSignedRank } from '../../src-shared/maths/wilcoxon.ts';
import type { GeneMean } from '../../src-shared/domain/gene-means.ts';

/** Scores of one method by gene, averaged over seeds first, so that a gene counts once. */
type MethodScores = ReadonlyMap<string, GeneMean>;

/** Mean, median and 95 % bootstrap interval of every metric of every method. */
export function summaryOf(methods: ReadonlyMap<string, MethodScores>): SummaryRow[] {
  return [...methods].flatMap(([method, genes]) =>
    GENE_METRICS.map((metric) => {
      const values = [...genes.values()].map((scores) => scores[metric]);
      // The same resamples of genes for every method, so that their intervals can be laid side by side.
      const { low, high } = bootstrapMean(values, { random: new Random(1, 'bootstrap over genes') });
      return { method, metric, genes: values.length, mean: mean(values), median: median(values), low, high };
    }),
  );
}

/**
 * The method `a` against every other one, gene by gene on the genes that both imputed: Wilcoxon's signed-rank test,
 * adjusted by Holm over the other methods within each metric. None where `a` was not scored.
 */
export function comparisonsOf(
  methods: ReadonlyMap<string, MethodScores>,
  a: string | undefined,
): Comparison[] {
  const first = a === undefined ? undefined : methods.get(a);
  if (a === undefined || first === undefined) return [];
  const others = [...methods].filter(([name]) => name !== a);
  return GENE_METRICS.flatMap((metric) => {
    const tests = others.map(([b, second]) => compared(metric, a, first, b, second));
    const adjusted = holm(tests.map(({ p }) => p));
    return tests.map((test, i) => ({ ...test, pHolm: adjusted[i]! }));
  });
}

function compared(metric: GeneMetric, a: string, first: MethodScores, b: string, second: MethodScores) {
  const genes = [...first.keys()].filter((gene) => second.has(gene));
  const ours = genes.map((gene) => first.get(gene)![metric]);
  const theirs = genes.map((gene) => second.get(gene)![metric]);
  const differences = ours.map((value, i) => value - theirs[i]!);
  const better = SMALLER_IS_BETTER.has(metric) ? -1 : 1;
  return {
    metric,
    a,
    b,
    genes: genes.length,
    wins: differences.filter((difference) => difference * better > 0).length,
    meanDifference: genes.length === 0 ? 0 : mean(differences),
    p: genes.length === 0 ? 1 : wilcoxonSignedRank(ours, theirs).p,
  };
}
