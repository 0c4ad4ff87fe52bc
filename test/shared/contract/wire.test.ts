import { describe, expect, it } from 'vitest';
import { Malformed } from '../../../src-shared/contract/plain.ts';
import { decode, encode } from '../../../src-shared/contract/wire.ts';

const header = (content: unknown, data = new Uint8Array()): Uint8Array => {
  const head = new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
  const start = Math.ceil((4 + head.length) / 8) * 8;
  const frame = new Uint8Array(start + data.length);
  new DataView(frame.buffer).setUint32(0, head.length, true);
  frame.set(head, 4);
  frame.set(data, start);
  return frame;
};

describe('messages on the wire', () => {
  it('without arrays are JSON text', () => {
    const message = { id: 3, call: 'app:info', args: { a: [1, -0.5, null, true, 'é😀'] } };
    expect(encode(message)).toBe(JSON.stringify(message));
    expect(decode(encode(message) as string)).toEqual(message);
    expect(encode({ a: 1, b: undefined })).toBe('{"a":1}');
  });

  it('carry arrays of every type and length, special values and offsets included', () => {
    const backing = new Float32Array([9, 1.5, Number.NaN, -Infinity, 7]);
    const message = {
      id: 1,
      ok: true,
      value: {
        values: backing.subarray(1, 4),
        none: null,
        list: [new Uint32Array([0, 2 ** 32 - 1]), { codes: new Uint16Array([65_535, 1, 2]) }],
        bytes: Uint8Array.of(1, 2, 3, 4, 5),
        empty: new Float32Array(),
      },
    };
    const frame = encode(message) as Uint8Array;
    expect(frame).toBeInstanceOf(Uint8Array);
    expect(decode(frame)).toEqual(message);
    // Any place in a larger buffer, as a socket's buffers have.
    for (const shift of [1, 3, 8]) {
      const moved = new Uint8Array(frame.length + shift);
      moved.set(frame, shift);
      expect(decode(moved.subarray(shift))).toEqual(message);
    }
  });

  it('are laid out as documented', () => {
    const frame = encode({ v: new Uint16Array([0x0102, 0x0304, 0x0506]) }) as Uint8Array;
    const length = new DataView(frame.buffer).getUint32(0, true);
    const text = new TextDecoder().decode(frame.subarray(4, 4 + length));
    expect(JSON.parse(text)).toEqual({
      message: { v: null },
      arrays: [{ path: ['v'], type: 'u16', length: 3 }],
    });
    const start = Math.ceil((4 + length) / 8) * 8;
    expect([...frame.subarray(start)]).toEqual([2, 1, 4, 3, 6, 5, 0, 0]);
  });

  it('may be a bare array, or a Buffer, which knows JSON of its own', () => {
    expect(decode(encode(Float32Array.of(1, 2)) as Uint8Array)).toEqual(Float32Array.of(1, 2));
    const decoded = decode(encode({ bytes: Buffer.from([1, 2, 3]) }));
    expect(decoded).toEqual({ bytes: Uint8Array.of(1, 2, 3) });
  });

  it.each([
    ['NaN', { value: Number.NaN }],
    ['Infinity', [1, Infinity]],
    ['a Map', { value: new Map() }],
    ['a Date', { value: new Date() }],
    ['a function', { value: () => 1 }],
    ['a bigint', { value: 1n }],
    ['undefined in a list', [undefined]],
    ['other arrays', { value: new Float64Array(2) }],
  ])('never hold %s', (_, message) => {
    expect(() => encode(message)).toThrow(Malformed);
  });

  it('end at a depth of 64, also when they go round in a circle', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
    expect(decode(JSON.stringify(nested(64)))).toEqual(nested(64));
    expect(() => decode(JSON.stringify(nested(65)))).toThrow(Malformed);
    expect(() => decode(`${'['.repeat(500_000)}${']'.repeat(500_000)}`)).toThrow(Malformed);
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(() => encode(circle)).toThrow(Malformed);
  });

  const array = { path: ['v'], type: 'f32', length: 2 };
  it.each<[string, string | Uint8Array]>([
    ['no JSON', '{'],
    ['a number too large for JSON', '{"a":1e999}'],
    ['__proto__', '{"a":{"__proto__":{"b":1}}}'],
    ['an empty frame', new Uint8Array()],
    ['three bytes', new Uint8Array(3)],
    ['a header longer than the frame', Uint8Array.of(255, 255, 255, 255, 1, 2, 3, 4)],
    ['a header that is not UTF-8', Uint8Array.of(4, 0, 0, 0, 0xff, 0xfe, 0x22, 0x22)],
    ['a header that is no JSON', header('{"message":')],
    ['no arrays', header({ message: {} })],
    ['other keys', header({ message: {}, arrays: [], more: 1 })],
    [
      'an unknown type',
      header({ message: { v: null }, arrays: [{ ...array, type: 'f64' }] }, new Uint8Array(16)),
    ],
    [
      'a negative length',
      header({ message: { v: null }, arrays: [{ ...array, length: -2 }] }, new Uint8Array(8)),
    ],
    [
      'a broken length',
      header({ message: { v: null }, arrays: [{ ...array, length: 1.5 }] }, new Uint8Array(8)),
    ],
    ['too few bytes', header({ message: { v: null }, arrays: [array] }, new Uint8Array(7))],
    ['too many bytes', header({ message: { v: null }, arrays: [array] }, new Uint8Array(16))],
    [
      'a huge length',
      header({ message: { v: null }, arrays: [{ ...array, length: 2 ** 50 }] }, new Uint8Array(8)),
    ],
    ['a place that is taken', header({ message: { v: 1 }, arrays: [array] }, new Uint8Array(8))],
    ['a place that is not there', header({ message: {}, arrays: [array] }, new Uint8Array(8))],
    ['two arrays in one place', header({ message: { v: null }, arrays: [array, array] }, new Uint8Array(16))],
    [
      'an array inside an array',
      header({ message: { v: null }, arrays: [array, { ...array, path: ['v', 0] }] }, new Uint8Array(16)),
    ],
    [
      'a place in the prototype',
      header({ message: {}, arrays: [{ ...array, path: ['constructor'] }] }, new Uint8Array(8)),
    ],
    ['__proto__ in a header', header('{"message":{"__proto__":{"v":null}},"arrays":[]}')],
  ])('with %s are refused', (_, received) => {
    expect(() => decode(received)).toThrow(Malformed);
  });

  it('cut off anywhere are refused, and any changed byte is refused or read, never an error of another kind', () => {
    const frame = encode({
      id: 4,
      value: { a: Float32Array.of(1, 2, 3), b: [Uint8Array.of(7)] },
    }) as Uint8Array;
    for (let length = 0; length < frame.length; length += 1) {
      expect(() => decode(frame.subarray(0, length)), String(length)).toThrow(Malformed);
    }
    for (let at = 0; at < frame.length; at += 1) {
      const changed = frame.slice();
      changed[at] = changed[at]! ^ 0x55;
      try {
        decode(changed);
      } catch (error) {
        expect(error, String(at)).toBeInstanceOf(Malformed);
      }
    }
  });
});
