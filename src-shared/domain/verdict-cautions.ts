import { listed } from '../plot/format.ts';
import type { Comparison, EvaluatedMethod, GeneMetric, GeneRow, SummaryRow } from './evaluation.ts';

/** Below this many genes a comparison says little. */
export const FEW_GENES = 30;

export type VerdictMethod = Pick<EvaluatedMethod, 'name' | 'title' | 'kind'>;

/** What the sentences are made of. */
export interface VerdictFacts {
  readonly summary: readonly SummaryRow[];
  readonly comparisons: readonly Comparison[];
  /** Methods that were scored. */
  readonly methods: readonly VerdictMethod[];
  /** Mean PCC of each gene over seeds, by method. */
  readonly pcc: ReadonlyMap<string, Float64Array>;
  readonly focus: VerdictMethod;
}

/** Folds that the evaluation has and those that were run. */
export interface FoldsRun {
  readonly folds: number;
  readonly foldsRun: readonly number[];
}

export function meanOf({ summary }: VerdictFacts, name: string, metric: GeneMetric): number {
  return summary.find((row) => row.method === name && row.metric === metric)?.mean ?? Number.NaN;
}

/** What makes the outcome uncertain or incomplete; the reader should know before believing it. */
export function cautions(facts: VerdictFacts, rows: readonly GeneRow[], run: FoldsRun | undefined): string[] {
  const genes = facts.pcc.get(facts.focus.name)!.length;
  const uneven = facts.methods.filter(({ name }) => facts.pcc.get(name)!.length !== genes);
  const top = Math.max(...facts.methods.map(({ name }) => meanOf(facts, name, 'pcc')));
  return [
    ...(facts.methods.some(({ kind }) => kind === 'floor')
      ? []
      : ['No floor was evaluated, so it stays open whether something simple would do as well.']),
    ...(uneven.length > 0
      ? [
          `Not every method was scored on the same genes (${listed(uneven.map(({ name, title }) => `${title}: ${facts.pcc.get(name)!.length}`))}; ${facts.focus.title}: ${genes}), so their means cannot be compared as they stand.`,
        ]
      : []),
    ...(genes < FEW_GENES
      ? [
          `With only ${plural(genes, 'gene')} these numbers are uncertain: fewer than ${FEW_GENES} genes tell methods apart poorly.`,
        ]
      : []),
    ...(top < 0.1
      ? ['No method reaches a mean correlation of 0.1: single imputed genes should not be relied on here.']
      : []),
    ...foldCaution(rows, run),
  ];
}

function foldCaution(rows: readonly GeneRow[], run: FoldsRun | undefined): string[] {
  const seen = run?.foldsRun ?? [...new Set(rows.map(({ fold }) => fold))];
  const folds = run?.folds ?? Math.max(...seen) + 1;
  if (seen.length >= folds) return [];
  const names = listed([...seen].sort((a, b) => a - b).map(String));
  const total = run === undefined ? `at least ${folds}` : `${folds}`;
  return [
    `Only fold${seen.length === 1 ? '' : 's'} ${names} of ${total} ${seen.length === 1 ? 'was' : 'were'} run, so the remaining genes are not part of this.`,
  ];
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
