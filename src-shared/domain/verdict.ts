import { fixed, formatP, listed } from '../plot/format.ts';
import { median } from '../maths/statistics.ts';
import type { Comparison, GeneRow, SummaryRow } from './evaluation.ts';
import { bestBy, focusOf, geneMeans } from './gene-means.ts';
import { cautions, meanOf, plural } from './verdict-cautions.ts';
import type { FoldsRun, VerdictFacts, VerdictMethod } from './verdict-cautions.ts';

/** Holm-adjusted p below which a difference is called significant. */
export const SIGNIFICANT = 0.05;
/** Correlation above which a gene is counted as well imputed. */
const WELL_IMPUTED = 0.3;

/**
 * The outcome in plain sentences: how well the delivered method does, which method is best by mean PCC and mean SSIM,
 * whether a floor wins, what is not significant, and what makes it uncertain. Empty only of nothing.
 *
 * @param run folds that were asked for and run; left out, gaps in the folds' numbers are all that can be noticed
 */
export function verdictOf(
  summary: readonly SummaryRow[],
  comparisons: readonly Comparison[],
  methods: readonly VerdictMethod[],
  rows: readonly GeneRow[],
  run?: FoldsRun,
): string[] {
  const scored = geneMeans(rows);
  const present = methods.filter(({ name }) => scored.has(name));
  const focus = focusOf(present, summary);
  if (focus === undefined) return ['No held-out gene was scored, so there is no verdict.'];
  const pcc = new Map(
    [...scored].map(([name, genes]) => [name, Float64Array.from([...genes.values()], (g) => g.pcc)]),
  );
  const facts: VerdictFacts = { summary, comparisons, methods: present, pcc, focus };
  return [
    ...missingSpaGene(facts),
    headline(facts),
    ...floorWins(facts),
    ...best(facts),
    ...significance(facts),
    ...cautions(facts, rows, run),
  ];
}

function titleOf(facts: VerdictFacts, name: string): string {
  return facts.methods.find((method) => method.name === name)?.title ?? name;
}

function medianOf(facts: VerdictFacts, name: string): number {
  return median(facts.pcc.get(name)!);
}

function missingSpaGene({ methods, focus }: VerdictFacts): string[] {
  if (focus.name === 'spagene') return [];
  const variants = methods.filter(({ kind }) => kind === 'spagene').map(({ title }) => title);
  if (variants.length === 0) return ['SpaGene was not evaluated here.'];
  return [`SpaGene as the app delivers it was not evaluated here, only ${listed(variants)}.`];
}

/** The sentence that everybody reads: medians, since few very good genes do not move them. */
function headline(facts: VerdictFacts): string {
  const { focus, methods } = facts;
  const values = facts.pcc.get(focus.name)!;
  const own = fixed(median(values), 2);
  const kinds = (['floor', 'peer'] as const).map((kind) =>
    bestBy(
      'pcc',
      methods.filter((m) => m.kind === kind && m.name !== focus.name),
      facts.summary,
    ),
  );
  const rivals = kinds.filter((method) => method !== undefined);
  const against = (word: string, wanted: (own: number, other: number) => boolean): string[] => {
    const named = rivals
      .filter(({ name }) => wanted(Number(own.replace('−', '-')), Number(medianOf(facts, name).toFixed(2))))
      .map(({ name, title }) => `${title} (${fixed(medianOf(facts, name), 2)})`);
    return named.length === 0 ? [] : [`${word} ${listed(named)}`];
  };
  const compared = [
    ...against('better than', (a, b) => a > b),
    ...against('level with', (a, b) => a === b),
    ...against('worse than', (a, b) => a < b),
  ];
  const above = values.filter((value) => value > WELL_IMPUTED).length;
  const lead = `On ${plural(values.length, 'held-out gene')} ${focus.title} reaches a median correlation of ${own}`;
  return `${[lead, ...compared].join(', ')}; ${above} of ${values.length} genes are above ${WELL_IMPUTED}.`;
}

