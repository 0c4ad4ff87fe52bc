import { hexOf } from '../../../../src-shared/plot/colour-scale.ts';
import { fixed, formatCount } from '../../../../src-shared/plot/format.ts';
import { fitted as shortened, INK, MUTED, textWidth } from '../../../../src-shared/plot/svg.ts';
import { fitted, pixelAt, type Box, type Camera } from '../../spatial/canvas/camera.ts';
import type { Figure, FigureItem } from '../../spatial/figure/figure-items.ts';
import { figureOf, printCamera, type FigureContext } from '../../spatial/figure/figure-layout.ts';
import { legendItems } from '../../spatial/figure/legend-items.ts';
import { colourOf } from '../../spatial/panel-picture.ts';
import type { PanelState } from '../../spatial/use-pictures.ts';
import type { groupRows } from './GroupsChart.tsx';
import type { Field, FieldFacts } from './fields.ts';
import { fieldColours } from './FieldsCard.tsx';

interface FieldFigureInput {
  readonly title: string;
  /** The map of the proportion. */
  readonly context: FigureContext;
  readonly groups: ReturnType<typeof groupRows>;
  readonly fields: readonly Field[];
  readonly facts: readonly FieldFacts[];
  /** How the cells of the fields are coloured. */
  readonly state: PanelState;
}

const WIDTH = 1040;
const MAP = { width: 700, height: 520 };
const ACROSS = 4;
const GAP = 16;
const HEAD = 38;
const MISSING = [212, 216, 220] as const;

/** One figure of all: the map with the fields marked, the groups, and every field from near. */
export function fieldFigure(input: FieldFigureInput): Figure {
  const { title, context, fields } = input;
  const camera = printCamera(fitted(context.shown.bounds, MAP.width, MAP.height), MAP.width, MAP.height - 30);
  const map = figureOf(context, camera, title, MAP.width, MAP.height);
  const size = (WIDTH - 2 * GAP - (ACROSS - 1) * GAP) / ACROSS;
  const rows = Math.ceil(fields.length / ACROSS);
  const legend = fields.length > 0 ? 96 : 0;
  const height = MAP.height + rows * (size + HEAD + GAP) + legend;
  return {
    width: WIDTH,
    height,
    title,
    items: [
      { kind: 'rect', box: { x: 0, y: 0, width: WIDTH, height }, fill: '#ffffff' },
      ...map.items,
      ...frames(input, camera, map),
      ...bars(input, { x: MAP.width + GAP, y: 64, width: WIDTH - MAP.width - 2 * GAP, height: 200 }),
      ...fields.flatMap((_, i) =>
        fieldItems(input, i, {
          x: GAP + (i % ACROSS) * (size + GAP),
          y: MAP.height + Math.floor(i / ACROSS) * (size + HEAD + GAP) + HEAD,
          width: size,
          height: size,
        }),
      ),
      ...(fields.length > 0 ? fieldLegend(input, height - legend) : []),
    ],
  };
}

/** Where the map's plane lies in its figure: below the title, beside the legend (see figure-layout). */
function planeOf({ items }: Figure): Box | undefined {
  return items.find((item) => item.kind === 'discs')?.box;
}

function frames({ fields }: FieldFigureInput, camera: Camera, map: Figure): FigureItem[] {
  const plane = planeOf(map);
  if (plane === undefined) return [];
  return fields.flatMap(({ name, x, y, side }): FigureItem[] => {
    const [left, top] = pixelAt(camera, plane, x - side / 2, y - side / 2);
    const long = side * camera.scale;
    return [
      { kind: 'line', stroke: INK, points: square(left, top, long) },
      {
        kind: 'rect',
        fill: '#ffffff',
        box: { x: left, y: top - 15, width: textWidth(name, 11, true) + 6, height: 14 },
      },
      { kind: 'text', x: left + 3, y: top - 4, text: name, size: 11, isBold: true, fill: INK },
    ];
  });
}

/** Cells of each group, lying bars. */
function bars({ groups }: FieldFigureInput, { x, y, width }: Box): FigureItem[] {
  const most = Math.max(1, ...groups.map(({ value }) => value));
  return [
    { kind: 'text', x, y: y - 14, text: 'Cells in each group', size: 13, isBold: true, fill: INK },
    ...groups.flatMap(({ name, value, words, colour }, i): FigureItem[] => [
      { kind: 'text', x, y: y + 12 + i * 44, text: name, size: 12, fill: INK },
      { kind: 'text', x: x + width, y: y + 12 + i * 44, text: words, size: 11, fill: MUTED, anchor: 'end' },
      {
        kind: 'rect',
        fill: colour,
        box: { x, y: y + 18 + i * 44, width: Math.max(1, (value / most) * width), height: 12 },
      },
    ]),
  ];
}

function fieldItems({ context, fields, facts, state }: FieldFigureInput, at: number, box: Box): FigureItem[] {
  const [field, { cells, mean }] = [fields[at]!, facts[at]!];
  const { layout, shown } = context;
  const scale = box.width / field.side;
  const place = (axis: 0 | 1) =>
    Float32Array.from(
      cells,
      (cell) =>
        (axis === 0 ? box.x : box.y) +
        (layout.xy[2 * cell + axis]! - (axis === 0 ? field.x : field.y) + field.side / 2) * scale,
    );
  const facing = `${formatCount(cells.length)} cells, mean share ${fixed(mean, 2)}`;
  return [
    { kind: 'text', x: box.x, y: box.y - 20, text: field.name, size: 13, isBold: true, fill: INK },
    { kind: 'text', x: box.x, y: box.y - 6, text: shortened(facing, box.width, 11), size: 11, fill: MUTED },
    {
      kind: 'discs',
      box,
      discs: {
        xs: place(0),
        ys: place(1),
        radius: Math.max(0.75, (shown.diameter * scale) / 2),
        colours: fieldColours(state, cells, MISSING),
      },
    },
    { kind: 'line', stroke: MUTED, points: square(box.x, box.y, box.width) },
  ];
}

/** What the colours of the fields mean: as many types as fit in columns, or the scale of the share. */
function fieldLegend({ context, state }: FieldFigureInput, y: number): FigureItem[] {
  const { picture } = state;
  if (picture?.kind !== 'category') {
    return picture ? legendItems(context, picture, [0, 1], { x: GAP, y, width: 160, height: 80 }) : [];
  }
  const [wide, rows] = [200, 5];
  const columns = Math.floor((WIDTH - 2 * GAP) / wide);
  const codes = picture.names.map((_, code) => code).filter((code) => picture.counts[code]! > 0);
  return codes.slice(0, columns * rows).flatMap((code, i): FigureItem[] => {
    const [left, top] = [GAP + Math.floor(i / rows) * wide, y + (i % rows) * 16];
    return [
      {
        kind: 'rect',
        fill: hexOf(colourOf(picture, code)),
        box: { x: left, y: top + 3, width: 10, height: 10 },
      },
      {
        kind: 'text',
        x: left + 16,
        y: top + 12,
        text: shortened(picture.names[code]!, wide - 28, 11),
        size: 11,
        fill: INK,
      },
    ];
  });
}

function square(x: number, y: number, side: number): [number, number][] {
  return [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
    [x, y],
  ];
}
