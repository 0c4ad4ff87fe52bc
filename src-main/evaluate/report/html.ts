import type { EvaluationMaps } from '../../../src-shared/domain/evaluation.ts';
import { formatCount } from '../../../src-shared/plot/format.ts';
import { escapeXml } from '../../../src-shared/plot/svg.ts';
import type { Markup } from '../../../src-shared/plot/svg.ts';
import type { Figure, ReportData } from './figure.ts';
import { SCRIPT } from './html-script.ts';
import {
  dataSection,
  expectedSection,
  figureMarkup,
  methodsSection,
  paragraph,
  section,
  warningsSection,
} from './html-sections.ts';
import { STYLE } from './html-style.ts';
import { perGeneTable } from './html-genes.ts';
import { comparisonTables, summaryTable } from './html-tables.ts';
import { tag } from './html-tag.ts';

/** Nothing is ever fetched: images are inside the page, and so are style and script. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/** The figures by where they stand in the page. */
export interface PageFigures {
  readonly accuracy: readonly Figure[];
  readonly maps: readonly Figure[];
  readonly expected: Figure | undefined;
}

/** report.html: one page that needs nothing else, reads without scripts and prints. */
export function reportPage(
  data: ReportData,
  figures: PageFigures,
  maps: EvaluationMaps,
  warnings: readonly string[],
): string {
  const title = titleOf(data.report.dataset);
  const head = tag(
    'head',
    {},
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeXml(POLICY)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    tag('title', {}, escapeXml(title)),
    tag('style', {}, STYLE),
  );
  return `<!doctype html>\n<html lang="en">${head}${tag('body', {}, main(data, figures, maps, warnings), tag('script', {}, SCRIPT))}</html>\n`;
}

function main(
  data: ReportData,
  figures: PageFigures,
  maps: EvaluationMaps,
  warnings: readonly string[],
): Markup {
  const { report } = data;
  let number = 0;
  const drawn = (list: readonly Figure[]): Markup =>
    list.map((figure) => figureMarkup(figure, ++number)).join('');
  return tag(
    'main',
    {},
    header(data),
    tag('div', { class: 'verdict' }, ...report.verdict.map((sentence) => paragraph(sentence))),
    summarySection(data),
    report.comparisons.length === 0 ? '' : comparisonsSection(data),
    section('figures', 'Accuracy in figures', drawn(figures.accuracy)),
    section(
      'maps',
      'Measured and imputed maps',
      figures.maps.length > 0 ? drawn(figures.maps) : paragraph(withoutMaps(maps)),
    ),
    expectedSection(data, drawn(figures.expected === undefined ? [] : [figures.expected])),
    methodsSection(data),
    dataSection(data),
    warningsSection(warnings),
    section(
      'genes',
      'Gene by gene',
      perGeneTable(data),
      paragraph('All methods, folds and seeds are in per_gene.csv.', 'note'),
    ),
  );
}

function header({ report, methods }: ReportData): Markup {
  const { spatial, reference } = report.cells;
  const counts = `${report.genes.length} held-out genes, ${formatCount(spatial)} spatial cells, ${formatCount(reference)} reference cells, ${methods.length} methods`;
  return tag('header', {}, tag('h1', {}, escapeXml(titleOf(report.dataset))), paragraph(counts));
}

function titleOf(dataset: string): string {
  return `Imputation accuracy: ${dataset}`;
}

function summarySection(data: ReportData): Markup {
  return section(
    'summary',
    'Summary',
    summaryTable(data),
    paragraph(
      'Means over held-out genes, seeds averaged first; the interval of the mean is a 95 % bootstrap interval over genes. RMSE and MAE are of z-scored profiles; for these and the time smaller is better, elsewhere larger. The best value of each column is bold and underlined.',
      'note',
    ),
  );
}

function comparisonsSection(data: ReportData): Markup {
  return section(
    'comparisons',
    'Paired comparisons',
    comparisonTables(data),
    paragraph(
      'Methods are compared gene by gene: Wilcoxon’s signed-rank test, two-sided, p adjusted by Holm’s method within a metric. The mean difference is that of the first method minus the second.',
      'note',
    ),
  );
}

function withoutMaps({ positions, genes }: EvaluationMaps): string {
  if (positions === undefined) return 'There are no maps: the spatial data have no positions.';
  return genes.length === 0
    ? 'There are no maps: no gene was chosen for them.'
    : 'There are no maps: no cell was drawn.';
}
