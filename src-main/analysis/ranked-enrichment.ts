import type { Basis } from '../../src-shared/domain/value-basis.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { runningPeak } from '../../src-shared/maths/running-sum.ts';
import { argsort } from '../../src-shared/maths/statistics.ts';
import type { Numbers } from '../../src-shared/maths/statistics.ts';
import { enrichmentNull } from './enrichment-null.ts';
import type { SizeNull } from './enrichment-null.ts';
import { falseDiscoveryRates } from './enrichment-fdr.ts';
import type { MatchedSets } from './gene-set-matching.ts';
import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';

export interface RankedOptions extends LongWork {
  readonly permutations?: number;
  /** Power of |score| by which members weigh; 0 gives the Kolmogorov–Smirnov statistic. */
  readonly weight?: number;
  readonly seed?: number;
}

/** A gene set in a ranking of genes. */
export interface RankedTerm {
  readonly term: string;
  readonly description: string;
  /** Genes of the set in the ranking. */
  readonly size: number;
  /** Enrichment score: positive where the set's genes lie among the largest scores. */
  readonly es: number;
  /** es over the mean |es| of random sets of its size and sign. */
  readonly nes: number;
  /** Share of the random sets of its sign that are as far from 0, the set itself counted as one of them. */
  readonly p: number;
  /** False discovery rate as published; it may be 0 and need not rise with p. */
  readonly q: number;
  /** The genes that make the score, from the strongest: those up to the peak, or from the trough on. */
  readonly leadingEdge: Int32Array;
  readonly basis: Basis;
}

/**
 * Preranked gene set enrichment analysis (Subramanian et al. 2005): a weighted running sum over all genes by falling
 * score, normalised by random gene sets of the same size (gene permutation), with the false discovery rate as published
 * there. Equal scores are ranked by index. nes, p and q are NaN where no random set has the sign of the set.
 *
 * Gene permutation takes genes for independent of each other: sets whose genes vary together get p-values that are too
 * small, so the result is for ordering terms rather than for testing one.
 *
 * @param scores one a gene of the data, such as correlations; finite in the background
 * @param matched sets, whose background is what is ranked
 * @param basis what the scores rest on
 * Terms come by p, then by |nes|. Throws a RangeError where a score of the background is not finite.
 */
export async function rankedEnrichment(
  scores: Numbers,
  matched: MatchedSets,
  basis: Basis,
  options: RankedOptions = {},
): Promise<RankedTerm[]> {
  const { permutations = 1000, weight = 1, seed = 0 } = options;
  const { order, weights } = rank(scores, matched.background, weight);
  const places = new Int32Array(scores.length);
  order.forEach((gene, place) => (places[gene] = place));
  const sizes = [...new Set(matched.sets.map(({ genes }) => genes.length))].sort((a, b) => a - b);
  const random = new Random(seed, 'ranked-enrichment');
  const turns = new Turns(options);
  await turns.take(0);
  const nulls = await enrichmentNull(weights, sizes, permutations, random, turns);

  const terms: Omit<RankedTerm, 'q'>[] = [];
  for (const { name, description, genes } of matched.sets) {
    const positions = genes.map((gene) => places[gene]!).sort();
    const { score: es, at } = runningPeak(positions, positions.length, weights);
    const edge = es < 0 ? positions.subarray(at).toReversed() : positions.subarray(0, at + 1);
    const leadingEdge = edge.map((place) => order[place]!);
    const test = against(nulls.get(genes.length)!, es);
    terms.push({ term: name, description, size: genes.length, es, ...test, leadingEdge, basis });
    if (turns.due) await turns.take(1);
  }
  const q = falseDiscoveryRates(terms, nulls);
  options.progress?.(1);
  const results = terms.map((term, i): RankedTerm => ({ ...term, q: q[i]! }));
  return results.sort((a, b) => a.p - b.p || Math.abs(b.nes) - Math.abs(a.nes));
}

/** Genes of the background by falling score, and |score|^power in that order. */
function rank(
  scores: Numbers,
  background: Int32Array,
  power: number,
): { order: Int32Array; weights: Float64Array } {
  const falling = Float64Array.from(background, (gene) => -scores[gene]!);
  const bad = falling.findIndex((score) => !Number.isFinite(score));
  if (bad >= 0) throw new RangeError(`the score of gene ${background[bad]} is ${scores[background[bad]!]}`);
  const order = argsort(falling).map((i) => background[i]!);
  return { order, weights: Float64Array.from(order, (gene) => Math.abs(scores[gene]!) ** power) };
}

/** Normalised score and nominal p-value. */
function against({ scores, positiveMean, negativeMean }: SizeNull, es: number): { nes: number; p: number } {
  const mean = es > 0 ? positiveMean : -negativeMean;
  if (!(mean > 0)) return { nes: Number.NaN, p: Number.NaN };
  let [same, farther] = [0, 0];
  for (const score of scores) {
    if (score > 0 !== es > 0) continue;
    same++;
    if (Math.abs(score) >= Math.abs(es)) farther++;
  }
  return { nes: es / mean, p: (1 + farther) / (1 + same) };
}
