import { describe, expect, it } from 'vitest';
import { leafOrder } from '../../../src-shared/maths/leaf-order.ts';

describe('leafOrder', () => {
  it('sets like rows beside each other, whatever order they come in', () => {
    const near = [
      [0, 0],
      [10, 10],
      [0, 1],
      [10, 11],
      [0.5, 0],
    ];
    const order = leafOrder(near.flat(), 5);
    expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
    // The two groups are not mixed, and the one with the smaller mean comes first.
    expect(new Set(order.slice(0, 3))).toEqual(new Set([0, 2, 4]));
    const reversed = leafOrder([...near].reverse().flat(), 5).map((row) => 4 - row);
    expect(new Set(reversed.slice(0, 3))).toEqual(new Set([0, 2, 4]));
  });

  it('joins by the mean distance of all members, not by the nearest ones', () => {
    // 4 is nearer to 2 than to 6.5, but the mean distance to {0, 2} is larger than to 6.5 alone.
    const order = leafOrder([0, 2, 4, 6.5], 4);
    expect(order).toEqual([0, 1, 2, 3]);
    const single = leafOrder([0, 2, 4.4, 6.5, 20], 5);
    expect(single.at(-1)).toBe(4);
  });

  it('takes tables of no row or one, and rows that are no numbers', () => {
    expect(leafOrder([], 0)).toEqual([]);
    expect(leafOrder([1, 2, 3], 1)).toEqual([0]);
    expect([...leafOrder([NaN, 1, 2, 3], 2)].sort()).toEqual([0, 1]);
  });

  it('refuses values that are no table', () => {
    expect(() => leafOrder([1, 2, 3], 2)).toThrow(RangeError);
  });
});
