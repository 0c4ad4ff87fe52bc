import { describe, expect, it } from 'vitest';
import { scaled, sizeFactors, UNITS, unscaled, usesLibrarySize } from '../../../src-main/preprocess/scale.ts';
import type { Normalisation } from '../../../src-main/preprocess/scale.ts';

const all = Object.keys(UNITS) as Normalisation[];

describe('normalisation', () => {
  it.each([
    ['sqrt', 3],
    ['log', Math.log(10)],
    ['library-sqrt', 6],
    ['library-log', Math.log(37)],
    ['none', 9],
  ] as const)('%s of 9 counts in a cell with factor 4', (normalisation, expected) => {
    expect(scaled(9, normalisation, 4)).toBeCloseTo(expected, 14);
  });

  it.each(all)('%s leaves zero at zero and can be undone', (normalisation) => {
    expect(scaled(0, normalisation, 2.5)).toBe(0);
    for (const count of [0, 0.3, 1, 1234]) {
      expect(unscaled(scaled(count, normalisation, 2.5), normalisation, 2.5)).toBeCloseTo(count, 9);
    }
    expect(unscaled(-0.4, normalisation, 2.5)).toBe(0);
  });

  it('knows which of them need library sizes', () => {
    expect(all.filter(usesLibrarySize)).toEqual(['library-sqrt', 'library-log']);
  });

  it('size factors bring every total to the target; empty cells stay', () => {
    expect([...sizeFactors(Float64Array.of(10, 20, 40), 'median')]).toEqual([2, 1, 0.5]);
    expect([...sizeFactors(Float64Array.of(10, 0), 1e4)]).toEqual([1000, 1]);
  });
});
