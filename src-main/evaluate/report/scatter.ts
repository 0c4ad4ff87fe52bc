import type { EvaluatedMethod } from '../../../src-shared/domain/evaluation.ts';
import { frame, upright, xAxis, yAxis, yGrid } from '../../../src-shared/plot/axes.ts';
import type { Plane } from '../../../src-shared/plot/axes.ts';
import { METRIC_LABELS } from '../../../src-shared/plot/metric-labels.ts';
import { fixed } from '../../../src-shared/plot/format.ts';
import { OKABE_ITO } from '../../../src-shared/plot/palette.ts';
import { extent, linearScale } from '../../../src-shared/plot/scale.ts';
import { drawing, element, escapeXml, FRAME, MUTED, text, wrapped } from '../../../src-shared/plot/svg.ts';
import type { Markup } from '../../../src-shared/plot/svg.ts';
import { FIGURE_WIDTH, scoresOf } from './figure.ts';
import type { Figure, ReportData } from './figure.ts';
import { dots, sideBySide } from './marks.ts';

const MOST_COLUMNS = 5;
const RIGHT = 8;
const LEFT = 52;
const GAP = 14;
const HEADER = 48;
const FOOTER = 24;
/** Few panels are larger, but not so large that they seem to matter more. */
const LARGEST = 240;

/** A gene's two scores. */
export interface Pair {
  readonly gene: string;
  readonly x: number;
  readonly y: number;
}

/** How many genes lie above, below and on the line y = x. */
export function sidesOf(pairs: readonly Pair[]): { above: number; below: number; on: number } {
  const above = pairs.filter(({ x, y }) => y > x).length;
  const below = pairs.filter(({ x, y }) => y < x).length;
  return { above, below, on: pairs.length - above - below };
}

/** Every other method's score of a gene on x, that of the focus on y; one panel a method. Undefined without others. */
export function geneScatter(data: ReportData, metric: 'pcc' | 'ssim'): Figure | undefined {
  const { focus } = data;
  const others = data.methods.filter((method) => method !== focus);
  if (focus === undefined || others.length === 0) return undefined;
  const label = METRIC_LABELS[metric].short;
  const own = scoresOf(data, focus.name);
  const pairs = others.map(({ name }) => {
    const genes = [...scoresOf(data, name).values()].filter(({ gene }) => own.has(gene));
    return genes.map((gene): Pair => ({ gene: gene.gene, x: gene[metric], y: own.get(gene.gene)![metric] }));
  });
  const domain = extent(
    pairs.flat().flatMap(({ x, y }) => [x, y]),
    0.04,
  );
  const columns = Math.min(MOST_COLUMNS, others.length);
  const side = Math.min(LARGEST, (FIGURE_WIDTH - LEFT - RIGHT - (columns - 1) * GAP) / columns);
  const figureWidth = LEFT + columns * side + (columns - 1) * GAP + RIGHT;
  const step = HEADER + side + FOOTER;
  const rows = Math.ceil(others.length / columns);
  const panels = others.map((other, i) => {
    const left = LEFT + (i % columns) * (side + GAP);
    const plane = { left, top: HEADER + Math.floor(i / columns) * step, width: side, height: side };
    const titled = pairs.flat().length <= 4000;
    return panel({ other, pairs: pairs[i]!, domain, plane, titled, first: i % columns === 0 });
  });
  const height = rows * step + 22;
  const middle = (LEFT + figureWidth - RIGHT) / 2;
  return {
    name: `genes-${metric}`,
    title: `${label} gene by gene`,
    caption: `Each dot is a held-out gene: its ${label} with ${focus.title} (up) against its ${label} with the method named above the panel (across). Above the line ${focus.title} is better (filled dots), below it the other method is (rings); the counts say how many genes lie on each side. All axes are equal.`,
    svg: drawing(
      figureWidth,
      height,
      `${label} of each gene, ${focus.title} against every other method`,
      ...panels,
      text(`${label} of the method named above the panel`, middle, height - 8, { 'text-anchor': 'middle' }),
      upright(`${label} of ${focus.title}`, 14, (height - 20) / 2),
    ),
  };
}

interface Panel {
  readonly other: EvaluatedMethod;
  readonly pairs: readonly Pair[];
  readonly domain: readonly [number, number];
  readonly plane: Plane;
  /** Whether dots carry their gene's name, to be read by pointing at them. */
  readonly titled: boolean;
  readonly first: boolean;
}

function panel({ other, pairs, domain, plane, titled, first }: Panel): Markup {
  const { left, top, width, height } = plane;
  const [x, y] = [linearScale(domain, [left, left + width], 6), linearScale(domain, [top + height, top], 6)];
  const { above, below, on } = sidesOf(pairs);
  const title = other.kind === 'floor' ? `${other.title} (floor)` : other.title;
  const lines = wrapped(title, width, 12, true);
  const counts = `${above} above, ${below} below${on > 0 ? `, ${on} on it` : ''}`;
  const [better, worse] = sideBySide(pairs, ({ x, y }) => y > x);
  const place = (pair: Pair): readonly [number, number] => [x.at(pair.x), y.at(pair.y)];
  const named = (pair: Pair): string => `${pair.gene}: ${fixed(pair.y, 3)} against ${fixed(pair.x, 3)}`;
  const [low, high] = x.domain;
  return element(
    'g',
    {},
    element('title', {}, escapeXml(`${title}: ${counts}`)),
    ...lines.map((words, i) =>
      text(words, left, top - 20 - 14 * (lines.length - 1 - i), { 'font-weight': 700 }),
    ),
    text(counts, left, top - 6, { 'font-size': 11, fill: MUTED }),
    xAxis(plane, x, undefined),
    first ? yAxis(plane, y, undefined) : yGrid(plane, y),
    element('path', {
      d: `M${x.at(low).toFixed(2)} ${y.at(low).toFixed(2)}L${x.at(high).toFixed(2)} ${y.at(high).toFixed(2)}`,
      stroke: FRAME,
      'stroke-width': 1.2,
    }),
    dots(better.map(place), { colour: OKABE_ITO.vermillion, names: titled ? better.map(named) : undefined }),
    dots(worse.map(place), {
      colour: OKABE_ITO.blue,
      ring: true,
      names: titled ? worse.map(named) : undefined,
    }),
    frame(plane),
  );
}
