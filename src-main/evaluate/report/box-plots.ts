import { GENE_METRICS, SMALLER_IS_BETTER } from '../../../src-shared/domain/evaluation.ts';
import type { EvaluatedMethod, GeneMetric } from '../../../src-shared/domain/evaluation.ts';
import { frame, xAxis } from '../../../src-shared/plot/axes.ts';
import type { Plane } from '../../../src-shared/plot/axes.ts';
import { boxStatistics, thinned } from '../../../src-shared/plot/box-plot.ts';
import type { BoxStatistics } from '../../../src-shared/plot/box-plot.ts';
import { METRIC_LABELS } from '../../../src-shared/plot/metric-labels.ts';
import { tint } from '../../../src-shared/plot/palette.ts';
import { extent, linearScale } from '../../../src-shared/plot/scale.ts';
import type { Scale } from '../../../src-shared/plot/scale.ts';
import { dotPath, drawing, element, fitted, INK, line, MUTED, text } from '../../../src-shared/plot/svg.ts';
import type { Markup } from '../../../src-shared/plot/svg.ts';
import { colourOf, FIGURE_WIDTH, scoresOf } from './figure.ts';
import type { Figure, ReportData } from './figure.ts';

const LABELS = 186;
const GAP = 22;
const COLUMNS = 3;
const ROW = 21;
const HEADER = 17;
const MOST_OUTLIERS = 200;
const PLANE_WIDTH = (FIGURE_WIDTH - LABELS - (COLUMNS - 1) * GAP - 12) / COLUMNS;
const GROUPS = [
  ['spagene', 'SpaGene'],
  ['peer', 'Peers'],
  ['floor', 'Floors: simple methods to beat'],
] as const;

/** A line of the plot: the name of a group, or a method. */
type Row =
  | { readonly y: number; readonly group: string; readonly floor: boolean }
  | { readonly y: number; readonly method: EvaluatedMethod };

interface Rows {
  readonly rows: readonly Row[];
  readonly height: number;
  /** Where the floors begin; undefined without floors. */
  readonly floors: number | undefined;
}

/** Distributions of every metric over the held-out genes, a box a method. */
export function boxPlots(data: ReportData): Figure {
  const rows = rowsOf(data.methods);
  const step = rows.height + 82;
  const panels = GENE_METRICS.map((metric, i) => {
    const left = LABELS + (i % COLUMNS) * (PLANE_WIDTH + GAP);
    const plane = { left, top: 30 + Math.floor(i / COLUMNS) * step, width: PLANE_WIDTH, height: rows.height };
    return panel(data, metric, plane, rows, 'abcdef'.charAt(i));
  });
  const tops = [30, 30 + step];
  const labels = tops.flatMap((top) => rowLabels(data, rows, top));
  const genes = Math.max(0, ...data.methods.map(({ name }) => scoresOf(data, name).size));
  return {
    name: 'metrics',
    title: 'Accuracy on held-out genes',
    caption: `Each box holds the middle half of ${genes} held-out genes, seeds averaged first: the line is the median, the diamond the mean, the whiskers reach to the last gene within 1.5 box lengths, dots are genes beyond (at most ${MOST_OUTLIERS} a box are drawn). The dashed line continues the median of ${data.focus?.title ?? 'the first method'}. In a–d larger is better; in e and f, errors of z-scored profiles, smaller is better. Floors, on grey, are simple methods that a network has to beat.`,
    svg: drawing(FIGURE_WIDTH, 2 * step - 6, 'Box plots of each metric by method', ...labels, ...panels),
  };
}

function rowsOf(methods: readonly EvaluatedMethod[]): Rows {
  const rows: Row[] = [];
  let y = 2;
  let floors: number | undefined;
  for (const [kind, group] of GROUPS) {
    const members = methods.filter((method) => method.kind === kind);
    if (members.length === 0) continue;
    if (kind === 'floor') floors = y;
    rows.push({ y: y + HEADER - 4, group, floor: kind === 'floor' });
    y += HEADER;
    for (const method of members) {
      rows.push({ y: y + ROW / 2, method });
      y += ROW;
    }
    y += 4;
  }
  return { rows, height: y, floors };
}

