import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src-shared/contract/errors.ts';
import {
  compareCodePoints,
  foldsAtRandom,
  foldsByName,
  sortedByName,
} from '../../../src-shared/maths/folds.ts';
import { Random } from '../../../src-shared/maths/random.ts';

describe('order of names', () => {
  it('goes by upper-cased name, so case does not split families', () => {
    const names = ['gad1', 'Aldoc', 'GAD2', 'Zic1', 'apoe'];
    expect([...sortedByName(names)].map((i) => names[i])).toEqual(['Aldoc', 'apoe', 'gad1', 'GAD2', 'Zic1']);
  });

  it('puts digits before letters before underscore, as code points do', () => {
    const names = ['A_1', 'AB', 'A1', 'A-1', 'A'];
    expect([...sortedByName(names)].map((i) => names[i])).toEqual(['A', 'A-1', 'A1', 'AB', 'A_1']);
  });

  it('keeps the first of names equal but for case first', () => {
    expect([...sortedByName(['b', 'a', 'B', 'A'])]).toEqual([1, 3, 0, 2]);
  });

  it('compares code points, where UTF-16 units would go wrong', () => {
    // U+FF21 is smaller than U+1D400, whose first UTF-16 unit is 0xD835.
    expect(compareCodePoints('\u{FF21}', '\u{1D400}')).toBeLessThan(0);
    expect(compareCodePoints('x\u{1D401}', 'x\u{1D400}')).toBeGreaterThan(0);
    expect(compareCodePoints('\u{1D400}', '\u{10FFFF}')).toBeLessThan(0);
    expect(compareCodePoints('ab', 'abc')).toBeLessThan(0);
    expect(compareCodePoints('abc', 'abc')).toBe(0);
  });
});

describe('folds', () => {
  it('gene i of the sorted names goes to fold i mod k', () => {
    // sorted: Aldoc, Crh, Gad1, Gad2, Rorb, Syt6, Vip
    expect([...foldsByName(['Vip', 'gad2', 'Gad1', 'RORB', 'Crh', 'Aldoc', 'Syt6'], 3)]).toEqual([
      0, 0, 2, 1, 1, 0, 2,
    ]);
  });

  const names = Array.from({ length: 23 }, (_, i) => `Gene${i}`);

  it('at random: even sizes, the same for one seed, another for the next', () => {
    const folds = foldsAtRandom(names, 5, new Random(1, 'folds'));
    const sizes = [0, 1, 2, 3, 4].map((fold) => folds.filter((f) => f === fold).length);
    expect([...sizes].sort()).toEqual([4, 4, 5, 5, 5]);
    expect(foldsAtRandom(names, 5, new Random(1, 'folds'))).toEqual(folds);
    expect(foldsAtRandom(names, 5, new Random(2, 'folds'))).not.toEqual(folds);
    expect(foldsByName(names, 5)).not.toEqual(folds);
  });

  it('at random: the order of the columns does not matter', () => {
    const folds = foldsAtRandom(names, 5, new Random(1, 'folds'));
    const turned = foldsAtRandom([...names].reverse(), 5, new Random(1, 'folds'));
    expect([...turned].reverse()).toEqual([...folds]);
  });

  it.each([1, 24, 2.5, Number.NaN])('refuses %s folds of 23 genes in one sentence', (count) => {
    expect(() => foldsByName(names, count)).toThrow(UserError);
    expect(() => foldsAtRandom(names, count, new Random(1))).toThrow(/from 2 to 23/);
  });
});
