import { describe, expect, it } from 'vitest';
import { loess } from '../../../src-main/preprocess/loess.ts';
import { Random } from '../../../src-shared/maths/random.ts';

/** Local quadratic fit by Cramer's rule in the definition's own words: every point, no windows, no ties. */
function byDefinition(x: Float64Array, y: Float64Array, span: number): Float64Array {
  const q = Math.floor(x.length * span + 1e-5);
  return x.map((centre) => {
    const h = [...x].map((value) => Math.abs(value - centre)).sort((a, b) => a - b)[q - 1]!;
    const sums = new Array<number>(8).fill(0);
    x.forEach((value, i) => {
      const u = (value - centre) / h;
      const w = Math.max(0, 1 - Math.abs(u) ** 3) ** 3;
      for (let k = 0; k < 5; k++) sums[k]! += w * u ** k;
      for (let k = 0; k < 3; k++) sums[5 + k]! += w * y[i]! * u ** k;
    });
    const [a, b, c, d, e, f, g, k] = sums as [number, number, number, number, number, number, number, number];
    const determinant = a * (c * e - d * d) - b * (b * e - c * d) + c * (b * d - c * c);
    return (f * (c * e - d * d) - g * (b * e - c * d) + k * (b * d - c * c)) / determinant;
  });
}

describe('loess', () => {
  it('gives back a parabola exactly, in any order of the points', () => {
    const x = Float64Array.from({ length: 40 }, (_, i) => ((i * 17) % 40) / 7);
    const y = x.map((value) => 2 - 3 * value + 0.5 * value * value);
    loess(x, y, 0.3).forEach((value, i) => expect(value).toBeCloseTo(y[i]!, 11));
  });

  it('agrees with the definition on noisy points with many ties', () => {
    const random = new Random(4);
    const x = Float64Array.from({ length: 300 }, () => Math.log10(1 + random.below(60)));
    const y = x.map((value) => Math.sin(3 * value) + 0.3 * random.normal());
    const ours = loess(x, y, 0.3);
    byDefinition(x, y, 0.3).forEach((value, i) => expect(ours[i]).toBeCloseTo(value, 9));
  });

  it('is the mean where all near points share one x', () => {
    const x = Float64Array.of(0, 0, 0, 0, 1, 2, 3, 4, 5, 6);
    const y = Float64Array.of(1, 2, 3, 6, 9, 9, 9, 9, 9, 9);
    expect(loess(x, y, 0.3)[0]).toBe(3);
  });

  it('passes through the points where there are too few for a parabola', () => {
    const x = Float64Array.of(1, 5, 6, 20);
    const y = Float64Array.of(3, -1, 8, 2);
    loess(x, y, 0.75).forEach((value, i) => expect(value).toBeCloseTo(y[i]!, 12));
    expect([...loess(Float64Array.of(2), Float64Array.of(7), 0.3)]).toEqual([7]);
    expect([...loess(new Float64Array(0), new Float64Array(0), 0.3)]).toEqual([]);
  });

  it('stays exact on 6,000 points without ties', () => {
    const random = new Random(5);
    const x = Float64Array.from({ length: 6000 }, () => random.normal());
    const y = x.map((value) => value * value);
    const fitted = loess(x, y, 0.3);
    expect(Math.abs(fitted[0]! - y[0]!)).toBeLessThan(1e-9);
  });
});
