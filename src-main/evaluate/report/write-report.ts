import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvaluationMaps, EvaluationReport, GeneRow } from '../../../src-shared/domain/evaluation.ts';
import { writeFileAtomically } from '../../io/atomic-write.ts';
import { makeFolder } from '../../io/make-folder.ts';
import type { ExpectedGene } from '../expected.ts';
import { boxPlots } from './box-plots.ts';
import { perGeneCsv, summaryCsv } from './csv.ts';
import { expectedAgainstAchieved } from './expected.ts';
import { reportData } from './figure.ts';
import type { Figure, ReportData } from './figure.ts';
import { reportPage } from './html.ts';
import type { PageFigures } from './html.ts';
import { accuracyByLevel } from './levels.ts';
import { geneMaps } from './maps.ts';
import { loadRasteriser } from './png.ts';
import type { Rasteriser } from './png.ts';
import { geneScatter } from './scatter.ts';

/** What became of a report. */
export interface WrittenReport {
  readonly paths: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Writes per_gene.csv, summary.csv, report.json, report.html and figures/*.svg and *.png into the folder, which is
 * made when absent; each file is there whole or not at all. Nothing is computed here but what a drawing needs.
 *
 * @param expected expected and achieved PCC of each held-out gene, drawn where the report speaks of it
 * @returns the paths written, and warnings: figures that cannot be turned into PNG are written as SVG alone
 * Throws a UserError when the folder cannot be written to.
 */
export async function writeReport(
  folder: string,
  report: EvaluationReport,
  rows: readonly GeneRow[],
  maps: EvaluationMaps,
  expected?: readonly ExpectedGene[],
): Promise<WrittenReport> {
  const data = reportData(report, rows);
  const figures = figuresOf(data, maps, expected);
  const all = [
    ...figures.accuracy,
    ...figures.maps,
    ...(figures.expected === undefined ? [] : [figures.expected]),
  ];
  const { images, warnings } = await imagesOf(all);
  const files: (readonly [string, string | Uint8Array])[] = [
    ['per_gene.csv', perGeneCsv(rows)],
    ['summary.csv', summaryCsv(report.summary)],
    ['report.json', `${JSON.stringify(report, null, 2)}\n`],
    ...all.map(({ name, svg }) => [join('figures', `${name}.svg`), svg] as const),
    ...images.map(({ name, png }) => [join('figures', `${name}.png`), png] as const),
    ['report.html', reportPage(data, figures, maps, [...report.warnings, ...warnings])],
  ];
  return { paths: await writeAll(folder, files), warnings };
}

function figuresOf(
  data: ReportData,
  maps: EvaluationMaps,
  expected: readonly ExpectedGene[] | undefined,
): PageFigures {
  const accuracy =
    data.focus === undefined
      ? []
      : [boxPlots(data), geneScatter(data, 'pcc'), geneScatter(data, 'ssim'), accuracyByLevel(data)];
  return {
    accuracy: accuracy.filter((figure) => figure !== undefined),
    maps: geneMaps(data, maps),
    expected: expectedAgainstAchieved(data, expected),
  };
}

interface Images {
  readonly images: readonly { readonly name: string; readonly png: Uint8Array }[];
  readonly warnings: readonly string[];
}

/** A report without PNGs is still a report. */
async function imagesOf(figures: readonly Figure[]): Promise<Images> {
  const images: { name: string; png: Uint8Array }[] = [];
  try {
    const rasterise: Rasteriser = await loadRasteriser();
    for (const { name, svg } of figures) {
      images.push({ name, png: rasterise(svg) });
      // The event loop turns between figures, so that a stop arrives.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { images, warnings: [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The figures were written as SVG only, since they could not be turned into PNG: ${reason}`;
    return { images, warnings: [message] };
  }
}

const OWN_FIGURES = /^(?:metrics|genes-(?:pcc|ssim)|levels|expected|map-\d+-.*)\.(?:svg|png)$/u;

/** Figures of an earlier report would look as if they belonged to this one. */
async function removeOldFigures(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (OWN_FIGURES.test(name)) await rm(join(folder, name), { force: true });
  }
}

async function writeAll(
  folder: string,
  files: readonly (readonly [string, string | Uint8Array])[],
): Promise<string[]> {
  await makeFolder(join(folder, 'figures'));
  await removeOldFigures(join(folder, 'figures'));
  const paths: string[] = [];
  for (const [name, content] of files) {
    const path = join(folder, name);
    await writeFileAtomically(path, content);
    paths.push(path);
  }
  return paths;
}
