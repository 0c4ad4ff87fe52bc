import { describe, expect, it } from 'vitest';
import { permutationP } from '../../../src-shared/maths/permutation-p.ts';
import { Random } from '../../../src-shared/maths/random.ts';

const hundred = Float64Array.from({ length: 99 }, (_, i) => (i - 49) / 100);

describe('the p-value of a correlation from permuted copies', () => {
  it('counts the copies as far from 0 and the observed one', () => {
    // ±0.40 … ±0.49 are 20 copies.
    expect(permutationP(0.4, hundred)).toEqual({ p: 21 / 100, exceeding: 20, exact: true });
    expect(permutationP(-0.4, hundred)).toEqual({ p: 21 / 100, exceeding: 20, exact: true });
    expect(permutationP(0, hundred).p).toBe(1);
  });

  it('extrapolates where fewer than ten exceed', () => {
    const random = new Random(1);
    const copies = Float64Array.from({ length: 100_000 }, () => Math.tanh(0.1 + 0.05 * random.normal()));
    const { p, exact } = permutationP(Math.tanh(0.4), copies);
    expect(exact).toBe(false);
    // Q(6) + Q(10) is 9.866e-10; the copies' own mean and sd are within about a per cent.
    expect(Math.log10(p)).toBeCloseTo(Math.log10(9.866e-10), 0.5);
    // The other sign is 10 standard deviations from the copies' mean.
    expect(permutationP(-Math.tanh(0.4), copies).p).toBe(p);
  });

  it('stays a number at the ends', () => {
    expect(permutationP(1, hundred).p).toBeLessThan(1e-10);
    expect(
      permutationP(
        1,
        hundred.map(() => 0.5),
      ),
    ).toEqual({ p: 1 / 100, exceeding: 0, exact: true });
    expect(
      permutationP(
        0.3,
        hundred.map(() => Number.NaN),
      ),
    ).toEqual({ p: 0.01, exceeding: 0, exact: true });
    expect(permutationP(Number.NaN, hundred).p).toBeNaN();
  });

  it('counts copies that differ by the rounding of single precision', () => {
    const same = new Float32Array(99).fill(0.3);
    expect(permutationP(0.3, same).p).toBe(1);
  });
});
