import { describe, expect, it } from 'vitest';
import { parseNumber } from '../../../src-main/io/text-numbers.ts';

const parse = (text: string, comma = false): number | undefined => {
  const bytes = new TextEncoder().encode(`,${text},`);
  return parseNumber(bytes, 1, bytes.length - 1, comma);
};

describe('parseNumber', () => {
  it.each([
    '0',
    '7',
    '123456789012345',
    '1234567890123456789',
    '1.5',
    '-2',
    '+3',
    '1e3',
    '2.5E-4',
    '.5',
    '5.',
    '-0.25',
  ])('%s is what JavaScript makes of it', (text) => {
    expect(parse(text)).toBe(Number(text));
  });

  it.each([
    ['"7"', 7],
    [' 8 ', 8],
    ['inf', Infinity],
    ['-Inf', -Infinity],
  ])('%s counts as %d', (text, value) => {
    expect(parse(text)).toBe(value);
  });

  it.each(['', 'NA', 'NaN', '"NA"', 'null'])('%j is missing', (text) => {
    expect(parse(text)).toBeNaN();
  });

  it.each(['abc', '1,5', '1.2.3', '0x10', '12a', '--3', '1e', '9'.repeat(80)])('%s is no number', (text) => {
    expect(parse(text)).toBeUndefined();
  });

  it('takes a decimal comma where it is allowed', () => {
    expect(parse('1,5', true)).toBe(1.5);
  });
});
