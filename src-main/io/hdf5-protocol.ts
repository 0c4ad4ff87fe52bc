/** What the reader thread and its client say to each other about an HDF5 file. */
import type { PackedBlock } from '../matrix/packed.ts';
import type { RawList } from './hdf5-raw.ts';

export type NumberArray =
  Float64Array | Float32Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Int8Array | Uint8Array;

/** The stored type of a dataset. 64-bit integers are handed over as doubles, half floats as float32. */
export interface Hdf5Type {
  readonly kind: 'integer' | 'float' | 'text' | 'boolean' | 'enum' | 'compound' | 'reference' | 'other';
  /** numpy's name where there is one, such as int64, float32. */
  readonly name: string;
  /** Bytes of one element as stored (variable-length strings: of their pointer). */
  readonly size: number;
  /** The names of an enum's values. */
  readonly labels?: Readonly<Record<string, number>>;
  /** Names of a compound's members. */
  readonly members?: readonly string[];
}

export type AttributeValue = number | string | boolean | readonly number[] | readonly string[];

export interface Hdf5Group {
  readonly kind: 'group';
  readonly keys: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

export interface Hdf5Dataset {
  readonly kind: 'dataset';
  readonly shape: readonly number[];
  readonly type: Hdf5Type;
  readonly chunks: readonly number[] | null;
  /** Names or numbers of the compression filters. */
  readonly filters: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

export type Hdf5Node = Hdf5Group | Hdf5Dataset;

/** One member of a compound table; `width` values a row. */
export interface TableColumn {
  readonly name: string;
  readonly width: number;
  readonly values: Float64Array | readonly string[];
}

export type Hdf5Values =
  | { readonly kind: 'numbers'; readonly values: NumberArray }
  | { readonly kind: 'text'; readonly values: readonly string[] }
  | { readonly kind: 'table'; readonly columns: readonly TableColumn[] };

export type Request =
  | { readonly call: 'open'; readonly file: string }
  | { readonly call: 'node'; readonly path: string }
  | {
      readonly call: 'read';
      readonly path: string;
      readonly start: readonly number[];
      readonly stop: readonly number[];
    }
  | { readonly call: 'close' }
  | { readonly call: 'locate'; readonly file: string; readonly path: string }
  | RawRequest
  | BandRequest;

/** Reads elements `from` … `to` − 1 of a list without the library. */
export interface RawRequest {
  readonly call: 'raw';
  readonly file: string;
  readonly list: RawList;
  readonly from: number;
  readonly to: number;
}

/** Reads consecutive rows of a sparse matrix without the library, checks and packs them. */
export interface BandRequest {
  readonly call: 'band';
  readonly file: string;
  readonly indices: RawList;
  readonly data: RawList;
  /** First entry of the first row, and pointers of the rows counted from there. */
  readonly from: number;
  readonly indptr: Float64Array;
  readonly firstRow: number;
  /** Length of the other axis in the file, and number of columns that come out. */
  readonly minor: number;
  readonly columns: number;
  readonly keep?: Int32Array | undefined;
}

/** Where a list stands; null where only the library can read it. */
export interface Located {
  readonly kind: 'list';
  readonly list: RawList | null;
}

/** Rows that were read, or the list that is damaged and, where it is the index itself, which entry it is. */
export type Band =
  | { readonly kind: 'rows'; readonly block: PackedBlock }
  | {
      readonly kind: 'fault';
      readonly list: 'indices' | 'data';
      readonly wrong?: { readonly entry: number; readonly index: number };
      readonly words?: string;
    };

export type Result = Hdf5Node | Hdf5Values | Located | Band | null;

export interface Reply {
  readonly result?: Result;
  /** The library's words; never shown to people as they stand. */
  readonly error?: string;
}
