import { describe, expect, it } from 'vitest';
import { categoryColour } from '../../../src-shared/plot/category-palette.ts';
import {
  fadeOutside,
  paintCategories,
  paintRgb,
  paintValues,
} from '../../../src-shared/plot/cell-colours.ts';
import { colourTable, mapColour, SEQUENTIAL } from '../../../src-shared/plot/colour-maps.ts';

const MISSING = [200, 201, 202] as const;
const painting = (order: number[]) => ({
  order: Uint32Array.from(order),
  missing: MISSING,
  target: new Uint8Array(4 * order.length),
});
const colours = ({ target }: { target: Uint8Array }): number[][] =>
  Array.from({ length: target.length / 4 }, (_, i) => [...target.subarray(4 * i, 4 * i + 4)]);

/** Lightness as the eye sees it (CIE L*). */
function lightness([red, green, blue]: readonly number[]): number {
  const linear = [red!, green!, blue!].map((c) =>
    c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
  );
  const y = 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

describe('colour maps', () => {
  it.each(SEQUENTIAL)('%s grows lighter or darker all the way, so that it is read without hues', (name) => {
    const steps = Array.from({ length: 64 }, (_, i) => lightness(mapColour(name, i / 63)));
    const rise = Math.sign(steps.at(-1)! - steps[0]!);
    for (let i = 1; i < steps.length; i++) expect(rise * (steps[i]! - steps[i - 1]!)).toBeGreaterThan(-0.4);
    expect(Math.abs(steps.at(-1)! - steps[0]!)).toBeGreaterThan(65);
  });

  it('the difference is white in the middle, and as dark at both ends', () => {
    expect(Math.min(...mapColour('difference', 0.5))).toBeGreaterThan(240);
    expect(
      Math.abs(lightness(mapColour('difference', 0)) - lightness(mapColour('difference', 1))),
    ).toBeLessThan(8);
  });

  it('have the published ends', () => {
    expect(mapColour('magma', 1)).toEqual([0xfc, 0xfd, 0xbf]);
    expect(mapColour('cividis', 0)).toEqual([0x00, 0x22, 0x4e]);
    expect(mapColour('viridis', 0)).toEqual([0x44, 0x01, 0x54]);
  });
});

describe('paintValues', () => {
  it('clips at the limits, draws in the given order, and leaves missing values grey', () => {
    const cells = painting([3, 0, 1, 2, 4]);
    paintValues(cells, Float32Array.of(0, 5, NaN, 10, 99), colourTable('viridis'), [2, 10]);
    const [first, last] = [mapColour('viridis', 0), mapColour('viridis', 1)];
    expect(colours(cells)).toEqual([
      [...last, 255],
      [...first, 255],
      [...mapColour('viridis', 3 / 8), 255],
      [...MISSING, 255],
      [...last, 255],
    ]);
  });

  it('gives every cell the first colour where the limits are one value', () => {
    const cells = painting([0, 1]);
    paintValues(cells, Float32Array.of(4, 4), colourTable('magma'), [4, 4]);
    expect(colours(cells)).toEqual([
      [...mapColour('magma', 0), 255],
      [...mapColour('magma', 0), 255],
    ]);
  });
});

describe('paintRgb', () => {
  it('mixes two or three genes as light; a cell without any value is grey', () => {
    const cells = painting([0, 1, 2]);
    const limits = [
      [0, 10],
      [0, 4],
    ] as const;
    paintRgb(cells, [Float32Array.of(10, 0, NaN), Float32Array.of(2, 9, NaN)], limits);
    expect(colours(cells)).toEqual([
      [255, 128, 0, 255],
      [0, 255, 0, 255],
      [...MISSING, 255],
    ]);
  });
});

describe('paintCategories and fadeOutside', () => {
  it('colours by code; what is missing or muted is grey', () => {
    const cells = painting([0, 1, 2, 3]);
    paintCategories(cells, Uint16Array.of(1, 0, 65_535, 2), 3, new Set([2]));
    expect(colours(cells).map((colour) => colour.slice(0, 3))).toEqual([
      [...categoryColour(1)],
      [...categoryColour(0)],
      [...MISSING],
      [...MISSING],
    ]);
  });

  it('fades the cells that are not selected towards the ground and no other', () => {
    const cells = painting([1, 0]);
    paintCategories(cells, Uint16Array.of(0, 0), 1);
    fadeOutside(cells, Uint8Array.of(0, 1), [255, 255, 255], 0);
    expect(colours(cells)).toEqual([
      [...categoryColour(0), 255],
      [255, 255, 255, 255],
    ]);
  });
});

describe('categoryColour', () => {
  it('tells the first 12 apart, and 24 by shade', () => {
    const first = Array.from({ length: 24 }, (_, code) => categoryColour(code).join());
    expect(new Set(first).size).toBe(24);
  });
});
