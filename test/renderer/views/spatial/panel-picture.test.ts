import { describe, expect, it } from 'vitest';
import { Percentiles } from '../../../../src-shared/plot/percentiles.ts';
import {
  describeContent,
  allLimits,
  formatValue,
  limitsOf,
  valueInWords,
  type PanelPicture,
} from '../../../../src-renderer/views/spatial/panel-picture.ts';

function vector(values: readonly number[], unit = 'counts') {
  const array = Float32Array.from(values);
  return { values: array, unit, spread: new Percentiles(array) };
}

function picture(values: readonly number[], unit = 'counts', isDifference = false): PanelPicture {
  return {
    kind: 'values',
    title: 'Gad1',
    gene: 'Gad1',
    what: 'measured',
    vector: vector(values, unit),
    isDifference,
  };
}

const hundred = Array.from({ length: 101 }, (_, i) => i);

describe('limits of the colours', () => {
  it('are percentiles; a difference has zero in the middle', () => {
    expect(limitsOf(vector(hundred), [1, 99])).toEqual([1, 99]);
    expect(limitsOf(vector([-1, 0, 3]), [0, 100], true)).toEqual([-3, 3]);
  });

  it('are the whole range where a gene is seen in too few cells', () => {
    expect(limitsOf(vector([...Array<number>(200).fill(0), 5]), [1, 99])).toEqual([0, 5]);
  });

  it('are shared by panels of one unit only', () => {
    const pictures = [
      picture(hundred),
      picture([50, 300]),
      picture([0, 1], 'log'),
      picture([-9, 9], 'counts', true),
      null,
    ];
    expect(allLimits(pictures, [0, 100], true)).toEqual([[0, 300], [0, 300], [0, 1], [-9, 9], null]);
    expect(allLimits(pictures, [0, 100], false).slice(0, 2)).toEqual([
      [0, 100],
      [50, 300],
    ]);
  });
});

describe('values in words', () => {
  it('say number, category or that there is none', () => {
    expect(valueInWords(picture([0.123456, NaN]), 0)).toBe('0.123');
    expect(valueInWords(picture([0.123456, NaN]), 1)).toBe('no value');
    const categories: PanelPicture = {
      ...{ kind: 'category', title: 'layer', what: '', names: ['L1'], counts: Uint32Array.of(1) },
      codes: Uint16Array.of(0, 65_535),
    };
    expect([valueInWords(categories, 0), valueInWords(categories, 1)]).toEqual(['L1', 'none']);
  });

  it.each([
    [-0.0004, '−0.0004'],
    [1234.5, '1235'],
    [NaN, '–'],
    [0, '0'],
  ])('%s reads %s', (value, words) => expect(formatValue(value)).toBe(words));
});

describe('a column', () => {
  const niche = { name: 'analysis:niches-1/niche', kind: 'category', distinct: 5 } as const;
  const titleOf = (columns: Parameters<typeof describeContent>[2]) =>
    describeContent({ kind: 'column', name: niche.name }, NaN, columns).title;

  it('of an analysis is called by its title, any other by its name', () => {
    expect(titleOf([{ ...niche, title: 'Niches 1 · Niche' }])).toBe('Niches 1 · Niche');
    expect(titleOf([niche])).toBe(niche.name);
  });
});
