import type { Hdf5Type, Hdf5Values, NumberArray, TableColumn } from './hdf5-protocol.ts';

/** What the library says about a stored type; the part of it that is used here. */
export interface Metadata {
  readonly type: number;
  readonly size: number;
  readonly signed: boolean;
  readonly vlen: boolean;
  readonly cset?: number;
  readonly shape: number[] | null;
  readonly chunks: number[] | null;
  readonly ref_type?: 'object' | 'region';
  readonly enum_type?: { readonly members: Record<string, number>; readonly type: number };
  readonly array_type?: Metadata;
  readonly compound_type?: { readonly members: readonly (Metadata & { name: string; offset: number })[] };
}

/** The library's readers of zero-terminated strings on its heap. */
export interface StringHeap {
  UTF8ToString(pointer: number): string;
}

const INTEGER = 0;
const FLOAT = 1;
const TEXT = 3;
const COMPOUND = 6;
const REFERENCE = 7;
const ENUM = 8;
const ARRAY = 10;

export function itemCount(shape: readonly number[] | null): number {
  return (shape ?? []).reduce((product, length) => product * length, 1);
}

export function typeOf(metadata: Metadata): Hdf5Type {
  const { type, size } = metadata;
  if (type === INTEGER) return { kind: 'integer', name: `${metadata.signed ? '' : 'u'}int${size * 8}`, size };
  if (type === FLOAT) return { kind: 'float', name: `float${size * 8}`, size };
  if (type === TEXT) return { kind: 'text', name: 'string', size };
  if (type === REFERENCE) return { kind: 'reference', name: 'reference', size };
  if (type === ENUM) {
    const labels = metadata.enum_type?.members ?? {};
    const boolean = labels['FALSE'] === 0 && labels['TRUE'] === 1 && Object.keys(labels).length === 2;
    return { kind: boolean ? 'boolean' : 'enum', name: boolean ? 'bool' : 'enum', size, labels };
  }
  if (type === COMPOUND) {
    const members = (metadata.compound_type?.members ?? []).map((member) => member.name);
    return { kind: 'compound', name: 'table', size, members };
  }
  return { kind: 'other', name: 'unknown', size };
}

/** Turns the bytes of elements (little-endian, as the library hands them over) into values. */
export function decode(
  bytes: Uint8Array<ArrayBuffer>,
  metadata: Metadata,
  type: Hdf5Type,
  heap: StringHeap,
): Hdf5Values {
  if (type.kind === 'text') return { kind: 'text', values: strings(bytes, metadata, heap) };
  if (type.kind === 'compound') return { kind: 'table', columns: table(bytes, metadata, heap) };
  if (type.kind === 'reference' || type.kind === 'other') throw new Error('a type that is not read');
  return { kind: 'numbers', values: numbers(bytes, metadata, type.kind === 'float') };
}

function strings(bytes: Uint8Array<ArrayBuffer>, metadata: Metadata, heap: StringHeap): string[] {
  const { size } = metadata;
  if (metadata.vlen)
    return Array.from(new Uint32Array(bytes.buffer), (pointer) => heap.UTF8ToString(pointer));
  const decoder = new TextDecoder();
  const result: string[] = [];
  for (let at = 0; at + size <= bytes.length; at += size) {
    let end = at;
    while (end < at + size && bytes[end] !== 0) end++;
    result.push(decoder.decode(bytes.subarray(at, end)));
  }
  return result;
}

/** Little-endian numbers; 64-bit integers become doubles, half floats float32. */
export function numbers(
  bytes: Uint8Array<ArrayBuffer>,
  { size, signed }: Pick<Metadata, 'size' | 'signed'>,
  float: boolean,
): NumberArray {
  const { buffer, byteOffset: at } = bytes;
  const count = bytes.length / size;
  if (float) {
    if (size === 8) return new Float64Array(buffer, at, count);
    if (size === 4) return new Float32Array(buffer, at, count);
    if (size === 2) return Float32Array.from(new Uint16Array(buffer, at, count), halfToNumber);
    throw new Error(`float of ${size} bytes`);
  }
  if (size === 1) return signed ? new Int8Array(buffer, at, count) : bytes;
  if (size === 2) return signed ? new Int16Array(buffer, at, count) : new Uint16Array(buffer, at, count);
  if (size === 4) return signed ? new Int32Array(buffer, at, count) : new Uint32Array(buffer, at, count);
  if (size !== 8) throw new Error(`integer of ${size} bytes`);
  const words = new Uint32Array(buffer, at, 2 * count);
  const highs = signed ? new Int32Array(buffer, at, 2 * count) : words;
  const result = new Float64Array(count);
  for (let i = 0; i < count; i++) result[i] = highs[2 * i + 1]! * 0x1_0000_0000 + words[2 * i]!;
  return result;
}

/** IEEE 754 binary16. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Columns of a compound table; members that are neither text nor numbers are left out. */
function table(bytes: Uint8Array<ArrayBuffer>, metadata: Metadata, heap: StringHeap): TableColumn[] {
  const rows = Math.floor(bytes.length / metadata.size);
  const columns: TableColumn[] = [];
  for (const member of metadata.compound_type?.members ?? []) {
    const inner = member.type === ARRAY && member.array_type ? member.array_type : member;
    const width = member.type === ARRAY ? itemCount(inner.shape) : 1;
    const type = typeOf(inner);
    if (type.kind === 'compound' || type.kind === 'reference' || type.kind === 'other') continue;
    const packed = new Uint8Array(rows * member.size);
    for (let row = 0; row < rows; row++) {
      const at = row * metadata.size + member.offset;
      packed.set(bytes.subarray(at, at + member.size), row * member.size);
    }
    const decoded = decode(packed, inner, type, heap);
    if (decoded.kind === 'table') continue;
    const values = decoded.kind === 'text' ? decoded.values : Float64Array.from(decoded.values);
    columns.push({ name: member.name, width, values });
  }
  return columns;
}
