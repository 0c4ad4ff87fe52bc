import { describe, expect, it } from 'vitest';
import { spreadSample } from '../../../src-main/analysis/spread-sample.ts';
import { Random } from '../../../src-shared/maths/random.ts';

const line = Float64Array.from({ length: 1000 }, (_, i) => ((i * 617) % 1000) / 10);

describe('spread sample', () => {
  it('takes one point of every tenth of a line', async () => {
    const sample = await spreadSample(line, 1, 10, new Random(1));
    const tenths = [...sample].map((point) => Math.floor(line[point]! / 10)).sort((a, b) => a - b);
    expect(tenths).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...sample]).toEqual([...sample].sort((a, b) => a - b));
  });

  it('takes all where there are no more, and only among those given', async () => {
    const among = Int32Array.of(5, 7, 900, 901);
    expect([...(await spreadSample(line, 1, 4, new Random(1), { among }))]).toEqual([5, 7, 900, 901]);
    const two = await spreadSample(line, 1, 2, new Random(1), { among });
    expect(two).toHaveLength(2);
    expect(two.every((point) => among.includes(point))).toBe(true);
  });

  it('gives as many different points of equal ones', async () => {
    const sample = await spreadSample(new Float64Array(200), 2, 33, new Random(2));
    expect(new Set(sample).size).toBe(33);
  });

  it('differs with the seed and not without', async () => {
    const once = await spreadSample(line, 1, 50, new Random(1));
    expect(await spreadSample(line, 1, 50, new Random(1))).toEqual(once);
    expect(await spreadSample(line, 1, 50, new Random(2))).not.toEqual(once);
  });
});
