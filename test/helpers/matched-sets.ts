import type { MatchedSets } from '../../src-main/analysis/gene-set-matching.ts';

/** Sets s0, s1, … of genes of a data set in which all genes are eligible. */
export function matchedSets(sets: readonly (readonly number[])[], genes: number): MatchedSets {
  return {
    sets: sets.map((set, i) => ({ name: `s${i}`, description: '', genes: Int32Array.from(set) })),
    background: Int32Array.from({ length: genes }, (_, i) => i),
    exact: genes,
    byCase: 0,
    unknown: 0,
    tooSmall: 0,
    tooLarge: 0,
    warnings: [],
  };
}
