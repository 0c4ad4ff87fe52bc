import { UserError } from '../../src-shared/contract/errors.ts';
import type { Warning } from '../../src-shared/contract/errors.ts';
import type { Column, Coordinates } from '../matrix/dataset.ts';
import { bestRows, candidates, pick, withoutKeys } from './cell-keys.ts';
import { isParquet, readParquetTable } from './parquet-table.ts';
import { openDataset } from './registry.ts';
import { sniff } from './sniff.ts';
import { findPositions, spoiltPosition } from './spatial-columns.ts';
import { readTextTable, typedColumn } from './text-table.ts';

/** Positions and other columns of a table, in the order of the cells asked for. */
export interface CellPositions {
  readonly coordinates: Coordinates;
  readonly obs: readonly Column[];
}

/** The same where cells may lack a position (NaN); no coordinates when all do. */
export interface SomePositions {
  readonly coordinates: Coordinates | undefined;
  readonly obs: readonly Column[];
  readonly warnings: readonly Warning[];
}

/** How a table or file names its cells and what it knows about them. */
interface KeyedColumns {
  /** Candidates for the column that names the cells. */
  readonly keys: readonly (readonly string[])[];
  readonly columns: readonly Column[];
  readonly coordinates?: Coordinates;
}

/**
 * Positions of `cells` from a table keyed by cell (CSV, TSV, plain or gzip, Parquet) or from an .h5ad or .loom file.
 * Columns called x and y or the like are the positions, the others become obs columns.
 * @throws UserError when no columns hold positions, or a cell is missing (names the file, how many and the first).
 */
export async function readCoordinates(path: string, cells: readonly string[]): Promise<CellPositions> {
  const found = await keyedColumns(path);
  const { rows, missing } = bestRows(path, found.keys, cells);
  if (missing > 0) {
    const first = cells[rows.indexOf(-1)]!;
    throw new UserError(
      `${path} has no position for ${missing} of ${cells.length} cells, the first of them ${first}; add them, or leave these cells out of the expression file.`,
      { file: path, element: first },
    );
  }
  const taken = take(path, found, rows);
  const unplaced = firstUnplaced(taken.coordinates);
  if (unplaced !== undefined && !found.coordinates)
    throw new UserError(
      `${path} has an empty position for cell ${cells[unplaced]!}; fill it in, or leave the cell out of both files.`,
      { file: path, element: cells[unplaced]!, row: rows[unplaced]! + 2 },
    );
  return taken;
}

/**
 * {@link readCoordinates} for the table that a vendor's software wrote beside the matrix: cells without a position are
 * told of, and stay. @throws UserError when no columns hold positions, or a cell stands in the table twice.
 */
export async function readSomeCoordinates(path: string, cells: readonly string[]): Promise<SomePositions> {
  const found = await keyedColumns(path);
  const { rows } = bestRows(path, found.keys, cells);
  const { coordinates, obs } = take(path, found, rows);
  const lost = unplacedCells(coordinates);
  if (lost.length === 0) return { coordinates, obs, warnings: [] };
  const none = lost.length === cells.length;
  const outcome = none
    ? 'so the cells have no positions; the table is of another dataset'
    : 'so they are in no map; the table may be of another dataset or cut off';
  const warning: Warning = {
    code: 'cells-without-position',
    message: `${path} has no position for ${lost.length} of ${cells.length} cells (the first is ${cells[lost[0]!]!}), ${outcome}.`,
    place: { file: path, element: cells[lost[0]!]! },
  };
  return none
    ? { coordinates: undefined, obs: [], warnings: [warning] }
    : { coordinates, obs, warnings: [warning] };
}

function firstUnplaced(coordinates: Coordinates): number | undefined {
  const at = coordinates.values.findIndex((value) => !Number.isFinite(value));
  return at < 0 ? undefined : Math.floor(at / coordinates.dimensions);
}

function unplacedCells({ values, dimensions }: Coordinates): number[] {
  const cells = Array.from({ length: values.length / dimensions }, (_, cell) => cell);
  return cells.filter(
    (cell) => !values.subarray(cell * dimensions, (cell + 1) * dimensions).every(Number.isFinite),
  );
}

/** The given rows (−1 for none) of the positions and of the other columns. */
function take(path: string, found: KeyedColumns, rows: Int32Array): CellPositions {
  const taken = (column: Column): Column => pick(column, rows);
  if (found.coordinates) {
    const { dimensions, values } = found.coordinates;
    const ordered = new Float64Array(rows.length * dimensions).fill(NaN);
    rows.forEach((row, i) => {
      if (row >= 0) ordered.set(values.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
    });
    return {
      coordinates: { ...found.coordinates, source: path, values: ordered },
      obs: found.columns.map(taken),
    };
  }
  const { x, y, unit, rest } = positionColumns(path, found.columns);
  const values = new Float64Array(rows.length * 2);
  rows.forEach((row, i) => {
    values[2 * i] = x[row] ?? NaN;
    values[2 * i + 1] = y[row] ?? NaN;
  });
  return { coordinates: { source: path, dimensions: 2, values, unit }, obs: rest.map(taken) };
}

function positionColumns(path: string, columns: readonly Column[]) {
  const positions = findPositions(columns);
  const spoilt = positions ? undefined : spoiltPosition(columns);
  if (spoilt) throw notNumeric(path, spoilt);
  if (positions?.x.kind !== 'number' || positions.y.kind !== 'number') {
    const names = columns.map(({ name }) => name).join(', ');
    throw new UserError(`${path} has no columns of positions (such as x and y); it has ${names}.`, {
      file: path,
    });
  }
  return { ...positions, x: positions.x.values, y: positions.y.values };
}

/** Names the first value of a column of positions that is no number. */
function notNumeric(path: string, column: Column): UserError {
  const texts = textsOf(column);
  const row = texts.findIndex((value) => value !== '' && Number.isNaN(Number(value)));
  return new UserError(
    `${path}, row ${row + 2}: "${texts[row] ?? ''}" in column ${column.name} is not a number; positions must be.`,
    { file: path, element: column.name, row: row + 2 },
  );
}

function textsOf(column: Column): readonly string[] {
  if (column.kind === 'category') return Array.from(column.codes, (code) => column.categories[code] ?? '');
  return column.kind === 'text' ? column.values : Array.from(column.values, String);
}

async function keyedColumns(path: string): Promise<KeyedColumns> {
  const opened = await isParquet(path).catch(() => false);
  if (opened) {
    const columns = await readParquetTable(path);
    const texts = columns.map(textsOf);
    const names = columns.map(({ name }) => name);
    return { keys: candidates(names, texts), columns: withoutKeys(columns, texts) };
  }
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
