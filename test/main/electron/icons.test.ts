import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../helpers/spagene.ts';

interface Icons {
  readonly pngSizes: number[];
  readonly ico: (pngOf: (size: number) => Buffer) => Buffer;
  readonly icns: (pngOf: (size: number) => Buffer) => Buffer;
  readonly drawer: (svg: string) => (size: number) => Buffer;
  readonly loadDrawing: () => Promise<void>;
}

let icons: Icons;
let pngOf: (size: number) => Buffer;
const asset = (name: string) => readFileSync(join(root, 'assets', name));

beforeAll(async () => {
  icons = (await import(join(root, 'scripts', 'make-icons.mjs'))) as Icons;
  await icons.loadDrawing();
  pngOf = icons.drawer(asset('icon.svg').toString('utf8'));
});

describe('the icons', () => {
  it('are those of the SVGs', () => {
    for (const size of icons.pngSizes)
      expect(asset(`icons/${size}x${size}.png`).equals(pngOf(size)), `${size}`).toBe(true);
    expect(asset('icon.ico').equals(icons.ico(pngOf))).toBe(true);
    expect(asset('icon.icns').equals(icons.icns(pngOf))).toBe(true);
    const document = icons.drawer(asset('document.svg').toString('utf8'));
    expect(asset('document.ico').equals(icons.ico(document))).toBe(true);
    expect(asset('document.icns').equals(icons.icns(document))).toBe(true);
  });

  it('hold in the .ico bitmaps with the pixels of the picture, from below, and one PNG', () => {
    const file = asset('icon.ico');
    expect([file.readUInt16LE(0), file.readUInt16LE(2), file.readUInt16LE(4)]).toEqual([0, 1, 9]);
    const entries = Array.from({ length: 9 }, (_, i) => {
      const at = 6 + 16 * i;
      return {
        size: file.readUInt8(at) || 256,
        bytes: file.readUInt32LE(at + 8),
        offset: file.readUInt32LE(at + 12),
      };
    });
    expect(entries.map(({ size }) => size)).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256]);
    const { bytes, offset } = entries[5]!;
    expect(bytes).toBe(40 + 48 * 48 * 4 + 48 * 8);
    const { data } = decode(pngOf(48));
    for (const [x, y] of [
      [24, 24],
      [12, 30],
      [0, 0],
      [30, 40],
    ] as const) {
      const at = offset + 40 + 4 * ((47 - y) * 48 + x);
      const [red, green, blue, alpha] = data.subarray(4 * (y * 48 + x), 4 * (y * 48 + x) + 4);
      expect([...file.subarray(at, at + 4)], `${x} ${y}`).toEqual([blue, green, red, alpha]);
    }
    const largest = entries.at(-1)!;
    expect(decode(file.subarray(largest.offset, largest.offset + largest.bytes)).width).toBe(256);
    expect(largest.offset + largest.bytes).toBe(file.length);
  });

  it('hold in the .icns a PNG of the right size under every type', () => {
    const file = asset('icon.icns');
    expect([file.toString('latin1', 0, 4), file.readUInt32BE(4)]).toEqual(['icns', file.length]);
    const widths: Record<string, number> = {};
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4))
      widths[file.toString('latin1', at, at + 4)] = decode(
        file.subarray(at + 8, at + file.readUInt32BE(at + 4)),
      ).width;
    // As Apple's iconutil names them.
    expect(widths).toEqual({
      icp4: 16,
      icp5: 32,
      icp6: 64,
      ic07: 128,
      ic08: 256,
      ic09: 512,
      ic10: 1024,
      ic11: 32,
      ic12: 64,
      ic13: 256,
      ic14: 512,
    });
  });

  it('are round in their corners and full in the middle', () => {
    const { data, width } = decode(pngOf(256));
    const alpha = (x: number, y: number) => data[4 * (y * width + x) + 3];
    expect([alpha(0, 0), alpha(30, 30), alpha(128, 128)]).toEqual([0, 0, 255]);
  });
});
