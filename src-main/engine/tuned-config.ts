import { join } from 'node:path';
import type { RunConfig } from '../../src-shared/domain/run-config.ts';
import type { TrialScore } from '../../src-shared/domain/tuning.ts';
import { mean } from '../../src-shared/maths/statistics.ts';
import { wilcoxonSignedRank } from '../../src-shared/maths/wilcoxon.ts';
import type { TrialResult, TuningFolder } from './tuning-folder.ts';

/** Everything that a search found out. */
export interface Findings {
  readonly config: RunConfig;
  readonly scores: readonly TrialScore[];
  readonly results: readonly TrialResult[];
  /** Genes that the search has looked at, as truth or as training genes. */
  readonly seenGenes: readonly string[];
  readonly leftOut: readonly string[];
}

/**
 * Writes config.json with the best setting, and trials.csv. The best is sought among the trials that saw the most
 * genes; the base is among them and wins where nothing is better.
 *
 * @returns the result as a sentence
 */
export async function writeTuned(folder: TuningFolder, findings: Findings): Promise<string> {
  const { config, scores, seenGenes, leftOut } = findings;
  const most = Math.max(...scores.map(({ splits }) => splits));
  const finalists = scores.filter(({ splits }) => splits === most);
  const best = finalists.reduce((a, b) => (b.pcc > a.pcc ? b : a));
  const base = scores.find(({ trial }) => trial === 0)!;
  const { preset, seed } = config;
  const parameters = { ...config.parameters, ...best.changes };
  await folder.writeText('trials.csv', trialsCsv(scores));
  await folder.writeJson('config.json', {
    preset,
    seed,
    genes: [],
    parameters,
    seenGenes: [...seenGenes].sort(),
  });
  const path = join(folder.path, 'config.json');
  const left =
    leftOut.length > 0 ? ` The ${leftOut.length} genes of the fold left out were not looked at.` : '';
  if (best.trial === 0) {
    return (
      `None of ${scores.length} settings was better than the one begun with (mean correlation ` +
      `${base.pcc.toFixed(3)} on ${base.genes} genes set aside), so ${path} holds that one.${left}`
    );
  }
  const changed = Object.entries(best.changes).map(([name, value]) => `${name} ${String(value)}`);
  return (
    `Trial ${best.trial} of ${scores.length} reached a mean correlation of ${best.pcc.toFixed(3)} on ${best.genes} genes ` +
    `set aside, the setting begun with ${comparable(findings, best).toFixed(3)} (paired Wilcoxon p = ` +
    `${pairedP(findings, best).toPrecision(2)}, before any allowance for the number tried). It changes ` +
    `${changed.join(', ')}; ${path} holds it.${left}`
  );
}

/** PCC of the base's genes on the splits that the best trial saw. */
function pairs({ results }: Findings, best: TrialScore): { base: number[]; best: number[] } {
  const of = (trial: number, split: number) =>
    results.find((result) => result.trial === trial && result.split === split)?.pcc ?? [];
  const splits = results.filter(({ trial }) => trial === best.trial).map(({ split }) => split);
  return {
    base: splits.flatMap((split) => of(0, split)),
    best: splits.flatMap((split) => of(best.trial, split)),
  };
}

function comparable(findings: Findings, best: TrialScore): number {
  return mean(pairs(findings, best).base);
}

function pairedP(findings: Findings, best: TrialScore): number {
  const { base, best: ours } = pairs(findings, best);
  return wilcoxonSignedRank(ours, base).p;
}

function trialsCsv(scores: readonly TrialScore[]): string {
  const names = [...new Set(scores.flatMap(({ changes }) => Object.keys(changes)))].sort();
  const rows = scores.map(({ trial, splits, genes, pcc, changes }) => {
    const values = names.map((name) => (changes as Record<string, number>)[name] ?? '');
    return [trial, splits, genes, pcc, ...values].join(',');
  });
  return `${['trial', 'splits', 'genes', 'mean_pcc', ...names].join(',')}\n${rows.join('\n')}\n`;
}
