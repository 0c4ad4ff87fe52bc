import { describe, expect, it } from 'vitest';
import { Depth } from '../../../src-main/methods/depth.ts';
import type { MethodData } from '../../../src-main/methods/predictor.ts';

const rows = Int32Array.of(0, 1, 2);

/** Three cells × two genes in processed units. */
function dataOf(normalisation: string, values: readonly number[]): MethodData {
  return {
    spatial: {
      values: { rows: 3, columns: 2, values: Float32Array.from(values) },
      report: { settings: { normalisation } },
    },
  } as unknown as MethodData;
}

describe('Depth', () => {
  // Counts 4 + 4, 9 + 1, 16 + 0: totals 8, 10, 16, median 10.
  const sqrt = new Depth(dataOf('sqrt', [2, 2, 3, 1, 4, 0]));

  it('is a cell’s total over the median total', () => {
    expect([...sqrt.of(rows)]).toEqual([0.8, 1, 1.6]);
    expect([...sqrt.of(Int32Array.of(2))]).toEqual([1.6]);
  });

  it('leaves out what must not be seen', () => {
    // Without the first gene: totals 4, 1, 0 (which counts as 1), median 1.
    expect([...sqrt.without(Int32Array.of(0), rows)]).toEqual([4, 1, 1]);
  });

  it('scales predictions on count scale', () => {
    const values = Float32Array.of(3, 0, 3, 1, 3, 2);
    sqrt.apply(values, Float64Array.of(4, 1, 0.25), 1);
    // 3² · 4 = 6², 3² · ¼ = 1.5².
    expect([...values]).toEqual([6, 0, 3, 1, 1.5, 1]);
    const half = Float64Array.of(3);
    sqrt.apply(half, Float64Array.of(16), 0.5);
    expect(half[0]).toBeCloseTo(6, 12);
  });

  it('does so for logarithms and for plain values', () => {
    const log = Float64Array.of(Math.log(1 + 5));
    new Depth(dataOf('log', [0, 0, 0, 0, 0, 0])).apply(log, Float64Array.of(3), 1);
    expect(log[0]).toBeCloseTo(Math.log(1 + 15), 12);
    const plain = Float64Array.of(5);
    new Depth(dataOf('none', [0, 0, 0, 0, 0, 0])).apply(plain, Float64Array.of(3), 1);
    expect(plain[0]).toBe(15);
  });

  it('has no say where every cell was scaled to one total', () => {
    expect(Depth.applies(dataOf('sqrt', []))).toBe(true);
    expect(Depth.applies(dataOf('library-log', []))).toBe(false);
  });
});
