import type {
  AnalysisMatrix,
  AnalysisTable,
  TableColumn,
} from '../../../src-shared/domain/analysis-result.ts';
import { csvField } from '../../io/csv-field.ts';

/** A table as CSV (RFC 4180, with a line feed); an empty field is no number. */
export function csvOf({ columns }: AnalysisTable): string {
  const rows = columns[0]?.values.length ?? 0;
  const lines = [columns.map(({ name }) => csvField(name)).join(',')];
  for (let row = 0; row < rows; row++) {
    lines.push(columns.map((column) => cell(column, row)).join(','));
  }
  return `${lines.join('\n')}\n`;
}

function cell(column: TableColumn, row: number): string {
  return column.kind === 'text' ? csvField(column.values[row]!) : String(column.values[row] ?? '');
}

/** A matrix as a table whose first column names the rows. */
export function matrixTable({ name, title, rows, columns, values }: AnalysisMatrix): AnalysisTable {
  return {
    name,
    title,
    columns: [
      { name: 'name', kind: 'text', values: rows },
      ...columns.map((column, j): TableColumn => ({
        name: column,
        kind: 'number',
        values: rows.map((_, i) => finite(values[i * columns.length + j]!)),
      })),
    ],
  };
}

/** Null where a number does not exist. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
