import { categoryColour } from '../../../../src-shared/plot/category-palette.ts';
import { mapColour } from '../../../../src-shared/plot/colour-maps.ts';
import { hexOf } from '../../../../src-shared/plot/colour-scale.ts';
import { formatCount } from '../../../../src-shared/plot/format.ts';
import { scaleBar } from '../../../../src-shared/plot/scale-bar.ts';
import { fitted as shortened, INK, MUTED } from '../../../../src-shared/plot/svg.ts';
import { aspectOf, panelBoxes, pixelAt, type Box, type Camera } from '../canvas/camera.ts';
import { clipInWords } from '../Legend.tsx';
import type { MapContext } from '../map-context.ts';
import { formatValue, limitsOf, mapOf, painted, type PanelPicture } from '../panel-picture.ts';
import type { PanelState } from '../use-pictures.ts';
import type { DiscsItem, Figure, FigureItem } from './figure-items.ts';

const HEAD = 26;
const FOOT = 24;
const LEGEND = 132;
const MARGIN = 12;
const WHITE = [255, 255, 255] as const;
const MISSING = [212, 216, 220] as const;

export type FigureContext = Pick<
  MapContext,
  'cells' | 'layout' | 'shown' | 'states' | 'limits' | 'look' | 'settings' | 'image'
>;

/** The map as it is seen, on white for print: title, panels with legends, scale bar and number of cells. */
export function figureOf(
  context: FigureContext,
  camera: Camera,
  title: string,
  width: number,
  height: number,
): Figure {
  const { states } = context;
  const items: FigureItem[] = [{ kind: 'rect', box: { x: 0, y: 0, width, height }, fill: '#ffffff' }];
  const top = title === '' ? 0 : HEAD + 4;
  if (title !== '') {
    const text = shortened(title, width - 2 * MARGIN, 16, true);
    items.push({ kind: 'text', x: MARGIN, y: 22, text, size: 16, isBold: true, fill: INK });
  }
  panelBoxes(Math.max(1, states.length), width, height - top, aspectOf(context.shown.bounds)).forEach(
    (box, i) => {
      items.push(...panelItems(context, camera, i, { ...box, y: box.y + top }));
    },
  );
  return { width, height, title: title === '' ? 'Map' : title, items };
}

function panelItems(context: FigureContext, camera: Camera, at: number, whole: Box): FigureItem[] {
  const { states, limits } = context;
  const state = states[at];
  if (!state) return [];
  const plane = planeOf(whole);
  const { picture } = state;
  return [
    ...headItems(state, whole),
    ...(context.image ? [pictureItem(context.image, camera, plane)] : []),
    ...(picture ? [discsItem(context, camera, at, picture, plane)] : []),
    ...(picture
      ? legendItems(context, picture, limits[at] ?? null, {
          ...whole,
          x: plane.x + plane.width + 10,
          y: plane.y,
          width: LEGEND - 10,
        })
      : []),
    ...footItems(context, camera, plane),
  ];
}

/** Where the cells of a panel lie: what title, legend and scale bar leave. */
function planeOf({ x, y, width, height }: Box): Box {
  return {
    x: x + MARGIN,
    y: y + HEAD,
    width: Math.max(40, width - LEGEND - 2 * MARGIN),
    height: Math.max(40, height - HEAD - FOOT - MARGIN),
  };
}

function headItems({ title, what }: PanelState, { x, y, width }: Box): FigureItem[] {
  const name = shortened(title, width * 0.5, 13, true);
  return [
    { kind: 'text', x: x + MARGIN, y: y + 17, text: name, size: 13, isBold: true, fill: INK },
    { kind: 'text', x: x + MARGIN + 14 + name.length * 8.2, y: y + 17, text: what, size: 12, fill: MUTED },
  ];
}

/** The cells of a panel that are inside of it. */
function discsItem(
  context: FigureContext,
  camera: Camera,
  at: number,
  picture: PanelPicture,
  plane: Box,
): DiscsItem {
  const { shown, layout, settings, look } = context;
  const radius = Math.max(0.5, (shown.diameter * settings.pointSize * camera.scale) / 2);
  const order = shown.order.filter((cell) => {
    const [x, y] = pixelAt(camera, plane, layout.xy[2 * cell]!, layout.xy[2 * cell + 1]!);
    return (
      x > plane.x - radius &&
      x < plane.x + plane.width + radius &&
      y > plane.y - radius &&
      y < plane.y + plane.height + radius
    );
  });
  const place = (axis: 0 | 1) =>
    Float32Array.from(
      order,
      (cell) => pixelAt(camera, plane, layout.xy[2 * cell]!, layout.xy[2 * cell + 1]!)[axis],
    );
  const colours = painted(picture, context.limits[at] ?? null, {
    ...look,
    order,
    ground: WHITE,
    missing: MISSING,
  });
  return { kind: 'discs', box: plane, discs: { xs: place(0), ys: place(1), radius, colours } };
}

