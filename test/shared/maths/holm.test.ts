import { describe, expect, it } from 'vitest';
import { benjaminiHochberg, holm } from '../../../src-shared/maths/holm.ts';
import { hasFixtures, needsFixtures, readFixture } from '../../helpers/shared-folder.ts';
import type { Golden } from '../../helpers/shared-folder.ts';
import { largestError, statisticsReference } from '../../helpers/statistics-reference.ts';

describe('adjusted p-values against statsmodels', () => {
  it.each(statisticsReference.adjustments)('of $p.length tests', (wanted) => {
    expect(largestError(holm(wanted.p), wanted.holm)).toBeLessThan(1e-14);
    expect(largestError(benjaminiHochberg(wanted.p), wanted.benjaminiHochberg)).toBeLessThan(1e-14);
  });
});

describe('adjusted p-values by hand', () => {
  it('Holm: 3 × 0.01, then 2 × 0.03, then not below that', () => {
    const adjusted = [...holm([0.04, 0.01, 0.03])];
    expect(adjusted.map((p) => p.toFixed(12))).toEqual([
      '0.060000000000',
      '0.030000000000',
      '0.060000000000',
    ]);
  });

  it('Benjamini–Hochberg: 3/3 × 0.04 bounds the smaller ones', () => {
    const adjusted = [...benjaminiHochberg([0.04, 0.01, 0.035])];
    expect(adjusted.map((p) => p.toFixed(12))).toEqual([
      '0.040000000000',
      '0.030000000000',
      '0.040000000000',
    ]);
  });

  it.each([holm, benjaminiHochberg])('a NaN is no test: $name', (adjust) => {
    const [first, missing, second] = adjust([0.02, Number.NaN, 0.5]);
    expect([first, second]).toEqual([...adjust([0.02, 0.5])]);
    expect(missing).toBeNaN();
    expect([...adjust([])]).toEqual([]);
  });

  it.each([holm, benjaminiHochberg])('refuses what is no probability: $name', (adjust) => {
    expect(() => adjust([0.1, 1.5])).toThrow(RangeError);
    expect(() => adjust([-0.1])).toThrow(RangeError);
  });
});

interface Stats {
  benjamini_hochberg: { name: string; p: Golden; q: Golden }[];
}

describe.skipIf(!hasFixtures)(`Benjamini–Hochberg against the golden numbers ${needsFixtures}`, () => {
  it('within 1e-9', () => {
    const { benjamini_hochberg: cases } = readFixture<Stats>('stats');
    expect(cases).toHaveLength(5);
    for (const { name, p, q } of cases) {
      expect(largestError(benjaminiHochberg(p.data), q.data), name).toBeLessThan(1e-9);
    }
  });
});
