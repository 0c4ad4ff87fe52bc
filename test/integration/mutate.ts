import { gunzipSync, gzipSync } from 'node:zlib';
import type { Random } from '../../src-shared/maths/random.ts';

/** A way to damage the bytes of a file. */
export type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const truncate: Mutation = (bytes, random) => bytes.slice(0, random.below(bytes.length));

function flip(bytes: Uint8Array, random: Random, count: number, within: number): Uint8Array {
  const copy = bytes.slice();
  for (let i = 0; i < count; i++) copy[random.below(Math.min(within, copy.length))]! ^= 1 << random.below(8);
  return copy;
}

const flipAnywhere: Mutation = (bytes, random) => flip(bytes, random, 1 + random.below(64), bytes.length);
const flipEarly: Mutation = (bytes, random) => flip(bytes, random, 1 + random.below(8), 4096);

const blank: Mutation = (bytes, random) => {
  const copy = bytes.slice();
  const from = random.below(copy.length);
  return copy.fill(random.below(2) * 255, from, from + 1 + random.below(2048));
};

const swap: Mutation = (bytes, random) => {
  const copy = bytes.slice();
  const length = 1 + random.below(Math.min(4096, copy.length));
  const [from, to] = [random.below(copy.length - length + 1), random.below(copy.length - length + 1)];
  copy.set(bytes.subarray(from, from + length), to);
  return copy;
};

/** Overwrites an aligned word of HDF5 metadata with a size that no file has. */
const hugeNumber: Mutation = (bytes, random) => {
  const copy = bytes.slice();
  const at = random.below(Math.max(1, copy.length >> 3)) * 8;
  copy.fill(0, at, at + 8);
  copy[Math.min(copy.length - 1, at + 3 + random.below(4))] = 1 << random.below(7);
  return copy;
};

/** Changes, drops or repeats a field or line of text; for gzip, of what it holds. */
const text: Mutation = (bytes, random) => {
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const lines = Buffer.from(zipped ? gunzipSync(bytes) : bytes)
    .toString('latin1')
    .split('\n');
  const at = random.below(Math.min(lines.length, 1 + random.below(lines.length)));
  const words = lines[at]!.split(/([,\t ])/);
  const word = 2 * random.below((words.length + 1) >> 1);
  const strange = ['', 'NaN', '-3', '1e400', 'abc', '999999999999999999', '"', '1.5', '\0', '4294967297'];
  const what = random.below(4);
  if (what === 0) words[word] = strange[random.below(strange.length)]!;
  if (what === 1) words.splice(word, 2);
  lines[at] = words.join('');
  if (what === 2) lines.splice(at, 1);
  if (what === 3) lines.splice(at, 0, lines[random.below(lines.length)]!);
  const changed = Buffer.from(lines.join('\n'), 'latin1');
  return zipped ? gzipSync(changed) : changed;
};

export const binaryMutations: Readonly<Record<string, Mutation>> = {
  truncate,
  flipAnywhere,
  flipEarly,
  blank,
  swap,
  hugeNumber,
};

export const textMutations: Readonly<Record<string, Mutation>> = {
  truncate,
  flipAnywhere,
  flipEarly,
  text,
  text2: text,
};
