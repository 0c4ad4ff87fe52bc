import { describe, expect, it } from 'vitest';
import { exponentials } from '../../../src-main/methods/fast-exponential.ts';

describe('fast exponentials', () => {
  it('agree with Math.exp to the last bit or two of single precision', () => {
    const values = Float32Array.from({ length: 40_001 }, (_, i) => -85 + i * 0.004);
    const result = new Float32Array(values.length);
    const total = exponentials(values, 2.5, result);
    let sum = 0;
    for (const [k, value] of values.entries()) {
      const exact = Math.exp(Math.max(-80, value - 2.5));
      sum += exact;
      expect(Math.abs(result[k]! - exact) / exact).toBeLessThan(1.2e-7);
    }
    expect(Math.abs(total - sum) / sum).toBeLessThan(1e-11);
  });
});
