import { describe, expect, it } from 'vitest';
import { normalDensity, normalUpperTail } from '../../../src-shared/maths/normal.ts';
import { relativeError, statisticsReference } from '../../helpers/statistics-reference.ts';

describe('upper tail of the normal', () => {
  it.each(statisticsReference.normalTail)('at $z as mpmath with 50 digits', ({ z, p }) => {
    expect(relativeError(normalUpperTail(z), p)).toBeLessThan(5e-15);
  });

  it('falls all the way to 0 without a jump where the formulas change', () => {
    let last = Infinity;
    for (let z = -2; z < 38; z += 1 / 64) {
      expect(normalUpperTail(z)).toBeLessThan(last);
      last = normalUpperTail(z);
    }
    expect(normalUpperTail(40)).toBe(0);
    expect(normalUpperTail(Infinity)).toBe(0);
    expect(normalUpperTail(-Infinity)).toBe(1);
    expect(normalUpperTail(Number.NaN)).toBeNaN();
  });
});

describe('density of the normal', () => {
  it('is 1/√(2π) at 0, symmetric, and drops by exp(−½) to 1', () => {
    expect(normalDensity(0)).toBeCloseTo(0.3989422804014327, 16);
    expect(normalDensity(1) / normalDensity(0)).toBeCloseTo(0.6065306597126334, 15);
    expect(normalDensity(-2.3)).toBe(normalDensity(2.3));
    expect(normalDensity(Infinity)).toBe(0);
  });
});
