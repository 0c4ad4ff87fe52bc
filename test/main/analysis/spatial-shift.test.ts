import { describe, expect, it } from 'vitest';
import { spatialShifts } from '../../../src-main/analysis/spatial-shift.ts';
import type { SpatialShifts } from '../../../src-main/analysis/spatial-shift.ts';
import { moran, spatialWeights } from '../../../src-shared/maths/moran.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { mean, median, range } from '../../../src-shared/maths/statistics.ts';
import { scattered, smoothField } from '../../helpers/smooth-field.ts';

/** One list of values a copy. */
function allCopies(shifts: SpatialShifts, cells: number): Float32Array[] {
  const rows = new Float32Array(cells * shifts.copies);
  shifts.write(0, cells, rows);
  return Array.from({ length: shifts.copies }, (_, copy) =>
    Float32Array.from({ length: cells }, (_, cell) => rows[cell * shifts.copies + copy]!),
  );
}

/** A lattice of points one apart. */
function lattice(columns: number, rows: number): Float64Array {
  return Float64Array.from({ length: 2 * columns * rows }, (_, i) =>
    i % 2 === 0 ? (i >> 1) % columns : Math.floor((i >> 1) / columns),
  );
}

describe('copies shifted in space', () => {
  const random = new Random(5);
  const points = scattered(800, random);
  const values = smoothField(points, 0.12, random);
  const positions = { dimensions: 2, values: points };

  it('are as autocorrelated as the number itself, which shuffled values are not', () => {
    const weights = spatialWeights(positions);
    const observed = moran(values, weights)!.i;
    const copies = allCopies(spatialShifts(values, positions, undefined, 60, new Random(1)), 800);
    const i = copies.map((copy) => moran(copy, weights)!.i);
    expect(Math.abs(median(i) - observed)).toBeLessThan(0.05);
    expect(range(i).min).toBeGreaterThan(0.85 * observed);
    expect(moran(random.shuffle([...values]), weights)!.i).toBeLessThan(0.2 * observed);
  });

  it('hold only values of the number, differ, and follow from the seed', () => {
    const make = (seed: number): Float32Array[] =>
      allCopies(spatialShifts(values, positions, undefined, 5, new Random(seed)), 800);
    const copies = make(1);
    const known = new Set(Float32Array.from(values));
    for (const copy of copies) expect(copy.every((value) => known.has(value))).toBe(true);
    expect(copies[0]).not.toEqual(copies[1]);
    expect(make(1)).toEqual(copies);
    expect(make(2)).not.toEqual(copies);
  });

  it('come in blocks of cells as they come at once', () => {
    const shifts = spatialShifts(values, positions, undefined, 7, new Random(1));
    const whole = new Float32Array(800 * 7);
    shifts.write(0, 800, whole);
    const part = new Float32Array(50 * 7);
    shifts.write(333, 50, part);
    expect(part).toEqual(whole.subarray(333 * 7, 383 * 7));
  });

  it('a copy of a lattice is the lattice moved and folded: neighbours stay neighbours', () => {
    const columns = Float64Array.from({ length: 20 * 15 }, (_, i) => i % 20);
    const place = { dimensions: 2, values: lattice(20, 15) };
    for (const copy of allCopies(spatialShifts(columns, place, undefined, 20, new Random(2)), 300)) {
      const steps = [...copy].slice(1, 20).map((value, i) => Math.abs(value - copy[i]!));
      expect(Math.max(...steps)).toBeLessThanOrEqual(2);
      expect(Math.abs(mean(steps) - 1)).toBeLessThan(0.1);
      for (let i = 20; i < 300; i++) expect(copy[i]).toBe(copy[i - 20]);
    }
  });

  it('sections keep their values to themselves', () => {
    const sections = Array.from({ length: 800 }, (_, i) => (i % 3) * 7);
    const ours = Float64Array.from({ length: 800 }, (_, i) => (i % 3) * 100 + values[i]!);
    for (const copy of allCopies(spatialShifts(ours, positions, sections, 10, new Random(1)), 800)) {
      expect(copy.every((value, i) => Math.abs(value - (i % 3) * 100) < 50)).toBe(true);
    }
  });
});

describe('odd sections', () => {
  it.each([
    ['one cell', [3, 3]],
    ['cells at one place', [3, 3, 3, 3, 3, 3]],
    ['cells on a line', [0, 5, 1, 5, 2, 5, 3, 5, 10, 5]],
    ['two far apart', [0, 0, 1e9, 1e-9]],
  ])('%s', (_, values) => {
    const number = Float64Array.from({ length: values.length / 2 }, (_, i) => i);
    const shifts = spatialShifts(number, { dimensions: 2, values }, undefined, 50, new Random(1));
    const known = new Set(number);
    for (const copy of allCopies(shifts, number.length)) {
      expect(copy.every((value) => known.has(value))).toBe(true);
    }
  });

  it('lists of different lengths are refused', () => {
    const positions = { dimensions: 2, values: [0, 0, 1, 1] };
    const random = new Random(1);
    expect(() => spatialShifts([1], positions, undefined, 3, random)).toThrow(RangeError);
    expect(() => spatialShifts([1, 2], positions, [0], 3, random)).toThrow(RangeError);
    expect(() => spatialShifts([1, 2], { dimensions: 1, values: [0, 1] }, undefined, 3, random)).toThrow(
      RangeError,
    );
  });
});
