import { describe, expect, it } from 'vitest';
import { Random } from '../../../src-shared/maths/random.ts';

function draw(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.uint32());
}

/** xoshiro128** 1.1 restated in unbounded integers. */
function* restated(state: readonly number[]): Generator<number> {
  const mask = 0xffffffffn;
  const rotate = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (32n - k))) & mask;
  let [a, b, c, d] = state.map((word) => BigInt(word) & mask) as [bigint, bigint, bigint, bigint];
  for (;;) {
    yield Number((rotate((b * 5n) & mask, 7n) * 9n) & mask);
    const t = (b << 9n) & mask;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11n);
  }
}

/** Pearson's χ² of equally likely classes. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('xoshiro128**', () => {
  it('gives the published numbers from state 1 2 3 4', () => {
    const random = new Random(0);
    random.state = [1, 2, 3, 4];
    expect(draw(random, 10)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('follows the definition for 10,000 numbers from a seed', () => {
    const random = new Random(2026, 'check');
    const reference = restated(random.state);
    const expected = Array.from({ length: 10_000 }, () => reference.next().value as number);
    expect(draw(random, 10_000)).toEqual(expected);
  });

  it('goes on where a saved state left off', () => {
    const random = new Random(5);
    draw(random, 7);
    const saved = random.state;
    const expected = draw(random, 20);
    const restored = new Random(99);
    restored.state = JSON.parse(JSON.stringify(saved)) as typeof saved;
    expect(draw(restored, 20)).toEqual(expected);
  });
});

describe('the state', () => {
  it('is four unsigned words at every moment', () => {
    const random = new Random(12);
    for (let i = 0; i < 50; i++) {
      expect(random.state.every((word) => Number.isInteger(word) && word >= 0 && word < 2 ** 32)).toBe(true);
      random.uint32();
    }
  });
});

describe('seeds and streams', () => {
  it('the same seed and stream give the same numbers', () => {
    expect(draw(new Random(3, 'a'), 5)).toEqual(draw(new Random(3, 'a'), 5));
  });

  it('seeds and names differ from each other', () => {
    const starts = [0, 1, 2, 2 ** 32, 2 ** 40].flatMap((seed) =>
      ['', 'a', 'b', 'ab', 'ba'].map((stream) => new Random(seed, stream).state.join()),
    );
    expect(new Set(starts).size).toBe(starts.length);
  });

  it('streams of one seed are uncorrelated', () => {
    const first = new Random(1, 'dropout');
    const second = new Random(1, 'batches');
    let sum = 0;
    for (let i = 0; i < 10_000; i++) sum += (first.uniform() - 0.5) * (second.uniform() - 0.5);
    // Standard error of the correlation is 0.01; five of them.
    expect(Math.abs((sum / 10_000) * 12)).toBeLessThan(0.05);
  });
});

describe('distributions', () => {
  it('uniform fills 100 classes evenly (χ², 99 degrees of freedom)', () => {
    const random = new Random(42);
    const counts = new Array<number>(100).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const value = random.uniform();
      counts[Math.floor(value * 100)]!++;
    }
    expect(counts).toHaveLength(100);
    // The 0.1 % and 99.9 % points of χ²(99).
    expect(chiSquare(counts)).toBeGreaterThan(60.3);
    expect(chiSquare(counts)).toBeLessThan(148.2);
  });

  it('below is fair where a bare remainder would not be', () => {
    // Of 2^32 words, a remainder by 3·2^30 would give the lowest third of the results twice as often as the rest.
    const random = new Random(7);
    const counts = [0, 0, 0];
    for (let i = 0; i < 30_000; i++) counts[Math.floor(random.below(3 * 2 ** 30) / 2 ** 30)]!++;
    expect(chiSquare(counts)).toBeLessThan(13.8);
  });

  it('below covers small ranges evenly and refuses senseless limits', () => {
    const random = new Random(8);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[random.below(7)]!++;
    expect(chiSquare(counts)).toBeLessThan(22.5);
    expect(random.below(1)).toBe(0);
    for (const limit of [0, -1, Number.NaN, 2 ** 33]) expect(() => random.below(limit)).toThrow(RangeError);
  });

  it('normal has moments 0, 1, 0, 3', () => {
    const random = new Random(9);
    const sums = [0, 0, 0, 0];
    const draws = 200_000;
    for (let i = 0; i < draws; i++) {
      const value = random.normal();
      for (let power = 0; power < 4; power++) sums[power]! += value ** (power + 1);
    }
    // Five standard errors each: √(1, 2, 15, 96) / √draws.
    [0, 1, 0, 3].forEach((expected, i) => {
      const error = Math.sqrt([1, 2, 15, 96][i]! / draws);
      expect(Math.abs(sums[i]! / draws - expected)).toBeLessThan(5 * error);
    });
  });

  it('permutation holds every integer once and all 24 orders of four come equally often', () => {
    const random = new Random(10);
    expect([...random.permutation(100)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, i) => i),
    );
    const seen = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = random.permutation(4).join();
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(24);
    expect(chiSquare([...seen.values()])).toBeLessThan(49.7);
  });

  it('shuffle works in place', () => {
    const values = ['a', 'b', 'c', 'd'];
    expect(new Random(1).shuffle(values)).toBe(values);
    expect([...values].sort()).toEqual(['a', 'b', 'c', 'd']);
  });
});
