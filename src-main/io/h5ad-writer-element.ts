import type { Dataset, Group } from 'h5wasm/node';

/** The typed arrays that become plain arrays in the file; int64 is written where anndata expects it (shapes). */
export type NumberArray = Float64Array | Float32Array | Int32Array | Int16Array | Int8Array | BigInt64Array;

/** Element of an AnnData file that is a group (https://anndata.readthedocs.io, on-disk format). */
type GroupEncoding = 'anndata' | 'dict' | 'dataframe' | 'csr_matrix';

const versions = {
  anndata: '0.1.0',
  dict: '0.1.0',
  // Version 0.2.0 keeps categories in groups with a boolean attribute that anndata 0.8 insists on; 0.1.0 refers to
  // a dataset of categories, and every anndata from 0.7 to today's opens it.
  dataframe: '0.1.0',
  csr_matrix: '0.1.0',
  array: '0.2.0',
  'string-array': '0.2.0',
  string: '0.2.0',
  'numeric-scalar': '0.2.0',
} as const;

/** Marks a group or dataset so that anndata knows how to read it, and stays silent. */
export function tag(element: Group | Dataset, encoding: keyof typeof versions): void {
  element.create_attribute('encoding-type', encoding, [], 'S');
  element.create_attribute('encoding-version', versions[encoding], [], 'S');
}

export function createGroup(parent: Group, name: string, encoding: GroupEncoding): Group {
  const group = parent.create_group(name);
  tag(group, encoding);
  return group;
}

export function writeNumbers(group: Group, name: string, data: NumberArray, shape?: number[]): Dataset {
  const dataset = group.create_dataset({ name, data, shape: shape ?? [data.length] });
  tag(dataset, 'array');
  return dataset;
}

export function writeStrings(group: Group, name: string, values: readonly string[]): Dataset {
  // h5wasm cannot write an empty list of variable length strings.
  const dataset =
    values.length === 0
      ? group.create_dataset({ name, data: [], shape: [0], dtype: 'S1' })
      : group.create_dataset({ name, data: values as string[], shape: [values.length], dtype: 'S' });
  tag(dataset, 'string-array');
  return dataset;
}

/**
 * A column of 0 and 1 that {@link retypeAsBoolean} turns into booleans when the file is closed.
 * Returns the address of its object header.
 */
export function writeBooleanBytes(group: Group, name: string, values: Int8Array, scalar = false): number {
  const dataset = group.create_dataset({ name, data: values, shape: scalar ? [] : [values.length] });
  tag(dataset, scalar ? 'numeric-scalar' : 'array');
  const reference = Uint8Array.from(dataset.create_reference().ref_data);
  return Number(new DataView(reference.buffer).getBigUint64(0, true));
}

/** A list of strings as an attribute; an empty one is written as h5py does, as an empty list of numbers. */
export function writeStringsAttribute(element: Group, name: string, values: readonly string[]): void {
  if (values.length === 0) element.create_attribute(name, new Float64Array(0), [0]);
  else element.create_attribute(name, values as string[], [values.length], 'S');
}
