import { describe, expect, it } from 'vitest';
import { windows } from '../../../src-main/analysis/window-sums.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { Random } from '../../../src-shared/maths/random.ts';

describe('sums in all places of a field', () => {
  it('are those of the cells inside', () => {
    const random = new Random(1);
    const n = 400;
    const values = Float64Array.from({ length: 3 * n }, () => 50 + 1000 * random.uniform());
    const weights = Float64Array.from({ length: n }, () => random.below(10));
    const cells = Int32Array.from({ length: n }, (_, i) => i).filter((i) => i % 5 !== 0);
    const [width, height] = [300, 200];
    const found = windows({ dimensions: 3, values }, weights, cells, width, height);
    expect(found.columns).toBeGreaterThan(8);
    expect(found.rows).toBeGreaterThan(14);
    for (let at = 0; at < found.columns * found.rows; at++) {
      const x = found.x + ((at % found.columns) * width) / 4;
      const y = found.y + (Math.floor(at / found.columns) * height) / 4;
      const inside = cells.filter((i) => {
        const [dx, dy] = [values[3 * i]! - x, values[3 * i + 1]! - y];
        return dx >= 0 && dx < width && dy >= 0 && dy < height;
      });
      expect(found.counts[at]).toBe(inside.length);
      expect(found.sums[at]).toBe(inside.reduce((sum, i) => sum + weights[i]!, 0));
    }
  });

  it('are one field where it is larger than the tissue, and refused where there are too many', () => {
    const positions = { dimensions: 2, values: [0, 0, 1000, 1000] };
    const all = windows(positions, [2, 3], Int32Array.of(0, 1), 5000, 5000);
    expect(all).toEqual({
      x: 0,
      y: 0,
      columns: 1,
      rows: 1,
      counts: Float64Array.of(2),
      sums: Float64Array.of(5),
    });
    expect(() => windows(positions, [2, 3], Int32Array.of(0, 1), 1, 1)).toThrow(UserError);
  });
});
