import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { hexOf } from '../../../../src-shared/plot/colour-scale.ts';
import { GROUP_COLOURS } from '../map-panels.ts';
import { numbersIn, tableOf, textsIn } from '../result-parts.ts';

/** How pseudotime spreads over the cells of one group. */
export interface Ridge {
  readonly group: string;
  readonly cells: number | null;
  readonly median: number | null;
  readonly colour: string;
  /** Pseudotime and density, in increasing order of the first. */
  readonly x: Float64Array;
  readonly density: Float64Array;
}

/** The groups from none to high, in the colours that maps give them. */
const ORDERED = ['none', 'low', 'moderate', 'high'];

/** Fewer cells say little of how they spread. */
export const FEW_CELLS = 10;

/** Ridges in the order of the result's table, with their cells and medians. */
export function ridgesOf(result: AnalysisResult): Ridge[] {
  const table = tableOf(result, 'ridges');
  const [time, density] = [numbersIn(table, 'pseudotime'), numbersIn(table, 'density')];
  const rows = new Map<string, number[]>();
  textsIn(table, 'group').forEach((group, i) => {
    if (!Number.isFinite(time[i]) || !Number.isFinite(density[i])) return;
    const own = rows.get(group);
    if (own === undefined) rows.set(group, [i]);
    else own.push(i);
  });
  const groups = tableOf(result, 'groups');
  const names = textsIn(groups, 'group');
  const [cells, median] = [numbersIn(groups, 'cells'), numbersIn(groups, 'median')];
  return [...rows].map(([group, own]) => {
    const at = names.indexOf(group);
    const sorted = own.sort((a, b) => time[a]! - time[b]!);
    return {
      group,
      cells: existing(cells[at]),
      median: existing(median[at]),
      colour: colourOf(group),
      x: Float64Array.from(sorted, (i) => time[i]!),
      density: Float64Array.from(sorted, (i) => density[i]!),
    };
  });
}

const existing = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

/** Colour of a group by its first word, so that `High (0.6 to 1)` has that of `high`. */
export function colourOf(group: string): string {
  const at = ORDERED.indexOf(/^[a-z]+/u.exec(group.toLowerCase())?.[0] ?? '');
  return at < 0 ? 'var(--accent)' : hexOf(GROUP_COLOURS[at]!);
}

/** Density of a ridge at a pseudotime, between the points by a straight line; 0 outside. */
export function densityAt({ x, density }: Ridge, time: number): number {
  if (x.length === 0 || time < x[0]! || time > x[x.length - 1]!) return 0;
  let at = 1;
  while (at < x.length - 1 && x[at]! < time) at += 1;
  if (x.length === 1) return density[0]!;
  const share = (time - x[at - 1]!) / Math.max(x[at]! - x[at - 1]!, Number.MIN_VALUE);
  return density[at - 1]! + share * (density[at]! - density[at - 1]!);
}
