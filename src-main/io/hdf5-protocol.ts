/** What the reader thread and its client say to each other about an HDF5 file. */

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
  | { readonly call: 'close' };

export interface Reply {
  readonly result?: Hdf5Node | Hdf5Values | null;
  /** The library's words; never shown to people as they stand. */
  readonly error?: string;
}
