import type { Result } from '../../../src-shared/contract/handlers.ts';
import { namesIn } from '../../lib/names-in.ts';

export type GeneTable = Result<'map:genes'>;

/** Which genes of a result go into a table. */
export interface GeneChoice {
  readonly kind: 'all' | 'trusted' | 'list';
  /** Smallest expected correlation, for `trusted`. */
  readonly expected: number;
  readonly list: string;
}

/** The chosen genes; `unknown` are listed names that the result does not hold. */
export function chosenGenes(
  table: GeneTable,
  choice: GeneChoice,
): { readonly genes: string[]; readonly unknown: string[] } {
  const imputed = table.names.filter((_, i) => table.imputed[i] === 1);
  if (choice.kind === 'all') return { genes: imputed, unknown: [] };
  if (choice.kind === 'trusted') {
    // Of the genes that were not measured, as the sentence about the run counts them.
    const isTrusted = (i: number) =>
      table.imputed[i] === 1 && table.measured[i] !== 1 && table.expected[i]! >= choice.expected;
    return { genes: table.names.filter((_, i) => isTrusted(i)), unknown: [] };
  }
  const known = new Set(imputed);
  const listed = namesIn(choice.list);
  return {
    genes: listed.filter((name) => known.has(name)),
    unknown: listed.filter((name) => !known.has(name)),
  };
}
