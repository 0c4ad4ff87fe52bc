import { describe, expect, test } from 'vitest';
import { Random } from '../../../src-shared/maths/random.ts';
import { drawMap, infiltrated, niches } from '../../../src-main/simulate/tumour-map.ts';

const side = 80;
const at = (i: number): [number, number] => [((i % side) + 0.5) / side, (Math.floor(i / side) + 0.5) / side];

describe.each([1, 2, 3, 4])('map %d', (seed) => {
  const map = drawMap(new Random(seed));
  const places = Array.from({ length: side * side }, (_, i) => i);
  const owner = places.map((i) => map.nicheAt(...at(i)));

  test('every niche has about its share of the area', () => {
    const share = niches.map((_, niche) => owner.filter((found) => found === niche).length / places.length);
    [0.19, 0.3, 0.2, 0.14, 0.17].forEach((wanted, niche) => {
      expect(Math.abs(share[niche]! - wanted)).toBeLessThan(0.02);
    });
  });

  test('every niche is one region, but for splinters', () => {
    niches.forEach((_, niche) => {
      const all = places.filter((i) => owner[i] === niche);
      expect(Math.max(...regions(new Set(all)))).toBeGreaterThan(0.98 * all.length);
    });
  });

  const inside = places.filter((i) => owner[i] === infiltrated);
  const infiltration = new Map(inside.map((i) => [i, map.infiltrationAt(...at(i))]));

  test('infiltration takes all values from 0 to 1, and rises outwards from three islands', () => {
    const bins = new Float64Array(10);
    for (const value of infiltration.values()) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
      const bin = Math.min(9, Math.floor(10 * value));
      bins[bin] = bins[bin]! + 1;
    }
    expect(Math.min(...bins) / inside.length).toBeGreaterThan(0.02);
    expect(regions(new Set(inside.filter((i) => infiltration.get(i)! < 0.1)))).toHaveLength(3);
  });

  // Else it could not be told from a slope, which every test that respects space must allow for.
  test.each([0, 1])('infiltration does not rise along axis %d as a whole', (axis) => {
    const value = (i: number): number => at(i)[axis]!;
    const mean = (of: (i: number) => number): number =>
      inside.reduce((sum, i) => sum + of(i), 0) / inside.length;
    const [x, y] = [mean(value), mean((i) => infiltration.get(i)!)];
    const covariance = mean((i) => (value(i) - x) * (infiltration.get(i)! - y));
    const spread = mean((i) => (value(i) - x) ** 2) * mean((i) => (infiltration.get(i)! - y) ** 2);
    expect(Math.abs(covariance / Math.sqrt(spread))).toBeLessThan(0.35);
  });
});

function neighboursOf(i: number): number[] {
  const [x, y] = [i % side, Math.floor(i / side)];
  return [
    ...(x > 0 ? [i - 1] : []),
    ...(x < side - 1 ? [i + 1] : []),
    ...(y > 0 ? [i - side] : []),
    ...(y < side - 1 ? [i + side] : []),
  ];
}

/** Sizes of the connected parts; empties the set. */
function regions(inside: Set<number>): number[] {
  const sizes: number[] = [];
  for (const start of inside) {
    const open = [start];
    let found = 0;
    inside.delete(start);
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      found++;
      for (const j of neighboursOf(i)) if (inside.delete(j)) open.push(j);
    }
    sizes.push(found);
  }
  return sizes;
}
