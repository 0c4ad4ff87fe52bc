import { formatCount } from '../../../../src-shared/plot/format.ts';
import { scaleBar } from '../../../../src-shared/plot/scale-bar.ts';
import { fitted as shortened, INK, MUTED, textWidth } from '../../../../src-shared/plot/svg.ts';
import { aspectOf, panelBoxes, pixelAt, type Box, type Camera } from '../canvas/camera.ts';
import type { MapContext } from '../map-context.ts';
import { painted, type PanelPicture } from '../panel-picture.ts';
import type { PanelState } from '../use-pictures.ts';
import type { DiscsItem, Figure, FigureItem } from './figure-items.ts';
import { legendHeight, legendItems, MISSING } from './legend-items.ts';

const HEAD = 26;
const FOOT = 24;
const LEGEND = 132;
const MARGIN = 12;
const WHITE = [255, 255, 255] as const;
/** Height of a second row of the foot. */
const FOOT_ROW = 15;

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
  const { picture } = state;
  const { plane, legend } = placesOf(whole, picture, footOf(context, camera, whole).isTwoRows);
  return [
    ...headItems(state, whole),
    ...(context.image ? [pictureItem(context.image, camera, plane)] : []),
    ...(picture ? [discsItem(context, camera, at, picture, plane)] : []),
    ...(picture ? legendItems(context, picture, limits[at] ?? null, legend) : []),
    ...footItems(context, camera, whole, plane),
  ];
}

/** The camera of a figure: legends take room beside the cells, or above them, that they do not on the screen. */
export function printCamera(now: Camera, panelWidth: number, panelHeight: number): Camera {
  if (!isNarrow(panelWidth))
    return { ...now, scale: now.scale * Math.max(0.3, (panelWidth - 156) / panelWidth) };
  const share = Math.min((panelWidth - 24) / panelWidth, (panelHeight - 146) / Math.max(1, panelHeight - 48));
  return { ...now, scale: now.scale * Math.max(0.3, share) };
}

/** Whether a panel is too narrow for a legend beside its cells. */
export function isNarrow(width: number): boolean {
  return width - LEGEND - 2 * MARGIN < 0.5 * width;
}

/** Where the cells of a panel and its legend lie: the legend beside them, in a narrow panel above. */
function placesOf(
  { x, y, width, height }: Box,
  picture: PanelPicture | null,
  isTwoRows: boolean,
): { readonly plane: Box; readonly legend: Box } {
  const above = picture && isNarrow(width) ? legendHeight(picture, height) : 0;
  const foot = FOOT + (isTwoRows ? FOOT_ROW : 0);
  const plane = {
    x: x + MARGIN,
    y: y + HEAD + above,
    width: Math.max(40, widthOfPlane(width)),
    height: Math.max(40, height - HEAD - above - foot - MARGIN),
  };
  const legend =
    above > 0
      ? { ...plane, y: y + HEAD, height: above }
      : { ...plane, x: plane.x + plane.width + 10, width: LEGEND - 10, height: height - HEAD - FOOT };
  return { plane, legend };
}

function widthOfPlane(width: number): number {
  return width - 2 * MARGIN - (isNarrow(width) ? 0 : LEGEND);
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

/** Scale bar and number of cells; on two rows where they do not fit on one. */
function footOf({ cells, shown }: FigureContext, camera: Camera, { width }: Box) {
  const room = widthOfPlane(width);
  const bar = scaleBar(camera.scale, cells.unit ?? 'unknown', Math.min(120, room / 3));
  const count = `${formatCount(shown.order.length)} cells`;
  const isTwoRows = bar.pixels + textWidth(bar.label, 11) + textWidth(count, 11) + 8 + MARGIN > room;
  return { ...bar, count, isTwoRows };
}

function footItems(context: FigureContext, camera: Camera, whole: Box, plane: Box): FigureItem[] {
  const { pixels, label, count, isTwoRows } = footOf(context, camera, whole);
  const y = plane.y + plane.height + 10;
  const place = isTwoRows
    ? ({ x: plane.x, y: y + 3 + FOOT_ROW } as const)
    : ({ x: plane.x + plane.width, y: y + 3, anchor: 'end' } as const);
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
    { kind: 'text', ...place, text: count, size: 11, fill: MUTED },
  ];
}
