import { describe, expect, it } from 'vitest';
import { parseGeneSets, writeGeneSets } from '../../../src-main/io/gmt.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';

describe('gene sets of a .gmt text', () => {
  it('one set a line; case, order and blanks within names stay', () => {
    expect(parseGeneSets('T cells\thttp://example.org/x\tCD3E\tCd8a\nB\t\tMS4A1')).toEqual([
      { name: 'T cells', description: 'http://example.org/x', genes: ['CD3E', 'Cd8a'] },
      { name: 'B', description: '', genes: ['MS4A1'] },
    ]);
  });

  it('line ends of all systems, blank lines, trailing tabs, a byte order mark, a gene twice', () => {
    const text = '\uFEFFA\tx\tG1\tG2\tG1\t\t\r\n\r\n  \nB\ty\tG3\t\tG4\rC\tz\tG5\n';
    expect(parseGeneSets(text).map(({ name, genes }) => [name, ...genes])).toEqual([
      ['A', 'G1', 'G2'],
      ['B', 'G3', 'G4'],
      ['C', 'G5'],
    ]);
  });

  it.each([
    [
      'a name twice',
      'A\tx\tG\n\nB\tx\tG\nA\tx\tH\n',
      4,
      /Line 4 of sets\.gmt repeats the set "A" of line 1/u,
    ],
    ['no name', 'A\tx\tG\n\tx\tG\n', 2, /Line 2 of sets\.gmt has no name/u],
    ['no genes', 'A\tx\t\t\n', 1, /Line 1 of sets\.gmt has no genes/u],
    ['no tabs', 'A\tx\tG\r\nA x G\r\n', 2, /Line 2 of sets\.gmt has no genes/u],
  ])('refuses %s', (_, text, row, message) => {
    expect(() => parseGeneSets(text, 'sets.gmt')).toThrow(message);
    try {
      parseGeneSets(text, 'sets.gmt');
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).place).toEqual({ file: 'sets.gmt', row });
    }
  });

  it('refuses a text without sets', () => {
    expect(() => parseGeneSets('\n \n', 'sets.gmt')).toThrow(/no gene set in sets\.gmt/u);
  });

  it('are written as they are read', () => {
    const sets = [
      { name: 'A', description: '', genes: ['G1', 'g1'] },
      { name: 'B b', description: 'about B', genes: ['G2'] },
    ];
    expect(writeGeneSets(sets)).toBe('A\t\tG1\tg1\nB b\tabout B\tG2\n');
    expect(parseGeneSets(writeGeneSets(sets))).toEqual(sets);
    expect(() => writeGeneSets([{ name: 'A\tB', description: '', genes: ['G'] }])).toThrow(RangeError);
    expect(() => writeGeneSets([{ name: 'A', description: '', genes: [] }])).toThrow(RangeError);
  });
});
