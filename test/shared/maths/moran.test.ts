import { describe, expect, it } from 'vitest';
import { moran, spatialWeights } from '../../../src-shared/maths/moran.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { hasFixtures, needsFixtures, readFixture } from '../../helpers/shared-folder.ts';
import type { Golden } from '../../helpers/shared-folder.ts';
import { relativeError, statisticsReference } from '../../helpers/statistics-reference.ts';

describe("Moran's I against NumPy's dense matrices, three dimensions", () => {
  const wanted = statisticsReference.moran;
  const weights = spatialWeights({ dimensions: 3, values: wanted.points }, wanted.k);

  it('weights', () => {
    expect([...weights.neighbours]).toEqual(wanted.neighbours);
    for (const sum of ['s0', 's1', 's2'] as const) {
      expect(relativeError(weights[sum], wanted[sum])).toBeLessThan(1e-12);
    }
  });

  it.each(wanted.genes)('a gene of I = $i', (gene) => {
    const ours = moran(gene.values, weights)!;
    expect(relativeError(ours.i, gene.i)).toBeLessThan(1e-12);
    expect(relativeError(ours.variance, wanted.variance)).toBeLessThan(1e-12);
    expect(relativeError(ours.z, gene.z)).toBeLessThan(1e-12);
    expect(relativeError(ours.pGreater, gene.pGreater)).toBeLessThan(1e-10);
  });
});

describe("Moran's I by hand", () => {
  const weights = spatialWeights({ dimensions: 1, values: [0, 1, 3, 7] }, 1);

  it('weights of four cells on a line', () => {
    expect([...weights.neighbours]).toEqual([1, 0, 1, 2]);
    // w₀₁ + w₁₀ = 2, w₂₁ = 1, w₃₂ = 1: ½ (2·4 + 2·1 + 2·1) = 6; rows + columns 2, 3, 2, 1: 4 + 9 + 4 + 1.
    expect([weights.s0, weights.s1, weights.s2]).toEqual([4, 6, 18]);
  });

  it('I of the values 3 1 −1 −3: (3 + 3 − 1 + 3) / 20', () => {
    const { i, expectation, variance } = moran([3, 1, -1, -3], weights)!;
    expect(i).toBeCloseTo(8 / 20, 15);
    expect(expectation).toBeCloseTo(-1 / 3, 15);
    // (16 · 6 − 4 · 18 + 3 · 16) / (15 · 16) − 1/9
    expect(variance).toBeCloseTo(72 / 240 - 1 / 9, 15);
  });

  it('does not depend on unit or zero of the values', () => {
    expect(moran([1003, 1001, 999, 997], weights)!.i).toBeCloseTo(0.4, 12);
    expect(moran([3e-9, 1e-9, -1e-9, -3e-9], weights)!.i).toBeCloseTo(0.4, 12);
  });

  it('leaves out the values of cells without a position', () => {
    const holed = spatialWeights({ dimensions: 1, values: [0, 1, Number.NaN, 3, 7] }, 1);
    expect(moran([3, 1, Number.NaN, -1, -3], holed)).toEqual(moran([3, 1, -1, -3], weights));
    expect(() => moran([3, 1, -1, -3], holed)).toThrow(/4 values at 5 positions/);
  });

  it('says null where it says nothing', () => {
    expect(moran([2, 2, 2, 2], weights)).toBeNull();
    expect(moran([2, Number.NaN, 2, 1], weights)).toBeNull();
    expect(moran([1, 2, 3], spatialWeights({ dimensions: 2, values: [0, 0, 1, 1, 2, 2] }))).toBeNull();
    expect(moran([1], spatialWeights({ dimensions: 2, values: [0, 0] }))).toBeNull();
    expect(moran([], spatialWeights({ dimensions: 2, values: [] }))).toBeNull();
  });

  it('100,000 cells: noise gives about 0, a gradient about 1', () => {
    const random = new Random(1);
    const values = Float64Array.from({ length: 200_000 }, () => random.uniform());
    const large = spatialWeights({ dimensions: 2, values });
    const gradient = Float64Array.from({ length: 100_000 }, (_, cell) => values[2 * cell]!);
    expect(moran(gradient, large)!.i).toBeGreaterThan(0.999);
    const noise = moran(
      gradient.map(() => random.normal()),
      large,
    )!;
    expect(Math.abs(noise.z)).toBeLessThan(4);
  });
});

interface Stats {
  points: Golden;
  moran: {
    k: number;
    S0: number;
    S1: number;
    S2: number;
    expectation: number;
    variance_normality: number;
    genes: { name: string; x: Golden; I: number | null; z: number | null; p_greater: number | null }[];
  };
}

describe.skipIf(!hasFixtures)(`Moran's I against the golden numbers ${needsFixtures}`, () => {
  it('within 1e-9', () => {
    const { points, moran: golden } = readFixture<Stats>('stats');
    const weights = spatialWeights({ dimensions: 2, values: points.data }, golden.k);
    expect(relativeError(weights.s0, golden.S0)).toBeLessThan(1e-9);
    expect(relativeError(weights.s1, golden.S1)).toBeLessThan(1e-9);
    expect(relativeError(weights.s2, golden.S2)).toBeLessThan(1e-9);
    expect(golden.genes).toHaveLength(6);
    for (const gene of golden.genes) {
      const ours = moran(gene.x.data, weights);
      expect(ours === null, gene.name).toBe(gene.I === null);
      if (ours === null) continue;
      expect(relativeError(ours.expectation, golden.expectation)).toBeLessThan(1e-9);
      expect(relativeError(ours.variance, golden.variance_normality)).toBeLessThan(1e-9);
      expect(relativeError(ours.i, gene.I!), gene.name).toBeLessThan(1e-9);
      expect(relativeError(ours.z, gene.z!), gene.name).toBeLessThan(1e-9);
      expect(relativeError(ours.pGreater, gene.p_greater!), gene.name).toBeLessThan(1e-9);
    }
  });
});
