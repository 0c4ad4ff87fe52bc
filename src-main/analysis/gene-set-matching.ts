import type { GeneSet } from '../../src-shared/contract/calls/analysis.ts';
import type { Warning } from '../../src-shared/contract/errors.ts';

/** Eligible genes that a set needs at least and may have at most. */
export const SET_SIZES = { least: 5, most: 500 } as const;

/** A gene set by the genes of the data. */
export interface MatchedSet {
  readonly name: string;
  readonly description: string;
  /** Eligible genes of the data, as increasing indices. */
  readonly genes: Int32Array;
}

/** Gene sets found in the data, and what was not found. */
export interface MatchedSets {
  readonly sets: readonly MatchedSet[];
  /** Genes of the data that can be chosen: the background; increasing indices. */
  readonly background: Int32Array;
  /** Different gene names of all sets: found as they stand, found in other case, not found. */
  readonly exact: number;
  readonly byCase: number;
  readonly unknown: number;
  /** Sets left out for their number of eligible genes. */
  readonly tooSmall: number;
  readonly tooLarge: number;
  readonly warnings: readonly Warning[];
}

export interface MatchOptions {
  /** 1 for genes that an analysis can choose; all where left out. */
  readonly eligible?: Uint8Array;
  readonly least?: number;
  readonly most?: number;
}

/**
 * Finds the genes of sets in the data, as the names stand or, failing that, in other case (mouse Actb for human ACTB),
 * where only one gene of the data is called so; the first of several genes of one name counts. Sets with fewer than
 * `least` (5) or more than `most` (500) eligible genes are left out.
 *
 * @param names of the data's genes
 * Throws a RangeError where `eligible` has another length than `names`.
 */
export function matchGeneSets(
  sets: readonly GeneSet[],
  names: readonly string[],
  options: MatchOptions = {},
): MatchedSets {
  const { eligible, least = SET_SIZES.least, most = SET_SIZES.most } = options;
  if (eligible !== undefined && eligible.length !== names.length) {
    throw new RangeError(`${eligible.length} marks of ${names.length} genes`);
  }
  const mayCount = (gene: number): boolean => eligible === undefined || eligible[gene] === 1;
  const finder = new GeneFinder(names);
  const matched = sets.map(({ name, description, genes }): MatchedSet => {
    const found = new Set(genes.map((gene) => finder.find(gene)).filter((i) => i >= 0 && mayCount(i)));
    return { name, description, genes: Int32Array.from(found).sort() };
  });
  return {
    sets: matched.filter(({ genes }) => genes.length >= least && genes.length <= most),
    background: Int32Array.from(names.keys()).filter(mayCount),
    ...finder.counts,
    tooSmall: matched.filter(({ genes }) => genes.length < least).length,
    tooLarge: matched.filter(({ genes }) => genes.length > most).length,
    warnings: caseWarnings(finder.counts),
  };
}

interface Counts {
  exact: number;
  byCase: number;
  unknown: number;
}

function caseWarnings({ exact, byCase }: Counts): Warning[] {
  if (byCase === 0) return [];
  const message =
    `${byCase} of ${exact + byCase} genes of the gene sets were found only in other case (such as Actb for ACTB): ` +
    'the sets may be of another species, whose genes differ; sets of the same species are better.';
  return [{ code: 'gene-case', message }];
}

/** Finds genes by name and counts how they were found, each name once. */
class GeneFinder {
  readonly counts: Counts = { exact: 0, byCase: 0, unknown: 0 };
  readonly #exact = new Map<string, number>();
  /** By name in upper case; −1 where genes of different names share it. */
  readonly #anyCase = new Map<string, number>();
  readonly #found = new Map<string, number>();

  constructor(names: readonly string[]) {
    for (const [i, name] of names.entries()) {
      if (this.#exact.has(name)) continue;
      this.#exact.set(name, i);
      const upper = name.toUpperCase();
      this.#anyCase.set(upper, this.#anyCase.has(upper) ? -1 : i);
    }
  }

  /** Index of a gene; −1 where it is unknown or more than one could be meant. */
  find(name: string): number {
    let gene = this.#found.get(name);
    if (gene !== undefined) return gene;
    gene = this.#exact.get(name);
    if (gene === undefined) {
      gene = this.#anyCase.get(name.toUpperCase()) ?? -1;
      this.counts[gene >= 0 ? 'byCase' : 'unknown']++;
    } else this.counts.exact++;
    this.#found.set(name, gene);
    return gene;
  }
}
