import { UserError } from '../../src-shared/contract/errors.ts';
import type { EvaluateRequest } from '../../src-shared/domain/evaluate-request.ts';
import type {
  EvaluatedGene,
  EvaluatedMethod,
  EvaluationReport,
  GeneRow,
} from '../../src-shared/domain/evaluation.ts';
import { focusOf, geneMeans } from '../../src-shared/domain/gene-means.ts';
import { verdictOf } from '../../src-shared/domain/verdict.ts';
import { sortedByName } from '../../src-shared/maths/folds.ts';
import { median } from '../../src-shared/maths/statistics.ts';
import { genesToShow, mapsOf, type FoundJob } from '../evaluate/choose-maps.ts';
import { expectedAccuracy, expectedGenes } from '../evaluate/expected.ts';
import { readJobs, type JobRecord } from '../evaluate/job-files.ts';
import { writeReport } from '../evaluate/report/write-report.ts';
import { comparisonsOf, summaryOf } from '../evaluate/summarise.ts';
import { difference, jobKey, jobsOf, readSettings, type EvaluationSettings } from './evaluation-settings.ts';
import { allMethods } from './method-table.ts';

/** Settings of several folders. Throws a UserError when one holds no evaluation, or one of other data or settings. */
export async function readAlike(folders: readonly string[]): Promise<EvaluationSettings[]> {
  const all: EvaluationSettings[] = [];
  for (const root of folders) {
    const settings = await readSettings(root);
    const what = all[0] && difference(all[0], settings);
    if (what !== undefined) {
      throw new UserError(
        `${root} cannot be gathered with ${folders[0]!}: the ${what} differ, so their scores do not belong in one table.`,
        { file: root, element: what },
      );
    }
    all.push(settings);
  }
  return all;
}

/**
 * Joins the finished jobs of one or several folders into one report. A job that is in several folders counts once.
 * Throws a UserError when a folder holds another evaluation's jobs, or when nothing is finished yet.
 */
export async function gatherEvaluations(
  out: string,
  folders: readonly string[],
  { maps: asked, name, methods }: Pick<EvaluateRequest, 'maps' | 'name' | 'methods'>,
  failures: readonly string[],
  version: string,
): Promise<{ readonly verdict: readonly string[]; readonly warnings: readonly string[] }> {
  const all = await readAlike(folders);
  const found: FoundJob[] = [];
  for (const root of folders) {
    for (const record of await readJobs(root)) {
      const wanted = methods.length === 0 || methods.includes(record.method);
      if (wanted && !found.some((job) => jobKey(job.record) === jobKey(record))) found.push({ root, record });
    }
  }
  if (found.length === 0) {
    const why = failures[0] === undefined ? '' : ` ${failures[0]}`;
    throw new UserError(`No job of this evaluation is finished, so there is nothing to report.${why}`, {
      file: out,
    });
  }
  const jobs = inOrder(found, all[0]!);
  const shown = genesToShow(jobs, asked.length > 0 ? asked : all.flatMap((one) => one.maps));
  const notices = [...failures, ...unfinished(found, all, methods), ...unknownMaps(shown.missing)];
  const { report, rows, expected } = reportOf(jobs, all, name ?? all[0]!.name, notices, version);
  const maps = await mapsOf(jobs, shown.genes);
  const written = await writeReport(out, report, rows, maps, expected);
  return { verdict: report.verdict, warnings: [...report.warnings, ...written.warnings] };
}

function unknownMaps(missing: readonly string[]): string[] {
  if (missing.length === 0) return [];
  return [
    `No map is drawn of ${missing.join(', ')}: not among the genes that were held out, or without positions.`,
  ];
}

/** By method as in tables, then seed, then fold: the same order however the jobs came about. */
function inOrder(jobs: readonly FoundJob[], { config }: EvaluationSettings): FoundJob[] {
  const names = allMethods(config).map(({ name }) => name);
  const key = ({ record }: FoundJob) => [names.indexOf(record.method), record.seed, record.fold] as const;
  return jobs.toSorted((a, b) => {
    const [x, y] = [key(a), key(b)];
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
  });
}

function reportOf(
  jobs: readonly FoundJob[],
  all: readonly EvaluationSettings[],
  dataset: string,
  notices: readonly string[],
  version: string,
) {
  const settings = all[0]!;
  const records = jobs.map(({ record }) => record);
  const rows: GeneRow[] = records.flatMap(({ scores }) => scores.map((score) => ({ dataset, ...score })));
  const scores = geneMeans(rows);
  const summary = summaryOf(scores);
  const methods = methodsOf(records);
  const scored = methods.filter(({ name }) => scores.has(name));
  const comparisons = comparisonsOf(scores, focusOf(scored, summary)?.name);
  const expected = expectedGenes(records, 'spagene');
  const foldsRun = [...new Set(records.map(({ fold }) => fold))].sort((a, b) => a - b);
  const report: EvaluationReport = {
    format: 'spagene-evaluation',
    formatVersion: 1,
    versions: { spagene: version, node: process.version },
    dataset,
    backend: [...new Set(all.map(({ backend }) => backend.label))].join(', '),
    files: settings.files.map(({ role, path, sha256 }) => ({ role, path, sha256 })),
    cells: settings.cells,
    folds: settings.folds,
    foldsRun,
    foldRule: settings.foldRule,
    seeds: [...new Set(records.map(({ seed }) => seed))].sort((a, b) => a - b),
    genes: genesOf(records),
    methods,
    summary,
    comparisons,
    expected: expectedAccuracy('spagene', expected),
    verdict: verdictOf(summary, comparisons, methods, rows, { folds: settings.folds, foldsRun }),
    warnings: [...new Set([...notices, ...records.flatMap(({ warnings }) => warnings)])],
  };
  return { report, rows, expected };
}

function methodsOf(records: readonly JobRecord[]): EvaluatedMethod[] {
  const names = [...new Set(records.map(({ method }) => method))];
  return names.map((name) => {
    const own = records.filter(({ method }) => method === name);
    const { title, kind, source } = own[0]!;
    const departures = [...new Set(own.flatMap((record) => record.departures))];
    return {
      name,
      title,
      kind,
      source,
      departures,
      secondsPerFold: median(own.map(({ seconds }) => seconds)),
    };
  });
}

/** Every scored gene once, sorted by name. */
function genesOf(records: readonly JobRecord[]): EvaluatedGene[] {
  const genes = new Map(records.flatMap((record) => record.genes.map((gene) => [gene.gene, gene] as const)));
  const names = [...genes.keys()];
  return Array.from(sortedByName(names), (i) => genes.get(names[i]!)!);
}

/** Jobs that were asked for and are not there: means of such methods are over other genes than the others'. */
function unfinished(
  jobs: readonly FoundJob[],
  all: readonly EvaluationSettings[],
  wanted: readonly string[],
): string[] {
  const done = new Set(jobs.map(({ record }) => jobKey(record)));
  const asked = new Map<string, Set<string>>();
  for (const job of all.flatMap(jobsOf)) {
    if (wanted.length > 0 && !wanted.includes(job.method)) continue;
    asked.set(job.method, (asked.get(job.method) ?? new Set<string>()).add(jobKey(job)));
  }
  return [...asked].flatMap(([method, own]) => {
    const there = [...own].filter((job) => done.has(job)).length;
    if (there === own.size) return [];
    return [
      there === 0
        ? `${method} was asked for but has not finished any of its ${own.size} jobs, so it is not in this report.`
        : `${method} has finished ${there} of its ${own.size} jobs, so its means are over fewer genes than others'.`,
    ];
  });
}
