import type { EvaluatedMethod, EvaluationReport, GeneRow } from '../../../src-shared/domain/evaluation.ts';
import { bestBy, focusOf, geneMeans, inReadingOrder } from '../../../src-shared/domain/gene-means.ts';
import type { GeneMean } from '../../../src-shared/domain/gene-means.ts';
import { methodColours } from '../../../src-shared/plot/palette.ts';
import type { Markup } from '../../../src-shared/plot/svg.ts';

/** A drawing with the words that go under it. */
export interface Figure {
  /** Name of its files, without extension; letters, digits and hyphens. */
  readonly name: string;
  readonly title: string;
  /** What is drawn and how to read it, as plain text. */
  readonly caption: string;
  readonly svg: Markup;
}

/** Width of every figure; at 180 mm, a journal's full width, text of 12 is 7 points. */
export const FIGURE_WIDTH = 860;

/** What all figures and tables are made of. */
export interface ReportData {
  readonly report: EvaluationReport;
  /** Methods that were scored, in reading order. */
  readonly methods: readonly EvaluatedMethod[];
  /** The method that the report looks at most closely; undefined when nothing was scored. */
  readonly focus: EvaluatedMethod | undefined;
  /** Seeds averaged: method → gene → means. */
  readonly scores: ReadonlyMap<string, ReadonlyMap<string, GeneMean>>;
  readonly colours: ReadonlyMap<string, string>;
}

export function reportData(report: EvaluationReport, rows: readonly GeneRow[]): ReportData {
  const scores = geneMeans(rows);
  const ordered = inReadingOrder(report.methods);
  const methods = ordered.filter(({ name }) => scores.has(name));
  return {
    report,
    methods,
    focus: focusOf(methods, report.summary),
    scores,
    colours: methodColours(ordered),
  };
}

/** The method's scores, gene by gene. */
export function scoresOf({ scores }: ReportData, method: string): ReadonlyMap<string, GeneMean> {
  return scores.get(method) ?? new Map<string, GeneMean>();
}

export function colourOf({ colours }: ReportData, method: string): string {
  return colours.get(method) ?? '#000000';
}

/** The best method by mean PCC, apart from the focus, that is no form of SpaGene; any other where there is none. */
export function bestOther({ methods, focus, report }: ReportData): EvaluatedMethod | undefined {
  const others = methods.filter((method) => method !== focus);
  const strangers = others.filter(({ kind }) => kind !== 'spagene');
  return bestBy('pcc', strangers, report.summary) ?? bestBy('pcc', others, report.summary);
}
