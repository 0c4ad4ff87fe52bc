import { describe, expect, it } from 'vitest';
import { nicheNames } from '../../../src-main/analysis/niche-names.ts';

function names(types: string[], ...means: number[][]): string[] {
  const sizes = Int32Array.from(means, () => 10);
  return nicheNames(
    { of: new Int32Array(), sizes, means: Float64Array.from(means.flat()), inertia: 0 },
    types,
  );
}

describe('names of niches', () => {
  it('are the type of at least half, else the two largest', () => {
    expect(names(['Tumour', 'T cell', 'B cell'], [0.8, 0.1, 0.1], [0.2, 0.45, 0.35])).toEqual([
      'Tumour',
      'T cell · B cell',
    ]);
    expect(names(['A', 'B'], [0.5, 0.5], [0, 1])).toEqual(['A', 'B']);
    expect(names(['A'], [1])).toEqual(['A']);
  });

  it('take another type where they would be equal: the one most above its mean', () => {
    // Both are Tumour; C is the larger in the first, but B stands out more there.
    const found = names(['Tumour', 'B', 'C', 'D'], [0.6, 0.15, 0.2, 0.05], [0.6, 0.02, 0.2, 0.18]);
    expect(found).toEqual(['Tumour · B', 'Tumour · D']);
  });

  it('count the same two types in another order as equal', () => {
    const found = names(['A', 'B', 'C', 'D'], [0.4, 0.3, 0.3, 0], [0.3, 0.4, 0, 0.3]);
    expect(found).toEqual(['A · B · C', 'B · A · D']);
  });

  it('are numbered where nothing tells them apart, and never those of others', () => {
    expect(names(['A', 'A 1'], [0.98, 0.02], [0.97, 0.03], [0, 1])).toEqual(['A 2', 'A 3', 'A 1']);
  });
});
