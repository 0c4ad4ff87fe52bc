import type { Result } from '../../../../src-shared/contract/handlers.ts';
import type { LabelSource } from '../../../../src-shared/domain/analysis.ts';
import type { AnalysisVector } from '../../../../src-shared/domain/analysis-result.ts';

export type CellColumns = Result<'map:cells'>['columns'];

/** The column of the cells that labels are from; null where they have none, as when the analysis is gone. */
export function columnOfLabels(labels: LabelSource | null, columns: CellColumns): string | null {
  if (labels === null) return null;
  const name = columns.find((column) =>
    'column' in labels
      ? column.name === labels.column
      : column.kind === 'category' && column.name.startsWith(`analysis:${labels.analysis}/`),
  )?.name;
  return name ?? null;
}

export function columnTitle({ name, title }: CellColumns[number]): string {
  return title ?? name;
}

/** A column of the cells as a vector of a result is. */
export function vectorOfColumn(name: string, title: string, column: Result<'map:column'>): AnalysisVector {
  return column.kind === 'category'
    ? { name, title, kind: 'category', names: column.names, codes: column.codes }
    : { name, title, kind: 'number', values: column.values };
}
