import { GENE_METRICS } from '../../../src-shared/domain/evaluation.ts';
import type { GeneRow, SummaryRow } from '../../../src-shared/domain/evaluation.ts';
import { csvField } from '../../io/csv-field.ts';

const PER_GENE = [
  ...(['dataset', 'method', 'seed', 'fold', 'gene'] as const),
  ...GENE_METRICS,
  ...(['moran_measured', 'moran_imputed'] as const),
] as const;
const SUMMARY = ['method', 'metric', 'genes', 'mean', 'median', 'low', 'high'] as const;

/** per_gene.csv: numbers with every digit they have, nothing where a value is null. */
export function perGeneCsv(rows: readonly GeneRow[]): string {
  return csv(PER_GENE, rows);
}

/** summary.csv: mean, median and 95 % interval of every metric of every method. */
export function summaryCsv(rows: readonly SummaryRow[]): string {
  return csv(SUMMARY, rows);
}

function csv<K extends string>(
  columns: readonly K[],
  rows: readonly Readonly<Record<K, string | number | null>>[],
): string {
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

function cell(value: string | number | null): string {
  return value === null ? '' : csvField(String(value));
}
