import { UserError } from '../../src-shared/contract/errors.ts';
import type { Column } from '../matrix/dataset.ts';
import { findPositions } from './spatial-columns.ts';

/** The columns that may name the cells: the first, those called so, and CosMx's field of view with cell number. */
export function candidates(
  names: readonly string[],
  columns: readonly (readonly string[])[],
): (readonly string[])[] {
  const called = columns.filter(
    (_, at) =>
      at === 0 ||
      /^((cell|barcode|spot|obs|entity|index)([-_ ]?(id|name|s))?|__index_level_0__)$/i.test(names[at]!),
  );
  const [fov, cell] = ['fov', 'cell_id'].map((name) =>
    names.findIndex((one) => one.toLowerCase() === name),
  ) as [number, number];
  if (fov < 0 || cell < 0) return called;
  return [columns[fov]!.map((field, row) => `${field}_${columns[cell]![row]!}`), ...called];
}

export function withoutKeys(columns: readonly Column[], texts: readonly (readonly string[])[]): Column[] {
  // A first column called x or X holds names when its values are all different and another column is the position.
  const rest = columns.slice(1);
  return findPositions(rest) && new Set(texts[0]).size === texts[0]!.length ? rest : [...columns];
}

export interface Found {
  readonly rows: Int32Array;
  readonly missing: number;
  /** Names that occur again, and where. */
  readonly twice: ReadonlyMap<string, number>;
}

/** Throws when a cell that is wanted stands in the table twice: which position is meant cannot be known. */
function refuseTwice(path: string, { twice }: Found, cells: readonly string[]): void {
  const cell = cells.find((name) => twice.has(name));
  if (cell === undefined) return;
  const row = twice.get(cell)! + 2;
  throw new UserError(
    `${path}, row ${row}: cell ${cell} stands in the table twice, so its position is not clear; remove one.`,
    { file: path, element: cell, row },
  );
}

/**
 * Row of the table for each cell (−1 for none), by the key column that knows most of the cells.
 * @throws UserError when a cell that is wanted stands in the table twice.
 */
export function bestRows(
  path: string,
  keys: readonly (readonly string[])[],
  cells: readonly string[],
): Found {
  let best: Found | undefined;
  for (const key of keys) {
    const position = new Map<string, number>();
    const twice = new Map<string, number>();
    key.forEach((name, row) => {
      if (position.has(name)) twice.set(name, row);
      else position.set(name, row);
    });
    const rows = Int32Array.from(cells, (cell) => position.get(cell) ?? -1);
    const missing = rows.reduce((count, row) => count + (row < 0 ? 1 : 0), 0);
    if (!best || missing < best.missing) best = { rows, missing, twice };
    if (missing === 0) break;
  }
  if (best === undefined)
    return { rows: new Int32Array(cells.length).fill(-1), missing: cells.length, twice: new Map() };
  refuseTwice(path, best, cells);
  return best;
}

/** The rows of a column, in another order; −1 is a missing value. */
export function pick(column: Column, rows: Int32Array): Column {
  if (column.kind === 'number')
    return { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? NaN) };
  if (column.kind === 'text')
    return { ...column, values: Array.from(rows, (row) => column.values[row] ?? '') };
  return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] ?? -1) };
}
