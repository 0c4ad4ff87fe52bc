import { describe, expect, it } from 'vitest';
import { lttb } from '../../../../src-renderer/components/charts/lttb.ts';

describe('lttb', () => {
  it('leaves few points as they are', () => {
    expect([...lttb([1, 2, 3], [5, 6, 7], 3)]).toEqual([0, 1, 2]);
    expect([...lttb([], [], 3)]).toEqual([]);
  });

  it('chooses by hand-computed triangles', () => {
    // Buckets [1, 2] and [3, 4]. From (0, 0) towards the mean (3.5, 2): areas ∝ |3.5·y − 2·x| are 33, 7.5: takes 1.
    // From (1, 10) towards (5, 0): areas ∝ |4·(y − 10) + 10·(x − 1)| are 20, 6: takes 3.
    const x = [0, 1, 2, 3, 4, 5];
    const y = [0, 10, -1, 0, 4, 0];
    expect([...lttb(x, y, 4)]).toEqual([0, 1, 3, 5]);
  });

  it('keeps the ends, the order, the number, and spikes of a long noisy curve', () => {
    const count = 50_000;
    const x = Float64Array.from({ length: count }, (_, i) => i);
    const y = x.map((i) => Math.sin(i / 3000) + ((i * 7919) % 97) / 2000);
    y[12_345] = 8;
    y[40_001] = -6;
    const chosen = [...lttb(x, y, 600)];
    expect(chosen).toHaveLength(600);
    expect(chosen[0]).toBe(0);
    expect(chosen.at(-1)).toBe(count - 1);
    expect(chosen.every((at, i) => i === 0 || at > chosen[i - 1]!)).toBe(true);
    expect(chosen).toContain(12_345);
    expect(chosen).toContain(40_001);
  });
});
