import { UserError } from '../../src-shared/contract/errors.ts';
import type { Column } from '../matrix/dataset.ts';
import { openDataset } from './registry.ts';
import { sniff } from './sniff.ts';
import { readTextTable, typedColumn } from './text-table.ts';

/** A label for each cell, such as its type. */
export interface Labels {
  readonly column: string;
  readonly labels: ReadonlyMap<string, string>;
}

/**
 * Cell → label from a table keyed by its first column, or from the obs of an .h5ad or .loom file. The column is the one
 * asked for, else the only one that can be meant.
 * @throws UserError that lists the columns when it is not clear which one is meant, or there is none of that name.
 */
export async function readLabels(path: string, column?: string): Promise<Labels> {
  const { cells, columns } = await read(path);
  const chosen = column === undefined ? obvious(columns) : columns.find(({ name }) => name === column);
  if (!chosen) {
    const names = columns.map(({ name }) => name).join(', ') || 'none besides the names of the cells';
    const what =
      column === undefined ? 'it is not clear which column holds the labels' : `there is no column ${column}`;
    throw new UserError(`${path}: ${what}; its columns are ${names}. Name one as FILE:COLUMN.`, {
      file: path,
      element: column ?? 'columns',
    });
  }
  const labels = new Map<string, string>();
  cells.forEach((cell, row) => {
    const label = labelAt(chosen, row);
    if (label !== '' && !labels.has(cell)) labels.set(cell, label);
  });
  return { column: chosen.name, labels };
}

async function read(path: string): Promise<{ cells: readonly string[]; columns: readonly Column[] }> {
  if ((await sniff(path)) !== 'hdf5') {
    const table = await readTextTable(path);
    const columns = table.names.slice(1).map((name, at) => typedColumn(name, table.columns[at + 1]!));
    return { cells: table.columns[0]!, columns };
  }
  const dataset = await openDataset(path);
  try {
    return { cells: dataset.cells ?? (await dataset.open()).cells, columns: dataset.obs };
  } finally {
    await dataset.close();
  }
}

const usual =
  /^(cell[-_ .]?types?|cell[-_ .]?labels?|class[-_ ]?labels?|labels?|types?|clusters?|cluster[-_ ]?names?|annotations?)$/i;

/** The only column, the only one named like labels, or the only one of few different words. */
function obvious(columns: readonly Column[]): Column | undefined {
  const named = columns.filter(({ name }) => usual.test(name));
  const worded = columns.filter((one) => one.kind !== 'number' && distinct(one) > 1 && distinct(one) <= 200);
  for (const some of [columns, named, worded]) if (some.length === 1) return some[0];
  return undefined;
}

function distinct(column: Column): number {
  return column.kind === 'category' ? column.categories.length : new Set<number | string>(column.values).size;
}

function labelAt(column: Column, row: number): string {
  if (column.kind === 'category') return column.categories[column.codes[row]!] ?? '';
  const value = column.values[row]!;
  return typeof value === 'number' && Number.isNaN(value) ? '' : String(value);
}
