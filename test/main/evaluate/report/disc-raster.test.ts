import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { discOffsets, LEVELS, palettePng, splat } from '../../../../src-main/evaluate/report/disc-raster.ts';

describe('discOffsets', () => {
  it.each([
    [0.7, 1],
    [1, 5],
    [1.5, 9],
    [2, 13],
    [2.3, 21],
  ])('a radius of %d covers %d pixels', (radius, pixels) => {
    expect(discOffsets(radius).length / 2).toBe(pixels);
  });
});

describe('splat and palettePng', () => {
  const layout = { width: 6, height: 4, centres: Int32Array.of(0, 0, 3, 2, 3, 2), disc: discOffsets(1) };

  it('clips discs at the edge and lets the last cell win', () => {
    const pixels = splat(layout, Uint8Array.of(9, 20, 30), Int32Array.of(0, 1, 2));
    expect([pixels[0], pixels[1], pixels[6], pixels[7]]).toEqual([10, 10, 10, 0]);
    expect(pixels[2 * 6 + 3]).toBe(31);
    expect(splat(layout, Uint8Array.of(9, 20, 30), Int32Array.of(2, 1, 0))[2 * 6 + 3]).toBe(21);
    expect(pixels.filter((index) => index > 0)).toHaveLength(3 + 5);
  });

  it('is a PNG with a transparent ground and viridis above it', () => {
    const pixels = Uint8Array.of(0, 1, LEVELS, 0);
    const image = decode(palettePng(2, 2, pixels));
    expect([image.width, image.height, image.channels, image.depth]).toEqual([2, 2, 1, 8]);
    expect([...image.data]).toEqual([...pixels]);
    expect(image.palette![0]![3]).toBe(0);
    expect(image.palette![1]!.slice(0, 3)).toEqual([68, 1, 84]);
    expect(image.palette![LEVELS]!.slice(0, 3)).toEqual([253, 231, 37]);
  });
});
