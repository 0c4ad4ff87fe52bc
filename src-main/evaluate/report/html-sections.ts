import { inReadingOrder } from '../../../src-shared/domain/gene-means.ts';
import { fixed, formatCount, listed } from '../../../src-shared/plot/format.ts';
import { KIND_LABELS } from '../../../src-shared/plot/metric-labels.ts';
import { escapeXml } from '../../../src-shared/plot/svg.ts';
import type { Markup } from '../../../src-shared/plot/svg.ts';
import type { Figure, ReportData } from './figure.ts';
import { table, tag } from './html-tag.ts';

export function section(id: string, title: string, ...content: readonly Markup[]): Markup {
  return tag('section', { id }, tag('h2', {}, escapeXml(title)), ...content);
}

export function paragraph(words: string, name?: string): Markup {
  return tag('p', { class: name }, escapeXml(words));
}

/** A drawing with its caption; the page's script adds the buttons, which need scripts anyway. */
export function figureMarkup({ name, title, caption, svg }: Figure, number: number): Markup {
  const label = tag('b', {}, escapeXml(`Figure ${number}. ${title}.`));
  return tag(
    'figure',
    { id: `figure-${name}`, 'data-name': name },
    tag('div', { class: 'card' }, svg),
    tag('figcaption', {}, `${label} ${escapeXml(caption)}`),
  );
}

/** What each method is, where it comes from, and where this implementation departs from it. */
export function methodsSection({ report, methods }: ReportData): Markup {
  const missing = inReadingOrder(report.methods)
    .filter((method) => !methods.includes(method))
    .map(({ title }) => title);
  const entries = methods.map(({ title, name, kind, source, departures }) =>
    tag(
      'div',
      { class: 'method' },
      tag('h3', {}, escapeXml(title), ' ', tag('small', {}, escapeXml(`${KIND_LABELS[kind]} · ${name}`))),
      paragraph(source),
      ...(departures.length === 0
        ? []
        : [tag('ul', {}, ...departures.map((departure) => tag('li', {}, escapeXml(departure))))]),
    ),
  );
  const note = missing.length === 0 ? [] : [paragraph(`Without a score: ${listed(missing)}.`)];
  return section('methods', 'Methods', ...entries, ...note);
}

/** How well the expected accuracy of a gene foretold the achieved one; nothing where it was not made. */
export function expectedSection({ report }: ReportData, figure: Markup): Markup {
  const { expected } = report;
  if (expected === null) return '';
  const title = report.methods.find(({ name }) => name === expected.method)?.title ?? expected.method;
  const words = `For every imputed gene ${title} states the correlation to be expected of it, learned from held-out genes. On ${expected.genes} held-out genes that the statement had not seen, expected and achieved correlation have a Spearman correlation of ${fixed(expected.spearman, 2)}, and they differ by ${fixed(expected.meanAbsoluteError, 3)} on average.`;
  return section('expected', 'Expected accuracy', paragraph(words), figure);
}

/** Everything that is needed to repeat the evaluation. */
export function dataSection({ report }: ReportData): Markup {
  const rule =
    report.foldRule === 'name'
      ? 'genes sorted by name, gene i in fold i modulo the number of folds'
      : 'genes dealt out at random from the seed';
  const facts: readonly (readonly [string, string])[] = [
    [
      'Cells scored',
      `${formatCount(report.cells.spatial)} spatial, ${formatCount(report.cells.reference)} in the reference`,
    ],
    ['Held-out genes', String(report.genes.length)],
    ['Folds', `${report.foldsRun.length} of ${report.folds} run (${report.foldsRun.join(', ')}); ${rule}`],
    [report.seeds.length === 1 ? 'Seed' : 'Seeds', report.seeds.join(', ')],
    ['Backend', report.backend],
    [
      'Versions',
      Object.entries(report.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
  ];
  const list = facts.map(([name, value]) => tag('dt', {}, escapeXml(name)) + tag('dd', {}, escapeXml(value)));
  const files = report.files.map(({ role, path, sha256 }) => ({
    cells: [{ text: role }, { text: path }, { text: sha256 }],
  }));
  return section(
    'data',
    'Data and settings',
    tag('dl', {}, ...list),
    files.length === 0
      ? ''
      : tag(
          'div',
          { class: 'files' },
          table([{ title: 'File' }, { title: 'Path' }, { title: 'SHA-256' }], files),
        ),
  );
}

export function warningsSection(warnings: readonly string[]): Markup {
  if (warnings.length === 0) return '';
  return section(
    'warnings',
    'Warnings',
    tag('ul', {}, ...warnings.map((words) => tag('li', {}, escapeXml(words)))),
  );
}