function rowLabels(data: ReportData, { rows }: Rows, top: number): Markup[] {
  return rows.map((row) => {
    if ('group' in row) return text(row.group, 8, top + row.y, { 'font-size': 10.5, fill: MUTED });
    const strong = row.method.name === data.focus?.name;
    const title = fitted(row.method.title, LABELS - 16, 12, strong);
    const weight = { 'text-anchor': 'end', 'font-weight': strong ? 700 : undefined };
    return text(title, LABELS - 9, top + row.y + 4, weight);
  });
}

function panel(data: ReportData, metric: GeneMetric, plane: Plane, rows: Rows, letter: string): Markup {
  const { left, top, width, height } = plane;
  const boxes = new Map(
    data.methods.map(({ name }) => [
      name,
      boxStatistics(Array.from(scoresOf(data, name).values(), (gene) => gene[metric])),
    ]),
  );
  const ends = [...boxes.values()].flatMap((box) =>
    box === undefined
      ? []
      : [...box.whiskers, box.mean, box.outliers[0] ?? box.mean, box.outliers.at(-1) ?? box.mean],
  );
  const scale = linearScale(extent(ends, 0.04), [left, left + width], 6);
  const floors = { x: left, y: top + (rows.floors ?? 0), width, height: height - (rows.floors ?? 0) };
  const drawn = rows.rows.flatMap((row) => {
    const box = 'method' in row ? boxes.get(row.method.name) : undefined;
    if (box === undefined || !('method' in row)) return [];
    return [boxMark(box, scale, top + row.y, colourOf(data, row.method.name))];
  });
  const focus = boxes.get(data.focus?.name ?? '');
  const direction = SMALLER_IS_BETTER.has(metric) ? '← smaller is better' : 'larger is better →';
  return element(
    'g',
    {},
    text(letter, left, top - 9, { 'font-weight': 700, 'font-size': 13 }),
    text(METRIC_LABELS[metric].long, left + 15, top - 9),
    ...(rows.floors === undefined ? [] : [element('rect', { ...floors, fill: '#f3f3f3' })]),
    xAxis(plane, scale, direction),
    ...(focus === undefined ? [] : [guide(scale.at(focus.median), plane)]),
    ...drawn,
    frame(plane),
  );
}

function guide(x: number, { top, height }: Plane): Markup {
  return line(x, top, x, top + height, { stroke: INK, 'stroke-width': 0.8, 'stroke-dasharray': '3 3' });
}

function boxMark(box: BoxStatistics, scale: Scale, y: number, colour: string): Markup {
  const half = 6;
  const [q1, middle, q3, mean] = [box.q1, box.median, box.q3, box.mean].map((v) => scale.at(v)) as [
    number,
    number,
    number,
    number,
  ];
  const [low, high] = box.whiskers.map((v) => scale.at(v)) as [number, number];
  const dots = Array.from(thinned(box.outliers, MOST_OUTLIERS), (v) => [scale.at(v), y] as const);
  const stroke = { stroke: INK, 'stroke-width': 1 };
  const diamond = `M${mean.toFixed(2)} ${(y - 3.6).toFixed(2)}l3.6 3.6l-3.6 3.6l-3.6 -3.6z`;
  return element(
    'g',
    {},
    line(low, y, q1, y, stroke),
    line(q3, y, high, y, stroke),
    element('rect', {
      x: q1,
      y: y - half,
      width: q3 - q1,
      height: 2 * half,
      fill: tint(colour, 0.62),
      ...stroke,
    }),
    line(middle, y - half, middle, y + half, { stroke: INK, 'stroke-width': 2 }),
    element('path', { d: diamond, fill: '#ffffff', stroke: INK, 'stroke-width': 0.9 }),
    element('path', {
      d: dotPath(dots),
      stroke: colour,
      'stroke-width': 3.4,
      'stroke-linecap': 'round',
      'stroke-opacity': 0.75,
    }),
  );
}
