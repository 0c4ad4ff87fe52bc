/**
 * Values and genes that an analysis of genes rests on: the measured values of the panel's genes, the imputed values of
 * the panel's genes, or the imputed values of all genes.
 */
export const GENE_SET_KINDS = ['raw', 'imputed-measured', 'imputed-all'] as const;
export type GeneSetKind = (typeof GENE_SET_KINDS)[number];

/** What a result can rest on: measured values, imputed ones, or both beside each other; shown with every result. */
export const BASES = ['measured', 'imputed', 'both'] as const;
export type Basis = (typeof BASES)[number];

/** What a result made from these kinds rests on. Throws a RangeError where there is none. */
export function basisOf(...kinds: readonly GeneSetKind[]): Basis {
  if (kinds.length === 0) throw new RangeError('a result rests on some values');
  const measured = kinds.filter((kind) => kind === 'raw').length;
  if (measured === kinds.length) return 'measured';
  return measured === 0 ? 'imputed' : 'both';
}
