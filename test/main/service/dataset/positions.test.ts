import { describe, expect, it } from 'vitest';
import { samplePositions } from '../../../../src-main/service/dataset/positions.ts';

const coordinates = (values: Float64Array, dimensions = 2) =>
  ({ source: 's', dimensions, values, unit: 'pixel' }) as const;

describe('samplePositions', () => {
  it('leaves out cells without a position and a third dimension', () => {
    const found = samplePositions(coordinates(Float64Array.of(1, 2, 9, NaN, 4, 9, 5, 6, 9), 3));
    expect([...found!.xy]).toEqual([1, 2, 5, 6]);
    expect(samplePositions(coordinates(Float64Array.of(NaN, NaN)))).toBeNull();
    expect(samplePositions(undefined)).toBeNull();
  });

  it('draws 20,000 different cells, the same every time, from all over', () => {
    const values = Float64Array.from({ length: 200_000 }, (_, i) => (i % 2 === 0 ? i / 2 : 0));
    const first = samplePositions(coordinates(values))!.xy;
    expect(first).toEqual(samplePositions(coordinates(values))!.xy);
    const cells = first.filter((_, i) => i % 2 === 0);
    expect(new Set(cells).size).toBe(20_000);
    // Uniform over 100,000 cells: the mean is known to within five standard errors.
    const mean = cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
    expect(Math.abs(mean - 50_000)).toBeLessThan((5 * 100_000) / Math.sqrt(12 * 20_000));
  });
});
