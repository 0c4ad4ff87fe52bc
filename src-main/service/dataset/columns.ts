import type { DatasetPreview } from '../../../src-shared/domain/preview.ts';
import type { Column } from '../../matrix/dataset.ts';

type PreviewColumn = DatasetPreview['columns'][number];

const EXAMPLES = 5;
/** Text with at most this many different values groups cells; with more it names them. */
const MOST_GROUPS = 200;

/** Columns about the cells as the import view lists them. */
export function previewColumns(columns: readonly Column[]): PreviewColumn[] {
  return columns.map((column) => {
    const values = valuesOf(column);
    const kind =
      column.kind === 'text' &&
      values.size <= MOST_GROUPS &&
      values.size * 2 <= Math.max(2, column.values.length)
        ? 'category'
        : column.kind;
    return {
      name: column.name,
      kind,
      distinct: values.size,
      examples: [...values].slice(0, EXAMPLES).map(textOf),
    };
  });
}

/** The different values of a column, missing ones left out, in the order in which they first stand. */
function valuesOf(column: Column): Set<string | number> {
  if (column.kind === 'category') {
    const seen = new Set(column.codes);
    seen.delete(-1);
    return new Set([...seen].sort((a, b) => a - b).map((code) => column.categories[code] ?? ''));
  }
  const values = new Set<string | number>(column.values);
  values.delete('');
  values.delete(NaN);
  return values;
}

function textOf(value: string | number): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(6))) : value;
}
