import { csvOf } from '../../components/charts/csv.ts';
import type { Curve, Point } from '../../store/losses/run-losses.ts';
import type { TermChart } from './terms.ts';

/** All points of a chart, none left out: one row a run, network, stage and step. Networks count from 1. */
export function lossCsv(
  { curves }: Pick<TermChart, 'curves'>,
  runs: readonly { readonly name: string; readonly points: readonly Point[] }[],
): string {
  const names = [...new Set(curves.map(({ curve }) => curve))];
  const stages = new Set(curves.map(({ stage }) => stage));
  const rows = runs.flatMap(({ name, points }) =>
    points
      .filter(
        (point) => stages.has(point.stage) && names.some((curve) => valueOf(point, curve) !== undefined),
      )
      .map((point) => [
        name,
        point.member + 1,
        point.stage,
        point.epoch + 1,
        point.step + 1,
        ...names.map((curve) => valueOf(point, curve)),
      ]),
  );
  return csvOf(['run', 'network', 'stage', 'epoch', 'step', ...names], rows);
}

function valueOf(point: Point, curve: Curve): number | undefined {
  return curve === 'score' ? point.score : point.terms[curve];
}
