import type { Group } from 'h5wasm/node';
import { File, ready } from 'h5wasm/node';

type List = Float64Array | Float32Array | Int32Array | Int8Array | Uint8Array | string[];
type Attribute = string | string[] | Int32Array | Float64Array;

/** A file as nested objects: lists are datasets, `{ data, shape }` matrices, `@` the attributes of a group. */
export type H5Tree =
  | List
  | { data: List; shape: number[]; chunks?: number[] }
  | { [name: string]: H5Tree | Attribute }
  | Record<string, Attribute>;

function isMatrix(tree: H5Tree): tree is { data: List; shape: number[]; chunks?: number[] } {
  return 'shape' in tree && Array.isArray(tree.shape);
}

function isList(tree: H5Tree): tree is List {
  return ArrayBuffer.isView(tree) || Array.isArray(tree);
}

function put(group: Group, name: string, tree: H5Tree): void {
  if (isList(tree)) group.create_dataset({ name, data: tree });
  else if (isMatrix(tree)) {
    const { data, shape, chunks } = tree;
    group.create_dataset({ name, data, shape, ...(chunks ? { chunks, compression: 'gzip' } : {}) });
  } else fill(group.create_group(name), tree as Record<string, H5Tree>);
}

function fill(group: Group, tree: Record<string, H5Tree>): void {
  for (const [name, child] of Object.entries(tree)) {
    if (name !== '@') put(group, name, child);
    else
      for (const [key, value] of Object.entries(child as Record<string, Attribute>)) {
        if (typeof value === 'string') group.create_attribute(key, value, [], 'S');
        else group.create_attribute(key, value);
      }
  }
}

/** Writes an HDF5 file for a test. */
export async function writeH5(path: string, tree: Record<string, H5Tree>): Promise<void> {
  await ready;
  const file = new File(path, 'w');
  fill(file, tree);
  file.flush();
  file.close();
}
