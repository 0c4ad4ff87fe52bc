import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { fixed } from '../../../../src-shared/plot/format.ts';
import { whole } from '../../../lib/words.ts';
import { formatSmall, genesIn, GENE_TABLE_WORDS, GENE_TABLES } from '../genes/tables.ts';
import { numbersIn, tableOf, textsIn } from '../result-parts.ts';
import type { TableColumn } from '../ResultTable.tsx';

export interface TermTable {
  /** Name of the table in the result. */
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly isRanked: boolean;
}

/** Tables of terms that a result holds: over-representation, then ranked enrichment. */
export function termTables(result: AnalysisResult): TermTable[] {
  const over = GENE_TABLES.map((name) => ({
    name,
    title: GENE_TABLE_WORDS[name].title,
    about: `${GENE_TABLE_WORDS[name].about}: are the genes beyond the thresholds more often in a set than by chance?`,
    isRanked: false,
  }));
  const ranked = GENE_TABLES.map((name) => ({
    name: `ranked_${name}`,
    title: GENE_TABLE_WORDS[name].title,
    about: `${GENE_TABLE_WORDS[name].about}: do the genes of a set stand together at one end of all genes ordered by r?`,
    isRanked: true,
  }));
  return [...over, ...ranked].filter(({ name }) => tableOf(result, name) !== undefined);
}

const number = (value: number) => fixed(value, 2);

const adjusted = {
  p: { title: 'p', show: formatSmall, smallFirst: true },
  q: { title: 'Adjusted p', show: formatSmall, smallFirst: true },
} as const;

const SHOWN: Readonly<Record<string, Omit<TableColumn, 'name' | 'values'>>> = {
  size: { title: 'Size', about: 'Genes of the set that could have been chosen', show: whole },
  hits: { title: 'Hits', about: 'Genes of the set beyond the thresholds', show: whole },
  expected: { title: 'Expected', about: 'Hits expected by chance', show: number },
  fold: { title: 'Fold', about: 'Hits over those expected', show: number },
  es: { title: 'ES', about: 'Enrichment score: below 0 at the lower end', show: (value) => fixed(value, 3) },
  nes: { title: 'NES', about: 'Enrichment score over that of random sets of this size', show: number },
  ...adjusted,
};

/** Columns of a table of terms; the genes behind come last. */
export function termColumns(result: AnalysisResult, { name, isRanked }: TermTable): TableColumn[] {
  const table = tableOf(result, name);
  const numbers = isRanked ? ['size', 'es', 'nes', 'p', 'q'] : ['size', 'hits', 'expected', 'fold', 'p', 'q'];
  const genes = isRanked ? 'leading' : 'genes';
  return [
    { name: 'term', title: 'Term', values: textsIn(table, 'term') },
    ...numbers.map((column) => ({
      name: column,
      ...SHOWN[column]!,
      values: numbersIn(table, column),
    })),
    {
      name: genes,
      title: isRanked ? 'Leading genes' : 'Genes behind',
      values: textsIn(table, genes).map((field) => genesIn(field).join(', ')),
      isWide: true,
    },
  ];
}
