import { describe, expect, it } from 'vitest';
import { rasterDiscs } from '../../../src-shared/plot/disc-raster.ts';

const RED = [255, 0, 0, 255];

describe('rasterDiscs', () => {
  it('covers the area of a circle, in its colour', () => {
    const discs = {
      xs: Float32Array.of(50),
      ys: Float32Array.of(50),
      radius: 20,
      colours: Uint8Array.from(RED),
    };
    const pixels = rasterDiscs(discs, 100, 100);
    let area = 0;
    for (let i = 3; i < pixels.length; i += 4) area += pixels[i]! / 255;
    expect(area).toBeCloseTo(Math.PI * 400, -1);
    expect([...pixels.subarray(4 * (50 * 100 + 50), 4 * (50 * 100 + 50) + 4)]).toEqual(RED);
    expect(pixels[3]).toBe(0);
  });

  it('lays later discs over earlier ones, and cuts off at the edge', () => {
    const colours = Uint8Array.from([...RED, 0, 0, 255, 255]);
    const pixels = rasterDiscs(
      { xs: Float32Array.of(0, 4), ys: Float32Array.of(2, 2), radius: 3, colours },
      5,
      5,
    );
    expect([...pixels.subarray(4 * 12, 4 * 12 + 4)]).toEqual([0, 0, 255, 255]);
    expect([...pixels.subarray(4 * 10, 4 * 10 + 3)]).toEqual([255, 0, 0]);
    expect([...pixels.subarray(4 * 14, 4 * 14 + 3)]).toEqual([0, 0, 255]);
  });
});
