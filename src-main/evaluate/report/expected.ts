import { frame, xAxis, yAxis } from '../../../src-shared/plot/axes.ts';
import { fixed } from '../../../src-shared/plot/format.ts';
import { OKABE_ITO } from '../../../src-shared/plot/palette.ts';
import { extent, linearScale } from '../../../src-shared/plot/scale.ts';
import { drawing, FRAME, line, MUTED, text } from '../../../src-shared/plot/svg.ts';
import type { ExpectedGene } from '../expected.ts';
import type { Figure, ReportData } from './figure.ts';
import { dots } from './marks.ts';

const SIDE = 330;

/** Achieved against expected PCC; undefined where the report says nothing about it or there are no values. */
export function expectedAgainstAchieved(
  { report }: ReportData,
  values: readonly ExpectedGene[] | undefined,
): Figure | undefined {
  const { expected } = report;
  if (expected === null || values === undefined || values.length === 0) return undefined;
  const plane = { left: 58, top: 30, width: SIDE, height: SIDE };
  const domain = extent(
    values.flatMap((value) => [value.expected, value.achieved]),
    0.04,
  );
  const x = linearScale(domain, [plane.left, plane.left + SIDE]);
  const y = linearScale(domain, [plane.top + SIDE, plane.top]);
  const [low, high] = x.domain;
  const places = values.map((value) => [x.at(value.expected), y.at(value.achieved)] as const);
  const names = values.map(
    ({ gene, expected, achieved }) =>
      `${gene}: expected ${fixed(expected, 3)}, achieved ${fixed(achieved, 3)}`,
  );
  const agreement = `Spearman ${fixed(expected.spearman, 2)}, mean absolute error ${fixed(expected.meanAbsoluteError, 3)}`;
  return {
    name: 'expected',
    title: 'Expected and achieved accuracy',
    caption: `Each dot is a held-out gene: the PCC that was expected of it before looking (across) and the PCC it reached (up). On the line both are the same; above it a gene turned out better than expected.`,
    svg: drawing(
      plane.left + SIDE + 14,
      plane.top + SIDE + 44,
      'Achieved against expected PCC',
      text(agreement, plane.left, 20, { 'font-size': 11, fill: MUTED }),
      xAxis(plane, x, 'Expected PCC'),
      yAxis(plane, y, 'Achieved PCC', 42),
      line(x.at(low), y.at(low), x.at(high), y.at(high), { stroke: FRAME, 'stroke-width': 1.2 }),
      dots(places, { colour: OKABE_ITO.vermillion, names: values.length <= 3000 ? names : undefined }),
      frame(plane),
    ),
  };
}
