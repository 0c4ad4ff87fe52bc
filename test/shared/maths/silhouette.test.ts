import { describe, expect, it } from 'vitest';
import { silhouette } from '../../../src-shared/maths/silhouette.ts';

// That of scikit-learn for niches is in test/main/analysis/niches.test.ts.
describe('silhouette by hand', () => {
  it('of two pairs', () => {
    // 0: a = 1, b = (10 + 12) / 2 = 11; 1: a = 1, b = 10; 10: a = 2, b = 9.5; 12: a = 2, b = 11.5.
    const wanted = (10 / 11 + 9 / 10 + 7.5 / 9.5 + 9.5 / 11.5) / 4;
    expect(silhouette(Float64Array.of(0, 1, 10, 12), 1, Int32Array.of(0, 0, 1, 1))).toBeCloseTo(wanted, 14);
    // The numbers of the groups do not matter, nor that one between them is empty.
    expect(silhouette(Float64Array.of(0, 1, 10, 12), 1, Int32Array.of(3, 3, 1, 1))).toBeCloseTo(wanted, 14);
  });

  it('is 0 of a point alone, of points that are all at one place, and none of one group', () => {
    const alone = silhouette(Float64Array.of(0, 0, 3, 0, 7, 0), 2, Int32Array.of(0, 0, 1));
    // (0, 0): a = 3, b = 7; (3, 0): a = 3, b = 4.
    expect(alone).toBeCloseTo((4 / 7 + 1 / 4 + 0) / 3, 14);
    expect(silhouette(new Float64Array(4), 1, Int32Array.of(0, 0, 1, 1))).toBe(0);
    expect(silhouette(Float64Array.of(0, 1), 1, Int32Array.of(1, 1))).toBeNaN();
    expect(() => silhouette(Float64Array.of(0, 1), 1, Int32Array.of(1))).toThrow(RangeError);
  });
});
