import type { EvaluationMaps, GeneMap } from '../../../src-shared/domain/evaluation.ts';
import { quantile, range } from '../../../src-shared/maths/statistics.ts';
import { hexOf, viridis } from '../../../src-shared/plot/colour-scale.ts';
import { fixed, formatCount, formatTick } from '../../../src-shared/plot/format.ts';
import { drawing, element, FRAME, INK, line, MUTED, text, wrapped } from '../../../src-shared/plot/svg.ts';
import type { Markup } from '../../../src-shared/plot/svg.ts';
import { LEVELS, palettePng, splat } from './disc-raster.ts';
import { FIGURE_WIDTH } from './figure.ts';
import type { Figure, ReportData } from './figure.ts';
import { mapLayout, scaleBarLength } from './map-layout.ts';
import type { MapLayout } from './map-layout.ts';

const MARGIN = 8;
const GAP = 12;
const HEADER = 48;
const FOOTER = 34;

/** Bytes that all maps together may take, so that the page stays easy to send (under 5 MB). */
const MOST_BYTES = 3.2e6;
/** Pixels of a raster for each unit of the drawing, as many as a figure's PNG has: about 240 an inch in print. */
const DENSITY = 2;

/**
 * One figure a gene: the measured map beside every method's. Many cells in many maps are drawn with fewer pixels, so
 * that together they keep within `most` bytes. Empty when the data have no positions.
 */
export function geneMaps(data: ReportData, maps: EvaluationMaps, most = MOST_BYTES): Figure[] {
  const { positions, genes } = maps;
  if (positions === undefined || positions.length === 0) return [];
  const panels = Math.max(0, ...genes.map(({ imputed }) => imputed.length + 1));
  const drawn = (density: number): Figure[] => {
    const layout = mapLayout(positions, panels, { width: FIGURE_WIDTH - 2 * MARGIN, gap: GAP, density });
    return genes.map((map, i) => geneFigure(data, map, { ...maps, layout }, i + 1));
  };
  let density = DENSITY;
  let figures = drawn(density);
  for (let bytes = bytesOf(figures); bytes > most && density > 0.5; bytes = bytesOf(figures)) {
    density = Math.max(0.5, density * Math.sqrt(most / bytes) * 0.95);
    figures = drawn(density);
  }
  return figures;
}

function bytesOf(figures: readonly Figure[]): number {
  return figures.reduce((sum, { svg }) => sum + svg.length, 0);
}

interface Panel {
  readonly title: string;
  readonly note: string;
  readonly values: Float32Array;
  readonly strong: boolean;
}

function geneFigure(
  data: ReportData,
  map: GeneMap,
  { layout, unit }: { readonly layout: MapLayout; readonly unit: EvaluationMaps['unit'] },
  number: number,
): Figure {
  const panels = panelsOf(data, map);
  const step = HEADER + layout.height + FOOTER;
  const rows = Math.ceil(panels.length / layout.columns);
  const drawn = panels.map((panel, i) => {
    const left = MARGIN + (i % layout.columns) * (layout.width + GAP);
    const top = HEADER + Math.floor(i / layout.columns) * step;
    return panelMarkup(panel, layout, left, top, i === 0 ? unit : 'unknown');
  });
  const height = rows * step + 30;
  const name = map.gene.replace(/[^A-Za-z0-9]+/gu, '-').replace(/^-+|-+$/gu, '');
  const cells = formatCount(map.measured.length);
  return {
    name: ['map', String(number), ...(name === '' ? [] : [name.slice(0, 40)])].join('-'),
    title: `Maps of ${map.gene}`,
    caption: `${map.gene}, held out of every method: measured, and imputed by each method, on ${cells} cells. All panels share one colour scale, which runs from the 1st to the 99th percentile of the panel’s own values (its two numbers, in processed units), since methods differ in range; values beyond are clipped. Cells with high values are drawn last. The y axis points up.${unit === 'micrometre' ? '' : ' The unit of the positions is not known to be micrometres, so there is no scale bar.'}`,
    svg: drawing(
      FIGURE_WIDTH,
      height,
      `Measured and imputed maps of ${map.gene}`,
      ...drawn,
      colourBar(number, height - 22),
    ),
  };
}

