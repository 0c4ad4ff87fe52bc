import { describe, expect, it } from 'vitest';
import { ridgeByLeaveOneOut } from '../../../src-shared/maths/ridge-leave-one-out.ts';

describe('ridge regression with its penalty chosen by leave-one-out error', () => {
  it('one column by hand: β = xᵀy / (xᵀx + λ), without a row likewise', () => {
    const x = [1, 2, 3];
    const y = [2, 3, 7];
    const fit = ridgeByLeaveOneOut(Float64Array.from(x), Float64Array.from(y), [2]);
    expect(fit.coefficients[0]).toBeCloseTo(29 / 16, 14);
    // Without the first: (6 + 21) / (4 + 9 + 2) · 1, and so on.
    expect(fit.leftOut[0]).toBeCloseTo(27 / 15, 13);
    expect(fit.leftOut[1]).toBeCloseTo((23 / 12) * 2, 13);
    expect(fit.leftOut[2]).toBeCloseTo((8 / 7) * 3, 13);
  });

  it('picks the penalty with the smaller error, the larger penalty of equals', () => {
    const x = Float64Array.from([1, 2, 3, 4]);
    const line = ridgeByLeaveOneOut(
      x,
      x.map((value) => 2 * value),
      [0.01, 1, 100],
    );
    expect(line.penalty).toBe(0.01);
    const zigzag = ridgeByLeaveOneOut(x, Float64Array.from([1, -1, 1, -1]), [0.01, 1, 100]);
    expect(zigzag.penalty).toBe(100);
    const nothing = ridgeByLeaveOneOut(x, new Float64Array(4), [0.01, 1, 100]);
    expect(nothing.penalty).toBe(100);
    expect(() => ridgeByLeaveOneOut(x, x, [])).toThrow(RangeError);
  });
});
