import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { fixed, formatP } from '../../../../src-shared/plot/format.ts';
import type { NamedPoint } from '../../../components/charts/ScatterPlot.tsx';
import type { TableColumn } from '../ResultTable.tsx';
import { numbersIn, tableOf, textsIn } from '../result-parts.ts';

/** Genes whose I is known for measured and for imputed values. */
export function bothPoints(result: AnalysisResult): NamedPoint[] {
  const table = tableOf(result, 'moran');
  const measured = numbersIn(table, 'measured_i');
  const imputed = numbersIn(table, 'imputed_i');
  return textsIn(table, 'gene').flatMap((name, i): NamedPoint[] => {
    const [x, y] = [measured[i] ?? NaN, imputed[i] ?? NaN];
    return Number.isFinite(x) && Number.isFinite(y) ? [{ name, x, y }] : [];
  });
}

/** The table of genes. */
export function moranColumns(result: AnalysisResult): readonly TableColumn[] {
  const table = tableOf(result, 'moran');
  const genes = textsIn(table, 'gene');
  const statistic = (value: number) => fixed(value, 3);
  const q = (value: number) => formatP(value).replace(/^p (= )?/u, '');
  return [
    { name: 'gene', title: 'Gene', values: genes },
    {
      name: 'imputed_i',
      title: 'I, imputed',
      about: 'Moran’s I of the imputed values; imputation smooths, so it is too high',
      values: numbersIn(table, 'imputed_i'),
      show: statistic,
    },
    {
      name: 'imputed_q',
      title: 'q, imputed',
      about: 'Corrected for the number of genes (Benjamini & Hochberg)',
      values: numbersIn(table, 'imputed_q'),
      show: q,
      smallFirst: true,
    },
    {
      name: 'measured_i',
      title: 'I, measured',
      about: 'Moran’s I of the measured values; empty for genes that were imputed only',
      values: numbersIn(table, 'measured_i'),
      show: statistic,
    },
    {
      name: 'measured_q',
      title: 'q, measured',
      about: 'Corrected for the number of genes (Benjamini & Hochberg)',
      values: numbersIn(table, 'measured_q'),
      show: q,
      smallFirst: true,
    },
    { name: 'panel', title: 'In the panel', values: panelWords(result, genes.length) },
  ];
}

function panelWords(result: AnalysisResult, genes: number): string[] {
  const column = tableOf(result, 'moran')?.columns.find(({ name }) => name === 'panel');
  return Array.from({ length: genes }, (_, i) => {
    const value = column?.values[i] ?? 0;
    const isMeasured = typeof value === 'number' ? value !== 0 : !/^(no|false|0|imputed|)$/iu.test(value);
    return isMeasured ? 'measured' : 'imputed only';
  });
}
