import { hexOf } from '../../../../src-shared/plot/colour-scale.ts';
import { drawing, element, text, type Markup } from '../../../../src-shared/plot/svg.ts';
import type { Box } from '../canvas/camera.ts';
import type { DiscsItem, Figure, FigureItem } from './figure-items.ts';

/** Up to this many cells are drawn as circles; more make a file that no program opens, so they become a picture. */
export const MOST_CIRCLES = 50_000;

/** Items that cannot be vectors, with a data: address of a picture of each. */
export type Pictures = ReadonlyMap<FigureItem, string>;

export function needsPicture(item: FigureItem): boolean {
  return item.kind === 'picture' || (item.kind === 'discs' && item.discs.xs.length > MOST_CIRCLES);
}

/** A figure as SVG. Throws a RangeError when the picture of an item that needs one is not given. */
export function toSvg({ width, height, title, items }: Figure, pictures: Pictures = new Map()): string {
  return drawing(width, height, title, ...items.map((item, i) => markup(item, `clip${i}`, pictures)));
}

function markup(item: FigureItem, id: string, pictures: Pictures): Markup {
  switch (item.kind) {
    case 'rect':
      return element('rect', { ...item.box, fill: item.fill });
    case 'text':
      return text(item.text, item.x, item.y, {
        'font-size': item.size,
        'font-weight': item.isBold === true ? 600 : undefined,
        fill: item.fill,
        'text-anchor': item.anchor,
      });
    case 'line':
      return element('polyline', {
        points: item.points.map((point) => point.map((value) => value.toFixed(2)).join(',')).join(' '),
        fill: 'none',
        stroke: item.stroke,
        'stroke-width': 1.5,
      });
    case 'ramp': {
      const stops = item.colours.map((colour, i) =>
        element('stop', {
          offset: `${((100 * i) / (item.colours.length - 1)).toFixed(2)}%`,
          'stop-color': colour,
        }),
      );
      return element(
        'g',
        {},
        element('linearGradient', { id }, ...stops),
        element('rect', { ...item.box, fill: `url(#${id})` }),
      );
    }
    case 'picture':
    case 'discs':
      return needsPicture(item) ? picture(item.box, item, pictures) : circles(item as DiscsItem, id);
  }
}

function picture(box: Box, item: FigureItem, pictures: Pictures): Markup {
  const href = pictures.get(item);
  if (href === undefined) throw new RangeError('a part of the figure has no picture');
  return element('image', { ...box, href });
}

/** Every cell a circle, cut off at the edge of the panel. */
function circles({ box, discs }: DiscsItem, id: string): Markup {
  const { xs, ys, radius, colours } = discs;
  const all = Array.from(xs, (x, i) => {
    const fill = hexOf([colours[4 * i]!, colours[4 * i + 1]!, colours[4 * i + 2]!]);
    return element('circle', { cx: x, cy: ys[i]!, r: radius, fill });
  });
  return element(
    'g',
    {},
    element('clipPath', { id }, element('rect', { ...box })),
    element('g', { 'clip-path': `url(#${id})` }, ...all),
  );
}
