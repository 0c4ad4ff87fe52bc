import type { GeneScore } from '../../../src-shared/contract/calls/result.ts';
import type { EvaluatedMethod, EvaluationReport } from '../../../src-shared/domain/evaluation.ts';
import { METRIC_LABELS, directionOf } from '../../../src-shared/plot/metric-labels.ts';

/** Metrics that are known gene by gene. */
export const SHOWN_METRICS = ['pcc', 'ssim', 'rmse', 'spearman'] as const;
export type ShownMetric = (typeof SHOWN_METRICS)[number];

export function metricTitle(metric: ShownMetric): string {
  return `${METRIC_LABELS[metric].long}, ${directionOf(metric)}`;
}

/** Value of each gene by one method. */
export function byGene(
  scores: readonly GeneScore[],
  method: string,
  metric: ShownMetric,
): Map<string, number> {
  const values = new Map<string, number>();
  for (const score of scores) {
    const value = score[metric];
    if (score.method === method && value !== null) values.set(score.gene, value);
  }
  return values;
}

/** Methods that were scored, in the order of the report. */
export function scoredMethods(report: EvaluationReport, scores: readonly GeneScore[]): EvaluatedMethod[] {
  const names = new Set(scores.map(({ method }) => method));
  return report.methods.filter(({ name }) => names.has(name));
}

/** The method that is looked at, and the one to hold against it: the best other one by mean correlation. */
export function pairOf(
  report: EvaluationReport,
  methods: readonly EvaluatedMethod[],
  first: string | null,
  second: string | null,
): readonly [EvaluatedMethod, EvaluatedMethod] | undefined {
  const mean = (name: string) =>
    report.summary.find((row) => row.method === name && row.metric === 'pcc')?.mean ?? -Infinity;
  const named = (name: string | null) => methods.find((method) => method.name === name);
  const a = named(first) ?? named('spagene') ?? methods[0];
  if (a === undefined) return undefined;
  const others = methods.filter(({ name }) => name !== a.name).sort((x, y) => mean(y.name) - mean(x.name));
  const b = second === a.name ? others[0] : (named(second) ?? others[0]);
  return [a, b ?? a];
}
