import { describe, expect, it } from 'vitest';
import {
  colourOf,
  densityAt,
  ridgesOf,
} from '../../../../../src-renderer/views/biology/trajectory/ridges.ts';
import { pseudotimeParameters } from '../parameters.ts';
import { aResult, aTable } from '../result.ts';

const result = aResult(pseudotimeParameters, {
  tables: [
    aTable('ridges', {
      group: ['none', 'none', 'none', 'high', 'high', 'high'],
      pseudotime: [1, 0, 0.5, 0, 0.5, 1],
      density: [3, 1, 2, 4, null, 0],
    }),
    aTable('groups', { group: ['none', 'high'], cells: [20, 4], median: [0.7, null] }),
  ],
});

describe('ridgesOf', () => {
  const [none, high] = ridgesOf(result);

  it('sorts the points of each group by pseudotime and leaves out those without a density', () => {
    expect([...none!.x]).toEqual([0, 0.5, 1]);
    expect([...none!.density]).toEqual([1, 2, 3]);
    expect([...high!.x]).toEqual([0, 1]);
  });

  it('brings cells and medians of the groups along', () => {
    expect(none).toMatchObject({ group: 'none', cells: 20, median: 0.7 });
    expect(high).toMatchObject({ group: 'high', cells: 4, median: null });
  });

  it('gives densities between the points, and none outside', () => {
    expect(densityAt(none!, 0.25)).toBeCloseTo(1.5);
    expect(densityAt(none!, 1)).toBe(3);
    expect(densityAt(none!, 1.01)).toBe(0);
  });

  it('has no ridges where the result has no table of them', () => {
    expect(ridgesOf(aResult(pseudotimeParameters))).toEqual([]);
  });
});

describe('colourOf', () => {
  it('tells groups apart by their first word', () => {
    expect(colourOf('High (0.6 to 1)')).toBe(colourOf('high'));
    expect(new Set(['none', 'low', 'moderate', 'high', 'all cells'].map(colourOf)).size).toBe(5);
  });
});
