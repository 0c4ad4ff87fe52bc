import { describe, expect, it } from 'vitest';
import { fixed, formatCount, formatP, formatTick, listed } from '../../../src-shared/plot/format.ts';

describe('numbers in words and tables', () => {
  it.each([
    [1e-12, 'p < 0.001'],
    [0.00099, 'p < 0.001'],
    [0.0123, 'p = 0.012'],
    [0.0496, 'p = 0.0496'],
    [0.2149, 'p = 0.21'],
    [1, 'p > 0.99'],
    [Number.NaN, 'p –'],
  ])('p of %d is %s', (p, text) => expect(formatP(p)).toBe(text));

  it('writes a true minus, and no minus before a rounded zero', () => {
    expect([fixed(-0.5, 2), fixed(-0.001, 2), fixed(0.005, 3), fixed(Number.NaN, 2)]).toEqual([
      '−0.50',
      '0.00',
      '0.005',
      '–',
    ]);
  });

  it('groups from five digits on', () => {
    expect([formatCount(4832), formatCount(12005), formatCount(1234567)]).toEqual([
      '4832',
      '12\u2009005',
      '1\u2009234\u2009567',
    ]);
  });

  it('labels ticks', () => {
    expect([formatTick(-0.2), formatTick(0), formatTick(100000)]).toEqual(['−0.2', '0', '1e+5']);
  });

  it('lists names, apart by semicolons where a name has a comma', () => {
    expect(listed([])).toBe('');
    expect(listed(['a'])).toBe('a');
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
    expect(listed(['a, x', 'b'])).toBe('a, x; and b');
  });
});
