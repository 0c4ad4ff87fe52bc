import { UserError } from '../../src-shared/contract/errors.ts';
import type { Column, Coordinates } from '../matrix/dataset.ts';
import { openDataset } from './registry.ts';
import { sniff } from './sniff.ts';
import { findPositions, spoiltPosition } from './spatial-columns.ts';
import { readTextTable, typedColumn } from './text-table.ts';

/** Positions and other columns of a table, in the order of the cells asked for. */
export interface CellPositions {
  readonly coordinates: Coordinates;
  readonly obs: readonly Column[];
}

/** How a table or file names its cells and what it knows about them. */
interface KeyedColumns {
  /** Candidates for the column that names the cells. */
  readonly keys: readonly (readonly string[])[];
  readonly columns: readonly Column[];
  readonly coordinates?: Coordinates;
}

/**
 * Positions of `cells` from a table keyed by cell (CSV, TSV, plain or gzip) or from an .h5ad or .loom file. Columns
 * called x and y or the like are the positions, the others become obs columns.
 * @throws UserError when no columns hold positions, or a cell is missing (names the file, how many and the first).
 */
export async function readCoordinates(path: string, cells: readonly string[]): Promise<CellPositions> {
  const found = await keyedColumns(path);
  const rows = rowsOf(path, found.keys, cells);
  const taken = (column: Column): Column => pick(column, rows);
  if (found.coordinates) {
    const { dimensions, values } = found.coordinates;
    const ordered = new Float64Array(cells.length * dimensions);
    rows.forEach((row, i) =>
      ordered.set(values.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions),
    );
    return {
      coordinates: { ...found.coordinates, source: path, values: ordered },
      obs: found.columns.map(taken),
    };
  }
  const positions = findPositions(found.columns);
  const spoilt = positions ? undefined : spoiltPosition(found.columns);
  if (spoilt) throw notNumeric(path, spoilt);
  if (positions?.x.kind !== 'number' || positions.y.kind !== 'number') {
    const names = found.columns.map(({ name }) => name).join(', ');
    throw new UserError(`${path} has no columns of positions (such as x and y); it has ${names}.`, {
      file: path,
    });
  }
  const [x, y] = [positions.x.values, positions.y.values];
  const values = new Float64Array(cells.length * 2);
  rows.forEach((row, i) => {
    values[2 * i] = x[row]!;
    values[2 * i + 1] = y[row]!;
  });
  const unplaced = values.findIndex((value) => !Number.isFinite(value));
  if (unplaced >= 0) {
    const cell = cells[unplaced >> 1]!;
    throw new UserError(
      `${path} has an empty position for cell ${cell}; fill it in, or leave the cell out of both files.`,
      { file: path, element: cell, row: rows[unplaced >> 1]! + 2 },
    );
  }
  const coordinates: Coordinates = { source: path, dimensions: 2, values, unit: positions.unit };
  return { coordinates, obs: positions.rest.map(taken) };
}

/** Names the first value of a column of positions that is no number. */
function notNumeric(path: string, column: Column): UserError {
  const texts =
    column.kind === 'category'
      ? Array.from(column.codes, (code) => column.categories[code] ?? '')
      : Array.from(column.values, String);
  const row = texts.findIndex((value) => value !== '' && Number.isNaN(Number(value)));
  return new UserError(
    `${path}, row ${row + 2}: "${texts[row] ?? ''}" in column ${column.name} is not a number; positions must be.`,
    { file: path, element: column.name, row: row + 2 },
  );
}

async function keyedColumns(path: string): Promise<KeyedColumns> {
  const isTable = await sniff(path).catch((error: unknown) => {
    if (error instanceof UserError) throw error;
    throw new UserError(`${path} cannot be opened.`, { file: path }, 'input', error);
  });
  if (isTable !== 'hdf5') {
    const table = await readTextTable(path);
    const columns = table.names.map((name, at) => typedColumn(name, table.columns[at]!));
    return { keys: candidates(table.names, table.columns), columns: withoutKeys(columns, table.columns) };
  }
  const dataset = await openDataset(path);
  try {
    const names = dataset.cells ?? (await dataset.open()).cells;
    if (!dataset.coordinates)
      throw new UserError(`${path} has no positions in obsm/spatial.`, { file: path, element: 'obsm' });
    return { keys: [names], columns: dataset.obs, coordinates: dataset.coordinates };
  } finally {
    await dataset.close();
  }
}

/** The columns that may name the cells: the first, those called so, and CosMx's field of view with cell number. */
function candidates(
  names: readonly string[],
  columns: readonly (readonly string[])[],
): (readonly string[])[] {
  const called = columns.filter(
    (_, at) => at === 0 || /^(cell|barcode|spot|obs|entity|index)([-_ ]?(id|name|s))?$/i.test(names[at]!),
  );
  const [fov, cell] = [names.indexOf('fov'), names.indexOf('cell_ID')];
  if (fov < 0 || cell < 0) return called;
  return [columns[fov]!.map((field, row) => `${field}_${columns[cell]![row]!}`), ...called];
}

function withoutKeys(columns: readonly Column[], texts: readonly (readonly string[])[]): Column[] {
  // A first column called x or X holds names when its values are all different and another column is the position.
  const rest = columns.slice(1);
  return findPositions(rest) && new Set(texts[0]).size === texts[0]!.length ? rest : [...columns];
}

interface Found {
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

/** Row of the table for each cell, by the key column that knows most of the cells. */
function rowsOf(path: string, keys: KeyedColumns['keys'], cells: readonly string[]): Int32Array {
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
  }
  if (best?.missing === 0) refuseTwice(path, best, cells);
  if (!best || best.missing === 0) return best?.rows ?? new Int32Array(0);
  const first = cells[best.rows.indexOf(-1)]!;
  throw new UserError(
    `${path} has no position for ${best.missing} of ${cells.length} cells, the first of them ${first}; add them, or leave these cells out of the expression file.`,
    { file: path, element: first },
  );
}

/** The rows of a column, in another order. */
export function pick(column: Column, rows: Int32Array): Column {
  if (column.kind === 'number')
    return { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) };
  if (column.kind === 'text') return { ...column, values: Array.from(rows, (row) => column.values[row]!) };
  return {
    ...column,
    codes: column.codes.length ? Int32Array.from(rows, (row) => column.codes[row]!) : column.codes,
  };
}
