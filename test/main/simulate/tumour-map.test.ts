import { describe, expect, test } from 'vitest';
import { Random } from '../../../src-shared/maths/random.ts';
import { core, drawMap, infiltrated, niches } from '../../../src-main/simulate/tumour-map.ts';

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
      const inside = new Set(places.filter((i) => owner[i] === niche));
      const all = inside.size;
      expect(largestRegion(inside)).toBeGreaterThan(0.98 * all);
    });
  });

  test('infiltration begins at the core and rises to the far end', () => {
    const bins = new Float64Array(10);
    for (const i of places) {
      if (owner[i] !== infiltrated) continue;
      const value = map.infiltrationAt(...at(i));
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
      const bin = Math.min(9, Math.floor(10 * value));
      bins[bin] = bins[bin]! + 1;
    }
    expect(Math.min(...bins)).toBeGreaterThan(0);
    const besideCore = places.filter(
      (i) => owner[i] === infiltrated && neighboursOf(i).some((j) => owner[j] === core),
    );
    expect(besideCore.length).toBeGreaterThan(10);
    const values = besideCore.map((i) => map.infiltrationAt(...at(i)));
    expect(Math.max(...values)).toBeLessThan(0.25);
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

/** Places of the largest connected part; empties the set. */
function largestRegion(inside: Set<number>): number {
  let largest = 0;
  for (const start of inside) {
    let found = 0;
    const open = [start];
    inside.delete(start);
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      found++;
      for (const j of neighboursOf(i)) if (inside.delete(j)) open.push(j);
    }
    largest = Math.max(largest, found);
  }
  return largest;
}
