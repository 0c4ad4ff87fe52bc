import type { Result } from '../../../src-shared/contract/handlers.ts';

/** Every gene that can be shown, ready to be searched. */
export interface Genes extends Result<'map:genes'> {
  readonly index: ReadonlyMap<string, number>;
  /** Names in upper case. */
  readonly keys: readonly string[];
}

export function readGenes(list: Result<'map:genes'>): Genes {
  return {
    ...list,
    index: new Map(list.names.map((name, i) => [name, i])),
    keys: list.names.map((name) => name.toUpperCase()),
  };
}

/**
 * The genes that fit what is typed, without regard to case, best first: the very name, names that begin so, names
 * that contain it. Among equals those that were measured come first, then those that can be trusted more, then short
 * names. Without a word: the same order over all genes.
 */
export function rankedGenes(genes: Genes, typed: string, limit = 50): number[] {
  const wanted = typed.trim().toUpperCase();
  const fits: number[][] = [[], [], []];
  for (let gene = 0; gene < genes.keys.length; gene++) {
    const key = genes.keys[gene]!;
    const at = key.indexOf(wanted);
    if (at < 0) continue;
    fits[key === wanted ? 0 : at === 0 ? 1 : 2]!.push(gene);
  }
  const found: number[] = [];
  for (const fit of fits) {
    if (found.length >= limit) break;
    found.push(...fit.sort((a, b) => compare(genes, a, b)).slice(0, limit - found.length));
  }
  return found;
}

function compare(genes: Genes, a: number, b: number): number {
  const trust = (gene: number): number => {
    const expected = genes.expected[gene]!;
    return Number.isNaN(expected) ? -1 : expected;
  };
  return (
    genes.measured[b]! - genes.measured[a]! ||
    Number(genes.imputed[b]) - Number(genes.imputed[a]) ||
    trust(b) - trust(a) ||
    genes.keys[a]!.length - genes.keys[b]!.length ||
    (genes.keys[a]! < genes.keys[b]! ? -1 : 1)
  );
}

/** The gene that a map opens with: measured and imputed, seen in many cells but not in all. */
export function firstGene(genes: Genes): string | undefined {
  let best = -1;
  let highest = -Infinity;
  for (let gene = 0; gene < genes.names.length; gene++) {
    const detected = genes.detected[gene]!;
    const spread = Number.isNaN(detected) ? 0 : detected * (1 - detected);
    const score = 4 * (genes.measured[gene]! + genes.imputed[gene]!) + spread;
    if (score <= highest) continue;
    best = gene;
    highest = score;
  }
  return genes.names[best];
}
