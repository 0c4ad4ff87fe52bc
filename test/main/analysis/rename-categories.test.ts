import { describe, expect, it } from 'vitest';
import { renameCategories } from '../../../src-main/analysis/rename-categories.ts';
import { nichesFound } from '../service/analysis/support.ts';

describe('renameCategories', () => {
  it('renames the vector, its table and the rows of its matrices, and leaves types and suggestions', () => {
    const found = renameCategories(nichesFound(), 'niche', [' Stroma ', 'Tumour']);
    expect(found.vectors[0]).toMatchObject({
      names: ['Stroma', 'Tumour'],
      codes: Uint16Array.of(0, 1, 0, 65_535),
    });
    expect(found.tables[0]!.columns.map(({ values }) => values)).toEqual([
      ['Stroma', 'Tumour'],
      ['Tumour', 'Stroma'],
      [2, 1],
    ]);
    expect(found.matrices[0]).toMatchObject({ rows: ['Stroma', 'Tumour'], columns: ['Tumour', 'Stroma'] });
  });

  it.each([
    [
      'the largest is Tumour, then Tumours (2)',
      ['Tumour', 'Stroma'],
      ['A+B', '$&'],
      'the largest is A+B, then Tumours (2)',
    ],
    [
      'T cells (CD4+) beside T cells',
      ['T cells', 'T cells (CD4+)'],
      ['Helpers', 'CD4'],
      'CD4 beside Helpers',
    ],
    ['Stroma beside Tumour', ['Tumour', 'Stroma'], ['Stroma', '$&'], '$& beside Stroma'],
    ['2 clusters of 1 cell, first 1', ['1', '2'], ['A', 'B'], '2 clusters of 1 cell, first 1'],
  ])('renames whole names in the summary: %s', (summary, old, names, wanted) => {
    const vector = {
      name: 'niche',
      title: '',
      kind: 'category' as const,
      names: old,
      codes: Uint16Array.of(0),
    };
    expect(renameCategories(nichesFound({ summary, vectors: [vector] }), 'niche', names).summary).toBe(
      wanted,
    );
  });

  it.each([
    ['niche', ['A'], /1 names were given, and there are 2/u],
    ['niche', ['A', ' A'], /both be called "A"/u],
    ['niche', ['A', '  '], /needs a name/u],
    ['depth', ['A', 'B'], /no categories "depth"/u],
    ['none', ['A', 'B'], /no categories "none"/u],
  ])('refuses %s: %j', (vector, names, sentence) => {
    expect(() => renameCategories(nichesFound(), vector, names)).toThrow(sentence);
  });
});
