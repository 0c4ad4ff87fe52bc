import type { PlotLine } from '../../components/charts/LinePlot.tsx';
import type { RunLosses } from '../../store/losses/run-losses.ts';
import type { SeriesView } from '../../store/losses/series.ts';
import { rawPoints, smoothPoints } from './curves.ts';
import { domainWords, type Domain, type TermChart } from './terms.ts';

/** Points a line may have; more than a small chart has pixels help nobody. */
export const POINTS = 400;

/** A run whose curves are drawn. */
export interface DrawnRun {
  readonly id: string;
  readonly name: string;
  readonly losses: RunLosses | undefined;
}

/** A curve with what tells it apart from the others of its chart. */
export interface TermCurve {
  readonly id: string;
  readonly label: string;
  readonly colour: string;
  readonly dash: string | undefined;
  readonly series: SeriesView | undefined;
}

/** Colours of up to four runs that are compared; the domain is then told by the dash alone. */
export const runColours = ['var(--st)', 'var(--sc)', '#009e73', '#b5679a'] as const;
const domainColours: Readonly<Record<Domain, string>> = {
  st: 'var(--st)',
  sc: 'var(--sc)',
  both: 'var(--accent)',
};
const dashes: Readonly<Record<Domain, string | undefined>> = { st: undefined, sc: '5 3', both: undefined };

/** Curves of a chart: of one run by domain, of several by run and domain. */
export function curvesOf(
  { curves }: Pick<TermChart, 'curves'>,
  runs: readonly DrawnRun[],
  member: number,
): TermCurve[] {
  return runs.flatMap(({ id, name, losses }, i) =>
    curves.map(({ curve, stage, domain }) => {
      // Networks that share one autoencoder of the reference have it under the first.
      const own = losses?.curve(member, stage, curve);
      const series = own ?? (stage === 'autoencoder-sc' ? losses?.curve(0, stage, curve) : undefined);
      const words = domain === 'both' ? [] : [domainWords[domain]];
      return {
        id: `${id} ${curve}`,
        label: runs.length === 1 ? (words[0] ?? 'loss') : [name, ...words].join(', '),
        colour: runs.length === 1 ? domainColours[domain] : runColours[i % runColours.length]!,
        dash: dashes[domain],
        series,
      };
    }),
  );
}

/** Lines of curves: as they came, or smoothed over what came, which stays behind it. */
export function linesOf(curves: readonly TermCurve[], smoothing: number): PlotLine[] {
  return curves.flatMap(({ id, colour, dash, series }): PlotLine[] => {
    if (series === undefined || series.length === 0) return [];
    const raw = rawPoints(series, POINTS);
    if (smoothing === 0) return [{ id, points: raw, colour, dash }];
    return [
      { id: `${id} raw`, points: raw, colour, faint: true },
      { id, points: smoothPoints(series, smoothing, POINTS), colour, dash },
    ];
  });
}

/** Steps of the longest of the stages that a chart shows; 0 while none has begun. */
export function stepsOf(runs: readonly DrawnRun[], { curves }: Pick<TermChart, 'curves'>): number {
  return Math.max(0, ...runs.flatMap(({ losses }) => curves.map(({ stage }) => losses?.steps(stage) ?? 0)));
}
