import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { readTensors, writeTensors, type StoredTensor } from '../../../src-main/io/safetensors.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spagene-tensors-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tensors = new Map<string, StoredTensor>([
  ['w', { shape: [2, 3], data: Float32Array.of(1.5, -2, NaN, 3e38, 0, 1e-40) }],
  ['flags', { shape: [3], data: Uint8Array.of(0, 128, 255) }],
  ['rows', { shape: [2, 1, 1], data: Int32Array.of(-2147483648, 7) }],
  ['scalar', { shape: [], data: Float32Array.of(4) }],
  ['none', { shape: [0, 5], data: new Float32Array(0) }],
  ['__proto__', { shape: [1], data: Int32Array.of(9) }],
]);
const metadata = { epoch: '12', note: 'müde' };

const write = async (name: string): Promise<string> => {
  const path = join(folder, name);
  await writeTensors(path, tensors, metadata);
  return path;
};
const messageOf = async (path: string): Promise<string> => {
  const error: unknown = await readTensors(path).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).place.file).toBe(path);
  return (error as UserError).message;
};
/** A file put together by hand from the public description of the layout. */
const byHand = (name: string, header: unknown, data: Uint8Array): string => {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([length, json, data]));
  return path;
};
const tensor = (begin: number, end: number, more: object = {}): object => ({
  dtype: 'F32',
  shape: [(end - begin) / 4],
  data_offsets: [begin, end],
  ...more,
});

test('what was written is read, bit for bit', async () => {
  const read = await readTensors(await write('same'));
  expect(read.metadata).toEqual(metadata);
  expect([...read.tensors]).toEqual([...tensors]);
});

test('the layout is that of safetensors', async () => {
  const bytes = readFileSync(await write('layout'));
  const length = Number(bytes.readBigUInt64LE());
  expect(length % 8).toBe(0);
  const header = JSON.parse(bytes.subarray(8, 8 + length).toString()) as Record<string, unknown>;
  expect(header['w']).toEqual({ dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] });
  expect(header['flags']).toEqual({ dtype: 'U8', shape: [3], data_offsets: [24, 27] });
  expect(header['rows']).toEqual({ dtype: 'I32', shape: [2, 1, 1], data_offsets: [27, 35] });
  expect(bytes.readFloatLE(8 + length)).toBe(1.5);
  expect(bytes.readInt32LE(8 + length + 27)).toBe(-2147483648);
  expect(bytes.length).toBe(8 + length + 43);
});

test('the checksum is the sha256 of the header without it and of the data', async () => {
  const data = Uint8Array.of(0, 0, 128, 63);
  const unsigned = { __metadata__: { a: 'b' }, x: tensor(0, 4) };
  const sha256 = createHash('sha256').update(JSON.stringify(unsigned)).update(data).digest('hex');
  const path = byHand('hand', { ...unsigned, __metadata__: { a: 'b', sha256 } }, data);
  const read = await readTensors(path);
  expect(read.tensors.get('x')).toEqual({ shape: [1], data: Float32Array.of(1) });
  expect(read.metadata).toEqual({ a: 'b' });
});

test('every truncation and every flipped bit is noticed', async () => {
  const good = readFileSync(await write('whole'));
  const path = join(folder, 'broken');
  for (let size = 0; size < good.length; size += 7) {
    writeFileSync(path, good.subarray(0, size));
    await messageOf(path);
  }
  let unnoticed = 0;
  for (let at = 0; at < good.length; at++) {
    const bad = Buffer.from(good);
    bad[at]! ^= 1 << (at % 8);
    writeFileSync(path, bad);
    const read = await readTensors(path).catch((error: unknown) => error);
    if (!(read instanceof UserError)) unnoticed++;
  }
  // A space of the padding may become another character that JSON skips; nothing else may pass.
  expect(unnoticed).toBeLessThanOrEqual(1);
});

describe('foreign and damaged files', () => {
  const huge = { dtype: 'F32', shape: [2 ** 40, 2 ** 8], data_offsets: [0, 2 ** 50] };
  test.each<[string, unknown, RegExp]>([
    ['not JSON', '{nonsense', /header is not JSON/],
    ['an array', [], /not a JSON object/],
    ['a type unknown here', { x: { dtype: 'F16', shape: [2], data_offsets: [0, 4] } }, /tensor x/],
    ['a negative size', { x: { dtype: 'F32', shape: [-1], data_offsets: [0, -4] } }, /tensor x/],
    ['a shape beyond its bytes', { x: tensor(0, 4, { shape: [2] }) }, /shape of tensor x/],
    ['an overlap', { x: tensor(0, 4), y: tensor(0, 4) }, /tensor y does not start/],
    ['a gap', { y: tensor(4, 8) }, /tensor y does not start/],
    ['petabytes', { x: huge }, /truncated: it has \d+ bytes of/],
    ['bytes left over', { x: tensor(0, 0) }, /follow the last tensor/],
    ['metadata that is not text', { __metadata__: { a: 1 }, x: tensor(0, 4) }, /metadata/],
    ['no checksum', { x: tensor(0, 4) }, /no checksum/],
    ['a wrong checksum', { __metadata__: { sha256: '00' }, x: tensor(0, 4) }, /damaged/],
  ])('%s', async (name, header, expected) => {
    expect(await messageOf(byHand(name, header, new Uint8Array(4)))).toMatch(expected);
  });

  test('a file of another kind, an empty one, none at all', async () => {
    const path = join(folder, 'csv');
    writeFileSync(path, 'cell,gene\n'.repeat(10));
    expect(await messageOf(path)).toContain('is not a tensor file of SpaGene');
    writeFileSync(path, '');
    expect(await messageOf(path)).toContain('it has only 0 bytes');
    expect(await messageOf(join(folder, 'absent'))).toContain('is not there');
  });
});

test('a shape that does not hold the data is refused and leaves nothing', async () => {
  const own = mkdtempSync(join(folder, 'own-'));
  const wrong = new Map([['x', { shape: [3], data: new Float32Array(2) }]]);
  await expect(writeTensors(join(own, 'x'), wrong)).rejects.toThrow(RangeError);
  expect(readdirSync(own)).toEqual([]);
});