function pictureItem(image: NonNullable<MapContext['image']>, camera: Camera, plane: Box): FigureItem {
  const { bitmap, corners, opacity } = image;
  const [below, at, right] = corners.slice(0, 3).map(([x, y]) => pixelAt(camera, plane, x, y)) as [
    [number, number],
    [number, number],
    [number, number],
  ];
  const { width, height } = bitmap;
  return {
    kind: 'picture',
    box: plane,
    bitmap,
    opacity,
    transform: [
      (right[0] - at[0]) / width,
      (right[1] - at[1]) / width,
      (below[0] - at[0]) / height,
      (below[1] - at[1]) / height,
      at[0],
      at[1],
    ],
  };
}

function legendItems(
  context: FigureContext,
  picture: PanelPicture,
  limits: MapContext['limits'][number],
  box: Box,
): FigureItem[] {
  const { clip, colourMap } = context.settings;
  const line = (row: number, text: string, fill = MUTED, indent = 0): FigureItem => ({
    ...{ kind: 'text', x: box.x + indent, y: box.y + 12 + row * 16, size: 11, fill },
    text: shortened(text, box.width - indent, 11),
  });
  const swatch = (row: number, fill: string): FigureItem => ({
    ...{ kind: 'rect', fill },
    box: { x: box.x, y: box.y + 3 + row * 16, width: 10, height: 10 },
  });
  if (picture.kind === 'category') {
    const rows = Math.max(1, Math.floor((box.height - HEAD - FOOT) / 16) - 1);
    const codes = picture.names.map((_, code) => code).filter((code) => picture.counts[code]! > 0);
    return [
      ...codes
        .slice(0, rows)
        .flatMap((code, row) => [
          swatch(row, context.look.muted.has(code) ? hexOf(MISSING) : hexOf(categoryColour(code))),
          line(row, `${picture.names[code]!} ${formatCount(picture.counts[code]!)}`, INK, 16),
        ]),
      ...(codes.length > rows ? [line(rows, `and ${codes.length - rows} more`)] : []),
    ];
  }
  if (picture.kind === 'rgb') {
    return picture.channels.flatMap(({ gene, vector }, channel) => {
      const [low, high] = limitsOf(vector, clip);
      return [
        swatch(2 * channel, ['#ff0000', '#00ff00', '#0000ff'][channel]!),
        line(2 * channel, gene, INK, 16),
        line(2 * channel + 1, `${formatValue(low)} – ${formatValue(high)}`, MUTED, 16),
      ];
    });
  }
  if (!limits) return [];
  const name = mapOf(picture, colourMap);
  const ends = [line(1, formatValue(limits[0]), INK)];
  const right: FigureItem = {
    ...{ kind: 'text', x: box.x + box.width - 4, y: box.y + 28, size: 11, fill: INK, anchor: 'end' },
    text: formatValue(limits[1]),
  };
  return [
    {
      kind: 'ramp',
      box: { x: box.x, y: box.y + 2, width: box.width - 4, height: 11 },
      colours: Array.from({ length: 17 }, (_, i) => hexOf(mapColour(name, i / 16))),
    },
    ...ends,
    right,
    line(2, picture.vector.unit),
    line(3, clipInWords(clip)),
  ];
}

function footItems({ cells, shown }: FigureContext, camera: Camera, plane: Box): FigureItem[] {
  const { pixels, label } = scaleBar(camera.scale, cells.unit ?? 'unknown', Math.min(120, plane.width / 3));
  const y = plane.y + plane.height + 10;
  return [
    {
      kind: 'line',
      stroke: INK,
      points: [
        [plane.x, y - 4],
        [plane.x, y],
        [plane.x + pixels, y],
        [plane.x + pixels, y - 4],
      ],
    },
    { kind: 'text', x: plane.x + pixels + 8, y: y + 3, text: label, size: 11, fill: INK },
    {
      ...{ kind: 'text', x: plane.x + plane.width, y: y + 3, size: 11, fill: MUTED, anchor: 'end' },
      text: `${formatCount(shown.order.length)} cells`,
    },
  ];
}
