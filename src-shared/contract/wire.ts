import { z } from 'zod';
import { checkPlain, isTypedArray, Malformed, type Path, type TypedArray } from './plain.ts';

/**
 * How messages travel over a WebSocket. Without typed arrays: JSON text. With: one binary frame of
 * [u32 length of the header][header: JSON, UTF-8][zeros up to a multiple of 8][arrays, each filled up to a multiple of 8],
 * all little-endian. The header is {message, arrays}: in `message` null stands where an array belongs, `arrays` says
 * which, in the order of their bytes.
 */

/** Node and every browser have these; this folder is written for neither. */
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  constructor(label: string, options: { fatal: boolean; ignoreBOM: boolean });
  decode(bytes: Uint8Array): string;
}

const makers = {
  f32: (buffer: ArrayBuffer, at: number, length: number) => new Float32Array(buffer, at, length),
  u32: (buffer: ArrayBuffer, at: number, length: number) => new Uint32Array(buffer, at, length),
  u16: (buffer: ArrayBuffer, at: number, length: number) => new Uint16Array(buffer, at, length),
  u8: (buffer: ArrayBuffer, at: number, length: number) => new Uint8Array(buffer, at, length),
} as const;
const bytesEach = { f32: 4, u32: 4, u16: 2, u8: 1 } as const;

const header = z.strictObject({
  message: z.unknown(),
  arrays: z.array(
    z.strictObject({
      path: z.array(z.union([z.string(), z.number().int().nonnegative()])),
      type: z.enum(['f32', 'u32', 'u16', 'u8']),
      length: z.number().int().nonnegative(),
    }),
  ),
});
type ArrayEntry = z.infer<typeof header>['arrays'][number];

const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** Throws {@link Malformed} for what is not data, and for a plain number that is not finite: JSON would make it null. */
export function encode(message: unknown): string | Uint8Array<ArrayBuffer> {
  const found: { readonly array: TypedArray; readonly path: Path }[] = [];
  checkPlain(message, (array, path) => found.push({ array, path }));
  if (found.length === 0) return JSON.stringify(message);
  const arrays = found.map(({ array, path }) => ({ path, type: typeOf(array), length: array.length }));
  const head = new TextEncoder().encode(JSON.stringify({ message, arrays }, withoutArrays));
  const start = padded(4 + head.length);
  const frame = new Uint8Array(found.reduce((sum, { array }) => sum + padded(array.byteLength), start));
  new DataView(frame.buffer).setUint32(0, head.length, true);
  frame.set(head, 4);
  let at = start;
  for (const { array } of found) {
    frame.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  return frame;
}

/** A replacer; looks at what is held, since a Buffer of Node's has become something else when it is asked. */
function withoutArrays(this: Record<string, unknown>, key: string, value: unknown): unknown {
  return isTypedArray(this[key]) ? null : value;
}

function typeOf(array: TypedArray): ArrayEntry['type'] {
  if (array instanceof Float32Array) return 'f32';
  if (array instanceof Uint32Array) return 'u32';
  return array instanceof Uint16Array ? 'u16' : 'u8';
}

/**
 * The message of a text or a frame; arrays are views into the frame where it allows that. Throws {@link Malformed} and
 * nothing else.
 */
export function decode(received: string | Uint8Array): unknown {
  if (typeof received === 'string') {
    const message = parseJson(received);
    checkPlain(message);
    return message;
  }
  const frame = aligned(received);
  const length = frame.length < 4 ? 0 : new DataView(frame.buffer, frame.byteOffset).getUint32(0, true);
  if (frame.length < 4 || 4 + length > frame.length) throw new Malformed('The frame is cut off.');
  const parsed = header.safeParse(parseJson(utf8(frame.subarray(4, 4 + length))));
  if (!parsed.success) throw new Malformed('The frame has no header.');
  checkPlain(parsed.data.message);
  return fill(parsed.data, frame, padded(4 + length));
}

function fill(
  { message, arrays }: z.infer<typeof header>,
  frame: Uint8Array<ArrayBuffer>,
  start: number,
): unknown {
  const end = arrays.reduce((sum, { type, length }) => sum + padded(length * bytesEach[type]), start);
  if (end !== frame.length) throw new Malformed('The frame is not as long as its arrays.');
  const root = { message };
  let at = start;
  for (const { path, type, length } of arrays) {
    put(root, ['message', ...path], makers[type](frame.buffer, frame.byteOffset + at, length));
    at += padded(length * bytesEach[type]);
  }
  return root.message;
}

/** Puts an array where null stands for it. */
function put(root: object, path: Path, array: TypedArray): void {
  let holder: unknown = root;
  for (const key of path.slice(0, -1)) holder = inside(holder, key);
  const last = path.at(-1)!;
  if (inside(holder, last) !== null) throw new Malformed('The frame puts an array where none belongs.');
  (holder as Record<string | number, unknown>)[last] = array;
}

function inside(holder: unknown, key: string | number): unknown {
  const own =
    typeof holder === 'object' &&
    holder !== null &&
    !ArrayBuffer.isView(holder) &&
    Object.hasOwn(holder, key);
  if (!own) throw new Malformed('The frame puts an array where none belongs.');
  return (holder as Record<string | number, unknown>)[key];
}

function aligned(frame: Uint8Array): Uint8Array<ArrayBuffer> {
  const usable = frame.byteOffset % 8 === 0 && frame.buffer instanceof ArrayBuffer;
  return usable ? (frame as Uint8Array<ArrayBuffer>) : new Uint8Array(frame);
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Malformed('The message is not UTF-8.');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Malformed('The message is not JSON.');
  }
}