/** A floor that wins is said right after the headline. */
function floorWins(facts: VerdictFacts): string[] {
  const won = (['pcc', 'ssim'] as const).flatMap((metric) => {
    const winner = bestBy(metric, facts.methods, facts.summary);
    const others = facts.methods.filter(({ kind }) => kind !== 'floor');
    const second = bestBy(metric, others, facts.summary);
    return winner?.kind === 'floor' && second !== undefined ? [{ metric, winner, second }] : [];
  });
  return won.map(({ metric, winner, second }) => {
    const [high, low] = [winner.name, second.name].map((name) => fixed(meanOf(facts, name, metric), 3));
    const measure = metric === 'pcc' ? 'mean correlation' : 'mean SSIM';
    return `${winner.title}, a floor, is better than every method here that is not one: ${measure} ${high} against ${low} for ${second.title}, the best of them.`;
  });
}

function best(facts: VerdictFacts): string[] {
  if (facts.methods.length < 2)
    return [`Only ${facts.focus.title} was run, so nothing here tells how other methods do.`];
  const [pcc, ssim] = (['pcc', 'ssim'] as const).map((metric) => {
    const method = bestBy(metric, facts.methods, facts.summary);
    return method && { method, value: fixed(meanOf(facts, method.name, metric), 3) };
  });
  if (pcc === undefined || ssim === undefined) return [];
  if (pcc.method === ssim.method) {
    return [
      `${pcc.method.title} is the best method by mean correlation (${pcc.value}) and by mean SSIM (${ssim.value}).`,
    ];
  }
  return [
    `${pcc.method.title} is the best method by mean correlation (${pcc.value}), ${ssim.method.title} by mean SSIM (${ssim.value}).`,
  ];
}

type Outcome = 'better' | 'worse' | 'mixed' | 'open';

/** Where the mean and the count of genes disagree, the test's verdict has no direction. */
function outcomeOf({ pHolm, meanDifference, wins, genes }: Comparison): Outcome {
  if (!(pHolm < SIGNIFICANT)) return 'open';
  if (meanDifference > 0 === wins > genes / 2) return meanDifference > 0 ? 'better' : 'worse';
  return 'mixed';
}

/** Gene by gene: where the focus is better, worse, or cannot be told apart. */
function significance(facts: VerdictFacts): string[] {
  const known = facts.comparisons.filter(
    ({ metric, a, b }) => metric === 'pcc' && a === facts.focus.name && facts.pcc.has(b),
  );
  const of = (wanted: Outcome): Comparison[] =>
    known.filter((comparison) => outcomeOf(comparison) === wanted);
  const names = (list: readonly Comparison[]): string => {
    if (list.length > 2 && list.length === known.length) return 'every other method';
    if (list.length > 4) return `${list.length} of the ${known.length} other methods`;
    return listed(list.map(({ b }) => titleOf(facts, b)));
  };
  const title = facts.focus.title;
  const said = (list: readonly Comparison[], sentence: () => string): string[] =>
    list.length === 0 ? [] : [sentence()];
  const [better, worse, mixed, open] = [of('better'), of('worse'), of('mixed'), of('open')];
  const byGene = `Gene by gene and after Holm’s correction, the correlation of ${title} is significantly`;
  const untold = open.map(({ b, pHolm }) => `${titleOf(facts, b)} (${formatP(pHolm)})`);
  return [
    ...said(better, () => `${byGene} better than that of ${names(better)}.`),
    ...said(worse, () => `${byGene} worse than that of ${names(worse)}.`),
    ...said(
      mixed,
      () =>
        `${byGene} different from that of ${names(mixed)}, but the mean and the count of genes point in opposite directions.`,
    ),
    ...said(
      open,
      () =>
        `There is no significant difference in correlation, after Holm’s correction, between ${title} and ${listed(untold)}.`,
    ),
  ];
}
