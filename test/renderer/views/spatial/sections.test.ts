import { describe, expect, it } from 'vitest';
import { arrangeSections } from '../../../../src-renderer/views/spatial/sections.ts';

describe('arrangeSections', () => {
  it('leaves sections where they are when they lie apart', () => {
    const xy = Float32Array.of(0, 0, 10, 10, 100, 0, 110, 10);
    expect(arrangeSections(xy, Uint16Array.of(0, 0, 1, 1), 2)).toEqual({ xy, isMoved: false });
    expect(arrangeSections(xy, null, 1).isMoved).toBe(false);
  });

  it('sets sections that lie over each other apart, each unchanged in itself', () => {
    const xy = Float32Array.of(0, 0, 10, 10, 1, 1, 9, 11, NaN, NaN);
    const { xy: moved, isMoved } = arrangeSections(xy, Uint16Array.of(0, 0, 1, 1, 1), 2);
    expect(isMoved).toBe(true);
    expect(moved[6]! - moved[4]!).toBeCloseTo(8, 4);
    expect(moved[7]! - moved[5]!).toBeCloseTo(10, 4);
    expect(moved[4]! > moved[2]! || moved[5]! > moved[3]!).toBe(true);
    expect(moved[8]).toBeNaN();
    expect([...xy.subarray(4, 6)]).toEqual([1, 1]);
  });
});
