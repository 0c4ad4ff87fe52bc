import { listed } from '../../../../src-shared/plot/format.ts';
import { counted } from '../../../lib/words.ts';

/** Genes of a result, to be found with and without regard to case. */
export interface KnownGenes {
  readonly names: ReadonlySet<string>;
  /** Names by themselves in upper case. */
  readonly byCase: ReadonlyMap<string, string>;
}

export function knownGenes(names: readonly string[]): KnownGenes {
  return { names: new Set(names), byCase: new Map(names.map((name) => [name.toUpperCase(), name])) };
}

/** What a result knows of a set's genes. */
export interface Recognised {
  readonly found: readonly string[];
  /** Written in another case in the result, such as ACTB for Actb. */
  readonly otherCase: readonly { readonly gene: string; readonly as: string }[];
  readonly missing: readonly string[];
}

export function recognised(genes: readonly string[], known: KnownGenes): Recognised {
  const found: string[] = [];
  const otherCase: { gene: string; as: string }[] = [];
  const missing: string[] = [];
  for (const gene of genes) {
    const as = known.byCase.get(gene.toUpperCase());
    if (known.names.has(gene)) found.push(gene);
    else if (as !== undefined) otherCase.push({ gene, as });
    else missing.push(gene);
  }
  return { found, otherCase, missing };
}

/** How many of a set's genes a result knows. */
export function knownCount(genes: readonly string[], { byCase }: KnownGenes): number {
  let count = 0;
  for (const gene of genes) if (byCase.has(gene.toUpperCase())) count += 1;
  return count;
}

/** What is known and what is not, in sentences. */
export function recognisedWords({ found, otherCase, missing }: Recognised): string[] {
  const all = found.length + otherCase.length + missing.length;
  if (all === 0) return ['No genes yet.'];
  const sentences = [`${found.length + otherCase.length} of ${counted(all, 'gene')} are in the result.`];
  if (otherCase.length > 0) {
    const some = otherCase.slice(0, 3).map(({ gene, as }) => `${gene} as ${as}`);
    sentences.push(
      `${otherCase.length} of them in another case: ${listed(some)}${otherCase.length > 3 ? ' …' : ''}.`,
    );
  }
  if (missing.length > 0) sentences.push(`Not in the result: ${missing.join(', ')}.`);
  return sentences;
}
