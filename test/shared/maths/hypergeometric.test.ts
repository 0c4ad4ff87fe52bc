import { describe, expect, it } from 'vitest';
import { hypergeometricUpperTail, logHypergeometric } from '../../../src-shared/maths/hypergeometric.ts';
import { pathwaysReference } from '../../helpers/pathways-reference.ts';
import { relativeError } from '../../helpers/statistics-reference.ts';

describe('the upper tail against exact fractions and SciPy', () => {
  it.each(pathwaysReference.tails)('at least $k of $n drawn from $N with $K marked', (wanted) => {
    const p = hypergeometricUpperTail(wanted.k, wanted.N, wanted.K, wanted.n);
    expect(relativeError(p, wanted.p)).toBeLessThan(1e-11);
    expect(relativeError(p, wanted.scipy)).toBeLessThan(1e-10);
  });
});

describe('the upper tail by hand', () => {
  it('two marked of four, two drawn: both marked in one of six ways', () => {
    expect(hypergeometricUpperTail(2, 4, 2, 2)).toBeCloseTo(1 / 6, 14);
    expect(hypergeometricUpperTail(1, 4, 2, 2)).toBeCloseTo(5 / 6, 14);
  });

  it('outside of what can happen', () => {
    expect(hypergeometricUpperTail(-3, 10, 4, 4)).toBe(1);
    expect(hypergeometricUpperTail(5, 10, 4, 8)).toBe(0);
    // Eight of ten drawn with seven marked: five at least.
    expect(hypergeometricUpperTail(5, 10, 7, 8)).toBe(1);
    expect(hypergeometricUpperTail(1, 10, 0, 5)).toBe(0);
    expect(hypergeometricUpperTail(1, 10, 5, 0)).toBe(0);
    expect(hypergeometricUpperTail(5, 10, 5, 10)).toBe(1);
    expect(hypergeometricUpperTail(0, 0, 0, 0)).toBe(1);
  });

  it('is the same with the drawn and the marked exchanged', () => {
    const tail = hypergeometricUpperTail(12, 5000, 40, 600);
    expect(relativeError(hypergeometricUpperTail(12, 5000, 600, 40), tail)).toBeLessThan(1e-12);
  });

  it('does not run to 0 before 1e-300', () => {
    // 1 / (40,000 choose 75)
    const p = hypergeometricUpperTail(75, 40_000, 75, 75);
    let log = 0;
    for (let i = 0; i < 75; i++) log += Math.log10((75 - i) / (40_000 - i));
    expect(Math.log10(p)).toBeCloseTo(log, 9);
    expect(p).toBeLessThan(1e-230);
    expect(logHypergeometric(400, 60_000, 400, 400)).toBeLessThan(-2000);
  });

  it('refuses what cannot be drawn', () => {
    expect(() => hypergeometricUpperTail(1, 10, 11, 3)).toThrow(RangeError);
    expect(() => hypergeometricUpperTail(1, 10, 3, 11)).toThrow(RangeError);
    expect(() => hypergeometricUpperTail(1, 10.5, 3, 2)).toThrow(RangeError);
    expect(() => hypergeometricUpperTail(Number.NaN, 10, 3, 2)).toThrow(RangeError);
  });
});
