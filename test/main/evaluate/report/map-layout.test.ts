import { describe, expect, it } from 'vitest';
import {
  discRadius,
  mapLayout,
  occupiedArea,
  scaleBarLength,
} from '../../../../src-main/evaluate/report/map-layout.ts';
import { Random } from '../../../../src-shared/maths/random.ts';

const SIZE = { width: 844, gap: 12, density: 2 };

/** Cells on a square grid, `step` apart; those for which `keep` is false are left out. */
function grid(
  side: number,
  step: number,
  keep: (x: number, y: number) => boolean = () => true,
): Float64Array {
  const positions: number[] = [];
  for (let x = 0; x < side; x++) {
    for (let y = 0; y < side; y++) if (keep(x, y)) positions.push(x * step, y * step);
  }
  return Float64Array.from(positions);
}

describe('occupiedArea', () => {
  it('is that of a full square', () => {
    expect(occupiedArea(grid(60, 10)) / (590 * 590)).toBeCloseTo(1, 1);
  });

  it('does not count an empty three quarters', () => {
    const corner = grid(100, 1, (x, y) => x < 50 || y < 3 || x > 97);
    expect(occupiedArea(corner) / (99 * 99)).toBeLessThan(0.65);
  });

  it('of cells on a line is none', () => expect(occupiedArea(Float64Array.of(0, 0, 1, 0, 2, 0))).toBe(0));
});

describe('discRadius', () => {
  it('makes discs on a grid overlap a little, whatever the unit', () => {
    for (const step of [0.01, 1, 500]) expect(discRadius(grid(50, step)) / step).toBeCloseTo(0.58, 1);
  });
});

describe('mapLayout', () => {
  it('keeps the aspect, with y upwards', () => {
    const layout = mapLayout(Float64Array.of(0, 0, 200, 0, 0, 100, 200, 100, 100, 50), 4, SIZE);
    const { centres, width, height } = layout.raster;
    const at = (cell: number): number[] => [centres[2 * cell]!, centres[2 * cell + 1]!];
    const [origin, right, up, both] = [at(0), at(1), at(2), at(3)];
    expect(up[1]).toBeLessThan(origin[1]!);
    expect(right[0]).toBeGreaterThan(origin[0]!);
    expect((both[0]! - origin[0]!) / (origin[1]! - both[1]!)).toBeCloseTo(2, 1);
    for (const [x, y] of [origin, right, up, both]) {
      expect(x! >= 0 && x! < width && y! >= 0 && y! < height).toBe(true);
    }
  });

  it('gives wide tissue few columns and tall tissue many', () => {
    const random = new Random(1);
    const strip = (wide: number, high: number): Float64Array =>
      Float64Array.from({ length: 600 }, (_, i) => random.uniform() * (i % 2 === 0 ? wide : high));
    expect(mapLayout(strip(900, 300), 12, SIZE).columns).toBe(3);
    expect(mapLayout(strip(300, 300), 12, SIZE).columns).toBe(4);
    expect(mapLayout(strip(300, 900), 16, SIZE).columns).toBe(8);
    // Two rows of six rather than one of eight and one of four.
    expect(mapLayout(strip(300, 900), 12, SIZE).columns).toBe(6);
  });

  it('survives cells on a line, one cell, and a cell without a place', () => {
    for (const positions of [
      [0, 0, 5, 0, 9, 0],
      [3, 3],
      [0, 0, Number.NaN, 1, 4, 4],
    ]) {
      const { raster, height, width } = mapLayout(Float64Array.from(positions), 3, SIZE);
      expect(height).toBeGreaterThan(0);
      expect(height).toBeLessThanOrEqual(420);
      expect(raster.width).toBe(2 * width);
      expect(raster.disc.length).toBeGreaterThan(0);
    }
  });

  it('offers a scale bar of a nice length, a fifth to a half of the panel', () => {
    for (const size of [70, 1234, 9876]) {
      const layout = mapLayout(Float64Array.of(0, 0, size, size / 2, size, 0), 3, SIZE);
      const length = scaleBarLength(layout);
      expect(String(length)).toMatch(/^[125]0*$/u);
      const share = (length * layout.zoom) / layout.width;
      expect(share).toBeGreaterThan(0.19);
      expect(share).toBeLessThanOrEqual(0.5);
    }
  });
});
