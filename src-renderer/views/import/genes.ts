import type { GeneOverlap } from '../../../src-shared/domain/preview.ts';

export interface MatchedGene {
  readonly spatial: string;
  readonly reference: string;
  /** The two names differ, such as in capitals. */
  readonly respelled: boolean;
}

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Shared genes that hold what is typed in either name; those whose spelling differs come first. */
export function matchedGenes({ shared }: GeneOverlap, typed: string): MatchedGene[] {
  const wanted = typed.trim().toLowerCase();
  return shared
    .filter((names) => names.some((name) => name.toLowerCase().includes(wanted)))
    .map(([spatial, reference]) => ({ spatial, reference, respelled: spatial !== reference }))
    .sort((a, b) => Number(b.respelled) - Number(a.respelled) || order.compare(a.spatial, b.spatial));
}

/** Genes of the panel that the reference does not know, by name. */
export function unmatchedGenes({ onlySpatial }: GeneOverlap, typed: string): string[] {
  const wanted = typed.trim().toLowerCase();
  return onlySpatial.filter((name) => name.toLowerCase().includes(wanted)).sort(order.compare);
}
