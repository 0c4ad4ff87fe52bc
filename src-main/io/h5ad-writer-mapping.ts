import type { Group } from 'h5wasm/node';
import { createGroup, tag, writeBooleanBytes, writeNumbers, writeStrings } from './h5ad-writer-element.ts';

/** A matrix in `uns`, row-major. */
export class UnstructuredMatrix {
  readonly shape: readonly [number, number];
  readonly values: Float64Array;

  constructor(rows: number, columns: number, values: Float64Array) {
    this.shape = [rows, columns];
    this.values = values;
  }
}

/** What `uns` can hold. Lists of numbers become float64 arrays. */
export type Unstructured =
  | string
  | number
  | boolean
  | readonly string[]
  | readonly number[]
  | Float64Array
  | UnstructuredMatrix
  | UnstructuredRecord;

export interface UnstructuredRecord {
  readonly [name: string]: Unstructured;
}

/**
 * Writes a nested record as groups and scalars.
 * Returns the object headers that are still to become booleans. Throws a RangeError for a name with `/`.
 */
export function writeMapping(parent: Group, name: string, record: UnstructuredRecord): number[] {
  const group = createGroup(parent, name, 'dict');
  return Object.entries(record).flatMap(([key, value]) => {
    if (key === '' || key === '.' || key.includes('/')) {
      throw new RangeError(`${name}: “${key}” cannot be a name in HDF5`);
    }
    return writeValue(group, key, value);
  });
}

function writeValue(group: Group, name: string, value: Unstructured): number[] {
  if (typeof value === 'boolean') {
    return [writeBooleanBytes(group, name, Int8Array.of(value ? 1 : 0), true)];
  } else if (typeof value === 'string') {
    tag(group.create_dataset({ name, data: value, shape: [], dtype: 'S' }), 'string');
  } else if (typeof value === 'number') {
    const dtype = Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? '<i' : '<d';
    tag(group.create_dataset({ name, data: value, shape: [], dtype }), 'numeric-scalar');
  } else if (value instanceof Float64Array) {
    writeNumbers(group, name, value);
  } else if (value instanceof UnstructuredMatrix) {
    writeNumbers(group, name, value.values, [...value.shape]);
  } else if (isList(value)) {
    if (value.every((entry) => typeof entry === 'string')) writeStrings(group, name, value);
    else writeNumbers(group, name, Float64Array.from(value));
  } else {
    return writeMapping(group, name, value);
  }
  return [];
}

function isList(value: Unstructured): value is readonly string[] | readonly number[] {
  return Array.isArray(value);
}
