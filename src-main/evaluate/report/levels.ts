import type { EvaluatedGene, EvaluatedMethod } from '../../../src-shared/domain/evaluation.ts';
import { frame, xAxis, yAxis } from '../../../src-shared/plot/axes.ts';
import type { Plane } from '../../../src-shared/plot/axes.ts';
import { binnedMedian } from '../../../src-shared/plot/binned-median.ts';
import type { Point } from '../../../src-shared/plot/binned-median.ts';
import { fixed } from '../../../src-shared/plot/format.ts';
import { OKABE_ITO } from '../../../src-shared/plot/palette.ts';
import { extent, linearScale, logScale } from '../../../src-shared/plot/scale.ts';
import type { Scale } from '../../../src-shared/plot/scale.ts';
import { drawing, element, line, polyline, text, textWidth } from '../../../src-shared/plot/svg.ts';
import type { Markup } from '../../../src-shared/plot/svg.ts';
import { bestOther, FIGURE_WIDTH, scoresOf } from './figure.ts';
import type { Figure, ReportData } from './figure.ts';
import { dots } from './marks.ts';

/** The four properties of a gene that accuracy is drawn against. */
const PROPERTIES: readonly {
  readonly key: Exclude<keyof EvaluatedGene, 'gene' | 'fold'>;
  readonly label: string;
}[] = [
  { key: 'meanReference', label: 'Mean in the reference (processed units)' },
  { key: 'meanSpatial', label: 'Mean in the spatial data (processed units)' },
  { key: 'sparsityReference', label: 'Sparsity in the reference (share of cells without a count)' },
  { key: 'sparsitySpatial', label: 'Sparsity in the spatial data (share of cells without a count)' },
];
const LEFT = 54;
const GAP = 56;
const HEIGHT = 190;
const WIDTH = (FIGURE_WIDTH - LEFT - GAP - 10) / 2;

interface Series {
  readonly method: EvaluatedMethod;
  readonly colour: string;
  readonly ring: boolean;
  readonly dashes: string | undefined;
}

/** PCC of the focus and of the best other method against expression level and sparsity. Undefined of no method. */
export function accuracyByLevel(data: ReportData): Figure | undefined {
  const series = seriesOf(data);
  if (series.length === 0) return undefined;
  const scores = series.flatMap(({ method }) =>
    Array.from(scoresOf(data, method.name).values(), ({ pcc }) => pcc),
  );
  const domain = extent(scores, 0.04);
  const panels = PROPERTIES.map((property, i) => {
    const left = LEFT + (i % 2) * (WIDTH + GAP);
    const plane = { left, top: 48 + Math.floor(i / 2) * (HEIGHT + 66), width: WIDTH, height: HEIGHT };
    return panel(data, series, plane, domain, property, 'abcd'.charAt(i));
  });
  const names = series.map(({ method }) => method.title).join(' and ');
  return {
    name: 'levels',
    title: 'PCC against expression level and sparsity',
    caption: `Each dot is a held-out gene, by ${names}${series.length === 2 ? ', the best other method by mean PCC' : ''}. The lines join the medians of up to ten bins of equally many genes. A curve that falls with sparsity says that rarely seen genes are imputed less well.`,
    svg: drawing(
      FIGURE_WIDTH,
      48 + 2 * (HEIGHT + 66) - 18,
      'PCC against expression level and sparsity',
      legend(series),
      ...panels,
    ),
  };
}

function seriesOf(data: ReportData): Series[] {
  const { focus } = data;
  if (focus === undefined) return [];
  const other = bestOther(data);
  const first = { method: focus, colour: OKABE_ITO.vermillion, ring: false, dashes: undefined };
  return other === undefined
    ? [first]
    : [first, { method: other, colour: OKABE_ITO.blue, ring: true, dashes: '6 3' }];
}

function legend(series: readonly Series[]): Markup {
  let x = LEFT;
  const entries = series.map(({ method, colour, ring, dashes }) => {
    const at = x;
    const title = method.kind === 'floor' ? `${method.title} (floor)` : method.title;
    x += 46 + textWidth(title, 12) + 24;
    return element(
      'g',
      {},
      line(at, 16, at + 34, 16, { stroke: colour, 'stroke-width': 2.4, 'stroke-dasharray': dashes }),
      dots([[at + 17, 16]], { colour, ring, names: [title] }),
      text(title, at + 42, 20),
    );
  });
  return element('g', {}, ...entries);
}

/** Expression spans orders of magnitude in some panels; a log axis then keeps the low genes apart. */
function horizontal(values: readonly number[], plane: Plane, mayBeLog: boolean): Scale {
  const [low, high] = extent(values);
  const range = [plane.left + 6, plane.left + plane.width - 6] as const;
  return mayBeLog && low > 0 && high / low >= 30
    ? logScale([low, high], range)
    : linearScale([low, high], range);
}

function panel(
  data: ReportData,
  series: readonly Series[],
  plane: Plane,
  domain: readonly [number, number],
  property: (typeof PROPERTIES)[number],
  letter: string,
): Markup {
  const { left, top, height } = plane;
  const genes = new Map(data.report.genes.map((gene) => [gene.gene, gene]));
  const x = horizontal(
    data.report.genes.map((gene) => gene[property.key]),
    plane,
    property.key.startsWith('mean'),
  );
  const y = linearScale(domain, [top + height, top]);
  const points = series.map(({ method }) =>
    [...scoresOf(data, method.name).values()]
      .filter(({ gene }) => genes.has(gene))
      .map(({ gene, pcc }) => ({ gene, x: genes.get(gene)![property.key], y: pcc })),
  );
  const place: Place = (point) => [x.at(point.x), y.at(point.y)];
  return element(
    'g',
    {},
    text(letter, left - 40, top - 6, { 'font-weight': 700, 'font-size': 13 }),
    xAxis(plane, x, x.kind === 'log' ? `${property.label}, log scale` : property.label),
    yAxis(plane, y, 'PCC'),
    ...series.map((one, i) => cloud(one, points[i]!, place)),
    ...series.map((one, i) => trend(one, points[i]!, place)),
    frame(plane),
  );
}

type Place = (point: Point) => readonly [number, number];

function cloud(
  { method, colour, ring }: Series,
  points: readonly (Point & { readonly gene: string })[],
  place: Place,
): Markup {
  const names = points.map(({ gene, y }) => `${gene}, ${method.title}: PCC ${fixed(y, 3)}`);
  return dots(points.map(place), { colour, ring, names: points.length <= 500 ? names : undefined });
}

/** The line of medians, on a white one that sets it off from the dots. */
function trend({ colour, dashes }: Series, points: readonly Point[], place: Place): Markup {
  const d = polyline(binnedMedian(points).map(place));
  const ground = { d, fill: 'none', stroke: '#ffffff', 'stroke-width': 5, 'stroke-opacity': 0.8 };
  const mark = { d, fill: 'none', stroke: colour, 'stroke-width': 2.4, 'stroke-dasharray': dashes };
  return element('path', ground) + element('path', mark);
}
