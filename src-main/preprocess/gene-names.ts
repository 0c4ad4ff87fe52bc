/** How the genes of one file are called. */
export interface GeneNames {
  /** The file, for messages. */
  readonly file: string;
  readonly names: readonly string[];
  /** Second names where the file has them (Ensembl ids beside symbols or the reverse), one a gene. */
  readonly ids?: readonly string[];
}

export type NamingStyle = 'Ensembl ids' | 'symbols';

/** Gene ids of Ensembl and of the model organisms whose ids Ensembl takes over (fly, worm), with their version. */
const ENSEMBL = /^((?:ENS[A-Z]*G\d{6,}|FBGN\d{7}|WBGENE\d{8}))(?:\.\d+)?(_PAR_Y)?$/;

/** What names are compared by: upper case, and without the version if it is an Ensembl id. '' never matches. */
export function geneKey(name: string): string {
  const upper = name.trim().toUpperCase();
  const ensembl = ENSEMBL.exec(upper);
  return ensembl === null ? upper : `${ensembl[1]!}${ensembl[2] ?? ''}`;
}

/** Ensembl ids if at least half of the names are. */
export function namingStyle(names: readonly string[]): NamingStyle {
  const ensembl = names.filter((name) => ENSEMBL.test(name.trim().toUpperCase())).length;
  return names.length > 0 && ensembl * 2 >= names.length ? 'Ensembl ids' : 'symbols';
}

/** First position of every key, and the names that are a second one of theirs. */
export interface GeneIndex {
  readonly columns: ReadonlyMap<string, number>;
  readonly duplicates: readonly string[];
}

export function indexGenes(names: readonly string[]): GeneIndex {
  const columns = new Map<string, number>();
  const duplicates: string[] = [];
  names.forEach((name, column) => {
    const key = geneKey(name);
    if (key === '') return;
    if (columns.has(key)) duplicates.push(name);
    else columns.set(key, column);
  });
  return { columns, duplicates };
}

/**
 * Columns of the genes asked for, by name or else by second name, in the order asked for and each once;
 * `missing` are those that the file does not have.
 */
export function locateGenes(
  genes: GeneNames,
  wanted: readonly string[],
): { readonly columns: Int32Array; readonly missing: readonly string[] } {
  const byName = indexGenes(genes.names).columns;
  const byId = indexGenes(genes.ids ?? []).columns;
  const columns = new Set<number>();
  const missing: string[] = [];
  for (const name of wanted) {
    const column = byName.get(geneKey(name)) ?? byId.get(geneKey(name));
    if (column === undefined) missing.push(name);
    else columns.add(column);
  }
  return { columns: Int32Array.from(columns), missing };
}