function panelsOf({ methods }: ReportData, map: GeneMap): Panel[] {
  const imputed = new Map(map.imputed.map((entry) => [entry.method, entry]));
  // In the report's order, then any method that the report does not introduce.
  const known = methods.filter(({ name }) => imputed.has(name)).map(({ name }) => name);
  const names = [...known, ...[...imputed.keys()].filter((name) => !known.includes(name))];
  return [
    { title: `${map.gene}, measured`, note: '', values: map.measured, strong: true },
    ...names.map((name) => {
      const { values, pcc } = imputed.get(name)!;
      const method = methods.find((candidate) => candidate.name === name);
      const title = method?.kind === 'floor' ? `${method.title} (floor)` : (method?.title ?? name);
      return { title, note: `PCC ${fixed(pcc, 2)}`, values, strong: name === 'spagene' };
    }),
  ];
}

/** Ends of the colour scale: 1st and 99th percentile, or all values where these coincide (a very sparse gene). */
export function clipRange(values: Float32Array): readonly [number, number] {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [quantile(finite, 0.01), quantile(finite, 0.99)];
  if (low < high) return [low, high];
  const { min, max } = range(finite);
  return [min, max];
}

function raster(values: Float32Array, layout: MapLayout, [low, high]: readonly [number, number]): Uint8Array {
  const width = high > low ? high - low : 1;
  const levels = Uint8Array.from(values, (value) =>
    Math.round(Math.min(1, Math.max(0, (value - low) / width)) * (LEVELS - 1)),
  );
  const order = Int32Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => levels[a]! - levels[b]! || a - b,
  );
  const pixels = splat(layout.raster, levels, order);
  return palettePng(layout.raster.width, layout.raster.height, pixels);
}

function panelMarkup(
  panel: Panel,
  layout: MapLayout,
  left: number,
  top: number,
  unit: EvaluationMaps['unit'],
): Markup {
  const ends = clipRange(panel.values);
  const png = raster(panel.values, layout, ends);
  const bounds = ends[0] === ends[1] ? 'constant' : `${fixed(ends[0], 2)} to ${fixed(ends[1], 2)}`;
  const href = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  const { width, height } = layout;
  const lines = wrapped(panel.title, width, 11.5, true);
  const under = panel.note === '' ? 6 : 20;
  return element(
    'g',
    {},
    ...lines.map((words, i) =>
      text(words, left, top - under - 14 * (lines.length - 1 - i), { 'font-size': 11.5, 'font-weight': 700 }),
    ),
    ...(panel.note === '' ? [] : [text(panel.note, left, top - 6, { 'font-size': 11.5 })]),
    text(bounds, left, top + height + 13, { 'font-size': 10.5, fill: MUTED }),
    element('image', { x: left, y: top, width, height, href, preserveAspectRatio: 'none' }),
    element('rect', { x: left, y: top, width, height, fill: 'none', stroke: panel.strong ? INK : '#d5d5d5' }),
    ...(unit === 'micrometre' ? [scaleBar(layout, left, top + height + 22)] : []),
  );
}

function scaleBar(layout: MapLayout, left: number, top: number): Markup {
  const length = scaleBarLength(layout);
  const end = left + length * layout.zoom;
  const label = length >= 1000 ? `${formatTick(length / 1000)} mm` : `${formatTick(length)} µm`;
  return element(
    'g',
    {},
    line(left, top, end, top, { stroke: INK, 'stroke-width': 2.5 }),
    text(label, end + 6, top + 4, { 'font-size': 10.5 }),
  );
}

function colourBar(number: number, top: number): Markup {
  const id = `viridis-${number}`;
  const stops = Array.from({ length: 18 }, (_, i) =>
    element('stop', { offset: `${((100 * i) / 17).toFixed(2)}%`, 'stop-color': hexOf(viridis(i / 17)) }),
  );
  const left = FIGURE_WIDTH / 2 - 80;
  const label = { 'font-size': 11, fill: MUTED };
  return element(
    'g',
    {},
    element('defs', {}, element('linearGradient', { id }, ...stops)),
    element('rect', {
      x: left,
      y: top,
      width: 160,
      height: 11,
      fill: `url(#${id})`,
      stroke: FRAME,
      'stroke-width': 0.5,
    }),
    text('1st percentile of the panel', left - 8, top + 10, { ...label, 'text-anchor': 'end' }),
    text('99th percentile', left + 168, top + 10, label),
  );
}
