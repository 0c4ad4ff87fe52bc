import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { categoryColour } from '../../../../src-shared/plot/category-palette.ts';
import { hexOf } from '../../../../src-shared/plot/colour-scale.ts';
import { genesIn, type GeneTableName } from '../genes/tables.ts';
import { numbersIn, tableOf, textsIn } from '../result-parts.ts';

/** A term in one panel; null where too few of its genes are in that background to be tested. */
export interface FigurePoint {
  readonly term: string;
  readonly category: string;
  /** −log₁₀ adjusted p from measured values. */
  readonly raw: number | null;
  /** The same from imputed values. */
  readonly imputed: number | null;
}

/** Which values stand against the measured ones. */
export type PanelName = Exclude<GeneTableName, 'raw'>;

export interface FigurePanel {
  readonly name: PanelName;
  readonly points: readonly FigurePoint[];
}

export interface EnrichmentFigureData {
  readonly panels: readonly FigurePanel[];
  /** Both axes of both panels run from 0 to here. */
  readonly limit: number;
  readonly categories: readonly { readonly name: string; readonly colour: string; readonly terms: number }[];
}

const PANELS: readonly PanelName[] = ['imputed_all', 'imputed_measured'];

/** The pathway figure of a result; undefined where it holds none. */
export function enrichmentFigure(result: AnalysisResult): EnrichmentFigureData | undefined {
  const table = tableOf(result, 'figure');
  const [panel, term, category] = [
    textsIn(table, 'panel'),
    textsIn(table, 'term'),
    textsIn(table, 'category'),
  ];
  const [raw, imputed] = [numbersIn(table, 'raw'), numbersIn(table, 'imputed')];
  if (term.length === 0) return undefined;
  const panels = PANELS.map((name) => ({
    name,
    points: term.flatMap((each, i): FigurePoint[] =>
      panelNamed(panel[i] ?? '') === name
        ? [
            {
              term: each,
              category: category[i] ?? 'Other',
              raw: existing(raw[i]),
              imputed: existing(imputed[i]),
            },
          ]
        : [],
    ),
  }));
  const values = [...raw, ...imputed].filter((value) => Number.isFinite(value));
  return { panels, limit: Math.max(1, ...values) * 1.05, categories: categoriesOf(panels) };
}

const existing = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

/** `imputed-all`, `imputed_all`, `Imputed (all genes)` are the same panel. */
function panelNamed(words: string): PanelName {
  return /all/iu.test(words) ? 'imputed_all' : 'imputed_measured';
}

function categoriesOf(panels: readonly FigurePanel[]): EnrichmentFigureData['categories'] {
  const terms = new Map<string, Set<string>>();
  for (const { points } of panels) {
    for (const { category, term } of points) {
      terms.set(category, (terms.get(category) ?? new Set()).add(term));
    }
  }
  return [...terms]
    .sort(([a, x], [b, y]) => y.size - x.size || a.localeCompare(b))
    .map(([name, own], i) => ({ name, colour: hexOf(categoryColour(i)), terms: own.size }));
}

/** Points to name: those significant on either axis, the ones furthest from y = x first. */
export function telling(points: readonly FigurePoint[], threshold: number, most: number): FigurePoint[] {
  const away = ({ raw, imputed }: FigurePoint) => Math.abs((imputed ?? 0) - (raw ?? 0));
  return points
    .filter(({ raw, imputed }) => Math.max(raw ?? 0, imputed ?? 0) > threshold)
    .sort((a, b) => away(b) - away(a))
    .slice(0, most);
}

/** Genes behind a term in each of the three tables. */
export type TermGenes = Readonly<Record<GeneTableName, ReadonlyMap<string, readonly string[]>>>;

export function termGenes(result: AnalysisResult): TermGenes {
  const of = (name: GeneTableName) => {
    const table = tableOf(result, name);
    const genes = textsIn(table, 'genes');
    return new Map(textsIn(table, 'term').map((term, i) => [term, genesIn(genes[i] ?? '')]));
  };
  return { raw: of('raw'), imputed_measured: of('imputed_measured'), imputed_all: of('imputed_all') };
}

/** What the panel says in one sentence. */
export function panelSentence({ points }: FigurePanel, threshold: number): string {
  const over = (value: number | null) => (value ?? 0) > threshold;
  const both = points.filter(({ raw, imputed }) => over(raw) && over(imputed)).length;
  const only = points.filter(({ raw, imputed }) => !over(raw) && over(imputed)).length;
  const lost = points.filter(({ raw, imputed }) => over(raw) && !over(imputed)).length;
  return `${both} significant in both, ${only} only imputed, ${lost} only measured`;
}
