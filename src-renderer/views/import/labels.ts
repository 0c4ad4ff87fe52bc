/** Where cell types come from: nowhere, a column of the data, or a table with a column that may be found by itself. */
export type LabelSource =
  | { readonly kind: 'none' }
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'table'; readonly file: string; readonly column: string };

/** Reads FILE, FILE:COLUMN or COLUMN; what has a folder in it is a file. */
export function labelSourceOf(labels: string | undefined): LabelSource {
  if (labels === undefined) return { kind: 'none' };
  const lastPart = Math.max(labels.lastIndexOf('/'), labels.lastIndexOf('\\'));
  if (lastPart < 0) return { kind: 'column', column: labels };
  const colon = labels.indexOf(':', lastPart);
  return colon < 0
    ? { kind: 'table', file: labels, column: '' }
    : { kind: 'table', file: labels.slice(0, colon), column: labels.slice(colon + 1) };
}

/** The same as the engine takes it; undefined for none. */
export function labelsOf(source: LabelSource): string | undefined {
  if (source.kind === 'none') return undefined;
  if (source.kind === 'column') return source.column;
  return source.column.trim() === '' ? source.file : `${source.file}:${source.column.trim()}`;
}
