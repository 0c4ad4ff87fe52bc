import { fileURLToPath } from 'node:url';
import { Dataset, File, Group, ready } from 'h5wasm/node';
import type { Entity } from 'h5wasm/node';
import type { AttributeValue, Hdf5Node, Hdf5Type, Hdf5Values, Request } from './hdf5-protocol.ts';

import { decode, itemCount, typeOf } from './hdf5-decode.ts';
import type { Metadata } from './hdf5-decode.ts';

/** Attributes larger than this are not read; none that a format defines comes near. */
const MAX_ATTRIBUTE = 1 << 26;
const MAX_READ = 1 << 28;
const MAX_CHUNK = 1 << 28;
const MAX_KEYS = 200_000;

const library = await ready;
library.activate_throwing_error_handler();
const plugins = new URL('./plugins/', import.meta.resolve('h5wasm-plugins'));
library.insert_plugin_search_path(fileURLToPath(plugins).replace(/[\\/]$/, ''), 0);

let open: File | undefined;

/** Requests that need the library. */
export type LibraryRequest = Extract<Request, { call: 'open' | 'close' | 'node' | 'read' }>;

/** Answers one request; throws whatever the library throws. */
export function answer(request: LibraryRequest): Hdf5Node | Hdf5Values | null {
  switch (request.call) {
    case 'open':
      open?.close();
      open = undefined;
      open = new File(request.file, 'r');
      return null;
    case 'close':
      open?.close();
      open = undefined;
      return null;
    case 'node':
      return node(request.path);
    case 'read':
      return read(request.path, request.start, request.stop);
  }
}

function entity(path: string): Entity | null {
  if (!open) throw new Error('no file is open');
  const type = open.get_type(path);
  return type === -1 ? null : open.get(path);
}

function node(path: string): Hdf5Node | null {
  const found = path === '/' ? new Group(open!.file_id, '/') : entity(path);
  if (found instanceof Group) {
    const keys = found.keys();
    if (keys.length > MAX_KEYS) throw new Error('a group with too many members');
    return { kind: 'group', keys, attributes: attributesOf(path) };
  }
  if (!(found instanceof Dataset)) return null;
  const dataset = found;
  const metadata = dataset.metadata as Metadata;
  return {
    kind: 'dataset',
    shape: metadata.shape ?? [],
    type: typeOf(metadata),
    chunks: metadata.chunks,
    filters: metadata.chunks ? dataset.filters.map((filter) => filter.name || String(filter.id)) : [],
    attributes: attributesOf(path),
  };
}

function attributesOf(path: string): Record<string, AttributeValue> {
  const values: Record<string, AttributeValue> = {};
  for (const name of library.get_attribute_names(open!.file_id, path)) {
    const value = attribute(path, name);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function attribute(path: string, name: string): AttributeValue | undefined {
  const file = open!.file_id;
  const metadata = library.get_attribute_metadata(file, path, name) as Metadata;
  const type: Hdf5Type = typeOf(metadata);
  const count = itemCount(metadata.shape);
  if (!metadata.shape || count * metadata.size > MAX_ATTRIBUTE) return undefined;
  if (type.kind === 'compound' || type.kind === 'other') return undefined;
  const bytes = withMemory(count * metadata.size, (pointer) => {
    library.get_attribute_data(file, path, name, BigInt(pointer));
  });
  if (type.kind === 'reference') {
    if (metadata.ref_type !== 'object' || count !== 1) return undefined;
    return library.get_referenced_name(file, bytes, true);
  }
  const decoded = decode(bytes, metadata, type, library);
  if (decoded.kind === 'table') return undefined;
  const list = [...decoded.values] as number[] | string[];
  if (metadata.shape.length > 0) return list;
  return type.kind === 'boolean' ? list[0] === 1 : list[0];
}

function read(path: string, start: readonly number[], stop: readonly number[]): Hdf5Values {
  const dataset = entity(path);
  if (!(dataset instanceof Dataset)) throw new Error(`${path} is no dataset`);
  const metadata = dataset.metadata as Metadata;
  const type = typeOf(metadata);
  if (itemCount(metadata.chunks) * metadata.size > MAX_CHUNK && metadata.chunks)
    throw new Error('a chunk is too large');
  const count = stop.map((end, axis) => end - start[axis]!);
  const size = itemCount(count) * metadata.size;
  if (size > MAX_READ || size < 0) throw new Error('too much asked for in one read');
  const wide = (values: readonly number[]): bigint[] => values.map((value) => BigInt(value));
  let failed: unknown;
  let values: Hdf5Values | undefined;
  withMemory(
    size,
    (pointer) => {
      const ones = count.map(() => 1n);
      const scalar = count.length === 0;
      const range = scalar ? null : wide(count);
      library.get_dataset_data(
        open!.file_id,
        path,
        range,
        scalar ? null : wide(start),
        scalar ? null : ones,
        BigInt(pointer),
      );
    },
    (bytes, pointer) => {
      try {
        values = decode(bytes, metadata, type, library);
      } catch (error) {
        failed = error;
      }
      if (metadata.vlen && count.length > 0)
        library.reclaim_vlen_memory_count(open!.file_id, path, '', BigInt(pointer), wide(count));
    },
  );
  if (!values) throw failed instanceof Error ? failed : new Error(String(failed));
  return values;
}

/** Lets `fill` write `size` bytes on the library's heap and returns a copy of them. */
function withMemory(
  size: number,
  fill: (pointer: number) => void,
  then?: (bytes: Uint8Array<ArrayBuffer>, pointer: number) => void,
): Uint8Array<ArrayBuffer> {
  const pointer = library._malloc(Math.max(8, size));
  if (pointer === 0) throw new Error('not enough memory');
  try {
    library.HEAPU8.fill(0, pointer, pointer + size);
    fill(pointer);
    // The heap may have moved while the library worked, so it is looked up again.
    const bytes = new Uint8Array(library.HEAPU8.slice(pointer, pointer + size).buffer);
    then?.(bytes, pointer);
    return bytes;
  } finally {
    library._free(pointer);
  }
}
