import { describe, expect, it } from 'vitest';
import { ridgeDensities } from '../../../src-main/analysis/ridge-density.ts';
import { largestError, relativeError } from '../../helpers/statistics-reference.ts';
import { trajectoryReference } from '../../helpers/trajectory-reference.ts';

describe("ridge densities against SciPy's gaussian_kde", () => {
  const { groups, ...grid } = trajectoryReference.ridges;
  const values = groups.flatMap((group) => group.values);
  const codes = Int32Array.from(groups.flatMap((group, code) => group.values.map(() => code)));
  const ridges = ridgeDensities({ values, groups: codes, groupCount: 3 }, grid);

  it.each([0, 1, 2])('group %i', (code) => {
    const [ours, wanted] = [ridges[code]!, groups[code]!];
    expect(relativeError(ours.bandwidth, wanted.bandwidth)).toBeLessThan(1e-12);
    expect(largestError(ours.density, wanted.density)).toBeLessThan(1e-10);
    expect(ours.cells).toBe(wanted.values.length);
  });

  it('flags groups of a handful of cells', () => {
    expect(ridges.map(({ isSparse }) => isSparse)).toEqual([false, false, true]);
  });
});

describe('ridge densities at their limits', () => {
  const grid = { from: 0, to: 1, points: 5 };

  it('give none of one value, of equal ones, or of no cells', () => {
    const values = [0.5, 0.2, 0.2, Number.NaN, 0.7];
    const ridges = ridgeDensities({ values, groups: Int32Array.of(0, 1, 1, 0, -1), groupCount: 3 }, grid);
    expect(ridges.map(({ cells }) => cells)).toEqual([1, 2, 0]);
    for (const { bandwidth, density, isSparse } of ridges) {
      expect([bandwidth, isSparse, ...density]).toEqual([Number.NaN, true, 0, 0, 0, 0, 0]);
    }
  });

  it('refuse what does not fit', () => {
    expect(() => ridgeDensities({ values: [1], groups: new Int32Array(2), groupCount: 1 }, grid)).toThrow(
      RangeError,
    );
    expect(() => ridgeDensities({ values: [1], groups: Int32Array.of(1), groupCount: 1 }, grid)).toThrow(
      /group 1 of 1/,
    );
    expect(() =>
      ridgeDensities({ values: [1], groups: new Int32Array(1), groupCount: 1 }, { ...grid, points: 1 }),
    ).toThrow(/grid/);
  });
});
