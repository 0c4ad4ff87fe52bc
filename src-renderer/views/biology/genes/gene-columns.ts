import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { fixed } from '../../../../src-shared/plot/format.ts';
import { whole } from '../../../lib/words.ts';
import { numbersIn, tableOf, textsIn } from '../result-parts.ts';
import type { TableColumn } from '../ResultTable.tsx';
import { formatSmall, type GeneTableName } from './tables.ts';

/** Columns of one of the three tables of genes. */
export function geneColumns(result: AnalysisResult, name: GeneTableName): TableColumn[] {
  const table = tableOf(result, name);
  return [
    { name: 'gene', title: 'Gene', values: textsIn(table, 'gene') },
    {
      name: 'r',
      title: 'r',
      about: 'Pearson correlation with the share of the chosen types among the neighbours',
      values: numbersIn(table, 'r'),
      show: (value) => fixed(value, 3),
    },
    {
      name: 'p',
      title: 'p',
      about: 'Two-sided, against copies of the share that were shifted in space',
      values: numbersIn(table, 'p'),
      show: formatSmall,
      smallFirst: true,
    },
    {
      name: 'q',
      title: 'q',
      about: 'p adjusted for the number of genes (Benjamini and Hochberg)',
      values: numbersIn(table, 'q'),
      show: formatSmall,
      smallFirst: true,
    },
    {
      name: 'exceeding',
      title: 'Copies beyond',
      about: 'Shifted copies with at least this correlation; with fewer than ten, p is an extrapolation',
      values: numbersIn(table, 'exceeding'),
      show: whole,
      smallFirst: true,
    },
  ];
}
