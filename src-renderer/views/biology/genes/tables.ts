/** The three ways in which genes are looked at, as results name their tables. */
export const GENE_TABLES = ['raw', 'imputed_measured', 'imputed_all'] as const;
export type GeneTableName = (typeof GENE_TABLES)[number];

export const GENE_TABLE_WORDS: Readonly<
  Record<GeneTableName, { readonly title: string; readonly basis: string; readonly about: string }>
> = {
  raw: { title: 'Raw', basis: 'measured', about: 'Measured values of the genes that the assay measured' },
  imputed_measured: {
    title: 'Imputed, measured genes',
    basis: 'imputed',
    about: 'Imputed values of the genes that the assay measured, to hold against their raw values',
  },
  imputed_all: {
    title: 'Imputed, all genes',
    basis: 'imputed',
    about: 'Imputed values of every gene, those included that were never measured in this tissue',
  },
};

/** Genes that stand in one field, once each, separated by commas, semicolons, bars or spaces. */
export function genesIn(field: string): string[] {
  return [...new Set(field.split(/[\s,;|]+/u).filter((gene) => gene !== ''))];
}

/** −log₁₀ of a p-value; one of 0 counts as the smallest double. NaN where there is none. */
export function minusLog(p: number): number {
  return Math.abs(Math.log10(Math.max(p, Number.MIN_VALUE)));
}

/** `0.0123`, `1.2e−5`: a p-value in a table. */
export function formatSmall(p: number): string {
  if (p === 0) return '0';
  if (p >= 0.001) return p.toFixed(4);
  return p.toExponential(1).replace('-', '−');
}
