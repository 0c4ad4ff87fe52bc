import type { Basis } from '../../src-shared/domain/value-basis.ts';
import { benjaminiHochberg } from '../../src-shared/maths/holm.ts';
import { hypergeometricUpperTail } from '../../src-shared/maths/hypergeometric.ts';
import type { GeneCorrelations } from './gene-correlation.ts';
import type { MatchedSets } from './gene-set-matching.ts';

/** Which correlations count. */
export type Sign = 'positive' | 'negative' | 'both';

/** Limits on the genes that are chosen. */
export interface ChoiceOptions {
  /** Smallest |r|. */
  readonly leastCorrelation?: number;
  /** q has to be below. */
  readonly q?: number;
  readonly sign?: Sign;
}

/** A gene set among the chosen genes. */
export interface TermResult {
  readonly term: string;
  readonly description: string;
  /** Genes of the set in the background. */
  readonly size: number;
  /** Chosen ones among them. */
  readonly hits: number;
  /** Hits expected by chance, size × chosen / background. */
  readonly expected: number;
  /** hits / expected; 0 where nothing is chosen. */
  readonly foldEnrichment: number;
  /** P(hits or more) of the hypergeometric distribution. */
  readonly p: number;
  /** p adjusted over all terms, those without a hit included (Benjamini & Hochberg 1995). */
  readonly q: number;
  /** The hits, as increasing indices of the data's genes. */
  readonly genes: Int32Array;
  readonly basis: Basis;
}

/** Genes with |r| ≥ 0.1 and q < 0.05 (or as asked) and the wanted sign, as increasing indices. */
export function chosenGenes(
  { r, q }: Pick<GeneCorrelations, 'r' | 'q'>,
  options: ChoiceOptions = {},
): Int32Array {
  const { leastCorrelation = 0.1, q: below = 0.05, sign = 'both' } = options;
  return Int32Array.from(r.keys()).filter((gene) => {
    const value = r[gene]!;
    const signed = sign === 'both' || (sign === 'positive' ? value > 0 : value < 0);
    return signed && Math.abs(value) >= leastCorrelation && q[gene]! < below;
  });
}

/**
 * Over-representation of gene sets among chosen genes: P(X ≥ hits) where as many genes as are chosen are drawn from the
 * background without replacement. The background are the genes that could have been chosen: the panel's for measured
 * values and for imputed values of the panel's genes, all imputed ones for imputed values of all genes.
 *
 * @param chosen indices of genes, all of the background
 * @param matched sets whose genes are of the background
 * @param basis what the choice rests on
 * Terms come by p, equal ones by hits, then as they came. Throws a RangeError where a chosen gene is not of the
 * background.
 */
export function overRepresentation(chosen: Int32Array, matched: MatchedSets, basis: Basis): TermResult[] {
  const { sets, background } = matched;
  const among = new Set(background);
  const picked = new Set(chosen);
  for (const gene of picked) if (!among.has(gene)) throw new RangeError(`gene ${gene} cannot be chosen`);
  const terms = sets.map(({ name, description, genes }) => {
    const behind = genes.filter((gene) => picked.has(gene));
    const expected = (genes.length * picked.size) / background.length;
    return {
      term: name,
      description,
      size: genes.length,
      hits: behind.length,
      expected,
      foldEnrichment: expected === 0 ? 0 : behind.length / expected,
      p: hypergeometricUpperTail(behind.length, background.length, genes.length, picked.size),
      genes: behind,
      basis,
    };
  });
  const q = benjaminiHochberg(terms.map(({ p }) => p));
  const results = terms.map((term, i): TermResult => ({ ...term, q: q[i]! }));
  return results.sort((a, b) => a.p - b.p || b.hits - a.hits);
}
