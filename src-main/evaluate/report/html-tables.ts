import { GENE_METRICS, SMALLER_IS_BETTER } from '../../../src-shared/domain/evaluation.ts';
import type { EvaluatedMethod, GeneMetric, SummaryRow } from '../../../src-shared/domain/evaluation.ts';
import { fixed, formatP } from '../../../src-shared/plot/format.ts';
import { directionOf, KIND_LABELS, METRIC_LABELS } from '../../../src-shared/plot/metric-labels.ts';
import type { Markup } from '../../../src-shared/plot/svg.ts';
import type { ReportData } from './figure.ts';
import { table, tag } from './html-tag.ts';
import type { Cell } from './html-tag.ts';

/** A column of the summary: a mean or median of a metric, or the time. */
interface Measure {
  readonly title: string;
  readonly digits: number;
  readonly smaller: boolean;
  readonly of: (method: EvaluatedMethod) => number;
  /** A column of words right after it. */
  readonly then?: { readonly title: string; readonly of: (method: EvaluatedMethod) => string };
}

function measuresOf({ report }: ReportData): Measure[] {
  const row = (method: string, metric: GeneMetric): SummaryRow | undefined =>
    report.summary.find((candidate) => candidate.method === method && candidate.metric === metric);
  const metricMean = (metric: GeneMetric): Measure => ({
    title: METRIC_LABELS[metric].short,
    digits: 3,
    smaller: SMALLER_IS_BETTER.has(metric),
    of: ({ name }) => row(name, metric)?.mean ?? Number.NaN,
  });
  const interval = ({ name }: EvaluatedMethod): string => {
    const pcc = row(name, 'pcc');
    return pcc === undefined ? '–' : `${fixed(pcc.low, 3)} to ${fixed(pcc.high, 3)}`;
  };
  return [
    { ...metricMean('pcc'), title: 'Mean PCC', then: { title: '95 % interval', of: interval } },
    {
      title: 'Median PCC',
      digits: 3,
      smaller: false,
      of: ({ name }) => row(name, 'pcc')?.median ?? Number.NaN,
    },
    ...(['ssim', 'rmse', 'mae', 'spearman'] as const).map(metricMean),
    { title: 'Seconds a fold', digits: 1, smaller: true, of: ({ secondsPerFold }) => secondsPerFold },
  ];
}

/** Every method with its scores; the best value of each column is bold. */
export function summaryTable(data: ReportData): Markup {
  const { methods, focus } = data;
  const measures = measuresOf(data);
  const best = measures.map(({ of, digits, smaller }) => {
    const shown = methods.map((method) => Number(of(method).toFixed(digits))).filter(Number.isFinite);
    return smaller ? Math.min(...shown) : Math.max(...shown);
  });
  const rows = methods.map((method, i) => ({
    emphasis: method === focus,
    group: i > 0 && methods[i - 1]!.kind !== method.kind,
    cells: [
      { text: method.title },
      { text: KIND_LABELS[method.kind] },
      ...measures.flatMap(({ of, digits, then }, m): Cell[] => {
        const value = of(method);
        const isBest = Number(value.toFixed(digits)) === best[m] && methods.length > 1;
        const cell = { text: fixed(value, digits), number: true, best: isBest, value };
        return then === undefined ? [cell] : [cell, { text: then.of(method), number: true }];
      }),
    ],
  }));
  const columns = [
    { title: 'Method' },
    { title: 'Kind' },
    ...measures.flatMap(({ title, then }) =>
      [title, ...(then === undefined ? [] : [then.title])].map((name) => ({ title: name, number: true })),
    ),
  ];
  return table(columns, rows);
}

/** The paired comparisons of one metric. */
export function comparisonTable({ report, methods }: ReportData, metric: GeneMetric): Markup {
  const title = (name: string): string => methods.find((method) => method.name === name)?.title ?? name;
  const place = (name: string): number => methods.findIndex((method) => method.name === name);
  const comparisons = report.comparisons
    .filter((comparison) => comparison.metric === metric)
    .toSorted((x, y) => place(x.b) - place(y.b));
  if (comparisons.length === 0) return '';
  const rows = comparisons.map(({ a, b, genes, wins, meanDifference, pHolm }) => ({
    cells: [
      { text: `${title(a)} against ${title(b)}` },
      { text: `${wins} of ${genes}`, number: true },
      { text: `${meanDifference > 0 ? '+' : ''}${fixed(meanDifference, 3)}`, number: true },
      { text: formatP(pHolm), number: true },
    ],
  }));
  const columns = [
    { title: METRIC_LABELS[metric].long },
    { title: 'Genes won by the first', number: true },
    { title: `Mean difference (${directionOf(metric)})`, number: true },
    { title: 'p, Holm-adjusted', number: true },
  ];
  return table(columns, rows);
}

/** PCC and SSIM in full, the other metrics folded away. */
export function comparisonTables(data: ReportData): Markup {
  const others = GENE_METRICS.filter((metric) => metric !== 'pcc' && metric !== 'ssim');
  const folded = others.map((metric) => comparisonTable(data, metric)).join('');
  return [
    comparisonTable(data, 'pcc'),
    comparisonTable(data, 'ssim'),
    ...(folded === '' ? [] : [tag('details', {}, tag('summary', {}, 'The other metrics'), folded)]),
  ].join('');
}
