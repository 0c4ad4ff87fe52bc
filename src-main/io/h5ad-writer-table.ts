import type { Group } from 'h5wasm/node';
import type { Warning } from '../../src-shared/contract/errors.ts';
import type { Column } from '../matrix/dataset.ts';
import {
  createGroup,
  writeBooleanBytes,
  writeNumbers,
  writeStrings,
  writeStringsAttribute,
} from './h5ad-writer-element.ts';
import { duplicateNames, safeNames } from './h5ad-writer-names.ts';

/** A column of true and false, such as `highly_variable`; true where the value is not 0. */
export interface BooleanColumn {
  readonly name: string;
  readonly kind: 'boolean';
  readonly values: Uint8Array;
}

export type WritableColumn = Column | BooleanColumn;

export interface WrittenTable {
  readonly warnings: readonly Warning[];
  /** Object headers of the columns that are still to become booleans. */
  readonly booleans: readonly number[];
}

/**
 * Writes obs or var: row names as `_index`, then the columns (dataframe version 0.1.0, categories by reference).
 * Throws a RangeError when a column is not as long as the names.
 */
export function writeTable(
  root: Group,
  place: 'obs' | 'var',
  rowNames: readonly string[],
  columns: readonly WritableColumn[],
): WrittenTable {
  const table = createGroup(root, place, 'dataframe');
  const safe = safeNames(
    columns.map((column) => column.name),
    place,
  );
  table.create_attribute('_index', '_index', [], 'S');
  writeStringsAttribute(table, 'column-order', safe.names);
  writeStrings(table, '_index', rowNames);
  if (columns.some((column) => column.kind === 'category')) table.create_group('__categories');
  const booleans: number[] = [];
  columns.forEach((column, i) => {
    const length = column.kind === 'category' ? column.codes.length : column.values.length;
    if (length !== rowNames.length) {
      throw new RangeError(`${place}/${column.name} has ${length} values for ${rowNames.length} rows`);
    }
    const address = writeColumn(table, safe.names[i]!, column);
    if (address !== undefined) booleans.push(address);
  });
  return { warnings: [...safe.warnings, ...duplicateNames(rowNames, place)], booleans };
}

function writeColumn(table: Group, name: string, column: WritableColumn): number | undefined {
  if (column.kind === 'number') writeNumbers(table, name, column.values);
  else if (column.kind === 'text') writeStrings(table, name, column.values);
  else if (column.kind === 'boolean') {
    const bytes = Int8Array.from(column.values, (value) => (value === 0 ? 0 : 1));
    return writeBooleanBytes(table, name, bytes);
  } else {
    const codes = writeNumbers(table, name, narrow(column.codes, column.categories.length));
    const categories = writeStrings(table.get('__categories') as Group, name, column.categories);
    categories.create_attribute('ordered', new Uint8Array(1), []);
    codes.create_attribute('categories', [categories.create_reference()], []);
  }
  return undefined;
}

/** The narrowest integers that hold all codes, as pandas has them. */
function narrow(codes: Int32Array, categories: number): Int8Array | Int16Array | Int32Array {
  if (categories <= 127) return Int8Array.from(codes);
  return categories <= 32767 ? Int16Array.from(codes) : codes;
}
