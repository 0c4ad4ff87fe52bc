import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import { readLabels } from '../io/labels.ts';
import type { Column, Dataset, OpenMatrix } from '../matrix/dataset.ts';

/** A column of cells as text; '' where a category is missing. */
export function textOf(column: Column): readonly string[] {
  if (column.kind === 'category') return Array.from(column.codes, (code) => column.categories[code] ?? '');
  if (column.kind === 'text') return column.values;
  return Array.from(column.values, (value) => (Number.isNaN(value) ? '' : String(value)));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The file and column that FILE or FILE:COLUMN names; no file where it can only be a column of the reference. */
export function labelSource(asked: string): { readonly file?: string; readonly column?: string } {
  if (isFile(asked)) return { file: asked };
  // A colon may also belong to a drive letter; the column is what follows the last one.
  const colon = asked.lastIndexOf(':');
  const file = asked.slice(0, Math.max(colon, 0));
  return colon > 1 && isFile(file) ? { file, column: asked.slice(colon + 1) } : {};
}

/** A label file's path, made absolute, so that it is found from anywhere; the name of a column stays. */
export function labelPath(asked: string | undefined): string | undefined {
  if (asked === undefined) return undefined;
  const { file, column } = labelSource(asked);
  if (file === undefined) return asked;
  return column === undefined ? resolve(file) : `${resolve(file)}:${column}`;
}

/** What stays the same when a label file moves: its column, or its name where none is given; else the column. */
export function labelName(asked: string | undefined): string | undefined {
  return asked?.slice(asked.lastIndexOf(':') + 1).replace(/^.*[\\/]/u, '');
}

/**
 * Labels from FILE or FILE:COLUMN where there is such a file, else from a column of the reference; undefined when
 * none are asked for. Throws a UserError when there is no such column or file, or when a cell has no label.
 */
export async function referenceLabels(
  asked: string | undefined,
  reference: Dataset,
  { cells }: OpenMatrix,
): Promise<readonly string[] | undefined> {
  if (asked === undefined) return undefined;
  const { file, column: wanted } = labelSource(asked);
  if (file === undefined) {
    const own = reference.obs.find((column) => column.name === asked);
    if (own === undefined) throw noSuchLabels(asked, reference);
    return complete(textOf(own), cells, reference.path, asked);
  }
  const { labels, column } = await readLabels(file, wanted);
  const found = cells.map((cell) => labels.get(cell) ?? '');
  return complete(found, cells, file, column);
}

function noSuchLabels(asked: string, reference: Dataset): UserError {
  const names = reference.obs.map((column) => column.name).join(', ') || 'none';
  return new UserError(
    `--reference-labels ${asked}: there is no such file, and ${reference.path} has no cell column of this name (its ` +
      `columns: ${names}); give a table, a table and its column (FILE:COLUMN), or a column.`,
    { file: reference.path, element: asked },
  );
}

function complete(
  labels: readonly string[],
  cells: readonly string[],
  file: string,
  column: string,
): readonly string[] {
  const missing = labels.flatMap((label, i) => (label === '' ? [cells[i]!] : []));
  if (missing.length === 0) return labels;
  throw new UserError(
    `${file} has no label in column ${column} for ${missing.length} of ${cells.length} reference cells, the ` +
      `first being ${missing[0]!}; add them or leave --reference-labels out.`,
    { file, element: column },
  );
}
