import type { EvaluatedGene, EvaluatedMethod } from '../../../src-shared/domain/evaluation.ts';
import type { GeneMean } from '../../../src-shared/domain/gene-means.ts';
import { fixed, listed } from '../../../src-shared/plot/format.ts';
import { escapeXml } from '../../../src-shared/plot/svg.ts';
import type { Markup } from '../../../src-shared/plot/svg.ts';
import { bestOther, scoresOf } from './figure.ts';
import type { ReportData } from './figure.ts';
import { table, tag } from './html-tag.ts';
import type { Cell, Column, TableRow } from './html-tag.ts';

/** Rows beyond these would make the page too large to send; they are in per_gene.csv. */
const MOST_ROWS = 1500;

/** Every held-out gene by the focus and the best other method, folded away. */
export function perGeneTable(data: ReportData): Markup {
  const { focus, report } = data;
  if (focus === undefined) return '';
  const other = bestOther(data);
  const shown = other === undefined ? [focus] : [focus, other];
  const scores = shown.map(({ name }) => scoresOf(data, name));
  const facts = new Map(report.genes.map((gene) => [gene.gene, gene]));
  const genes = [...scores[0]!.keys()];
  const rows = genes.slice(0, MOST_ROWS).map((gene) =>
    rowOf(
      gene,
      scores.map((of) => of.get(gene)),
      facts.get(gene),
    ),
  );
  const count =
    genes.length > rows.length ? `The first ${rows.length} of ${genes.length}` : `All ${genes.length}`;
  const words = `${count} held-out genes by ${listed(shown.map(({ title }) => title))}`;
  return tag('details', {}, tag('summary', {}, escapeXml(words)), table(columnsOf(shown), rows, true));
}

function columnsOf(shown: readonly EvaluatedMethod[]): Column[] {
  const numbers = [
    'Fold',
    ...shown.flatMap(({ title }) => ['PCC', 'SSIM', 'RMSE'].map((metric) => `${metric}, ${title}`)),
    ...(shown.length > 1 ? ['PCC difference'] : []),
    'Mean, spatial',
    'Sparsity, spatial',
    'Moran’s I, measured',
    `Moran’s I, ${shown[0]!.title}`,
  ];
  return [{ title: 'Gene' }, ...numbers.map((title) => ({ title, number: true }))];
}

function rowOf(
  gene: string,
  scores: readonly (GeneMean | undefined)[],
  fact: EvaluatedGene | undefined,
): TableRow {
  const [own, other] = scores;
  const numbers = [
    ...scores.flatMap((score) => [score?.pcc, score?.ssim, score?.rmse]),
    ...(scores.length > 1 ? [own && other && own.pcc - other.pcc] : []),
    fact?.meanSpatial,
    fact?.sparsitySpatial,
    own?.moran_measured,
    own?.moran_imputed,
  ];
  return {
    cells: [{ text: gene }, numberCell(own?.fold, 0), ...numbers.map((value) => numberCell(value, 3))],
  };
}

function numberCell(value: number | null | undefined, digits: number): Cell {
  const known = value ?? Number.NaN;
  return { text: fixed(known, digits), number: true, value: known };
}
