import { formatTick } from './format.ts';
import type { Scale } from './scale.ts';
import { element, FRAME, GRID, line, MUTED, text } from './svg.ts';
import type { Markup } from './svg.ts';

/** The rectangle that data are drawn in. */
export interface Plane {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const TICK = { 'font-size': 11, fill: MUTED };

/** Grid lines and tick labels of a horizontal axis, and its title below. */
export function xAxis(plane: Plane, scale: Scale, title: string | undefined): Markup {
  const bottom = plane.top + plane.height;
  const ticks = scale.ticks.flatMap((tick) => [
    line(scale.at(tick), plane.top, scale.at(tick), bottom, { stroke: GRID }),
    text(formatTick(tick), scale.at(tick), bottom + 15, { 'text-anchor': 'middle', ...TICK }),
  ]);
  const middle = plane.left + plane.width / 2;
  return element(
    'g',
    {},
    ...ticks,
    ...(title === undefined ? [] : [text(title, middle, bottom + 33, { 'text-anchor': 'middle' })]),
  );
}

/** Horizontal grid lines alone, for a plane whose neighbour to the left carries the labels. */
export function yGrid({ left, width }: Plane, scale: Scale): Markup {
  const lines = scale.ticks.map((tick) => line(left, scale.at(tick), left + width, scale.at(tick)));
  return element('g', { stroke: GRID }, ...lines);
}

/** Grid lines and tick labels of a vertical axis; its title stands upright to the left, `away` from the plane. */
export function yAxis(plane: Plane, scale: Scale, title: string | undefined, away = 36): Markup {
  const ticks = scale.ticks.map((tick) =>
    text(formatTick(tick), plane.left - 6, scale.at(tick) + 4, { 'text-anchor': 'end', ...TICK }),
  );
  const middle = plane.top + plane.height / 2;
  const named = title === undefined ? [] : [upright(title, plane.left - away, middle)];
  return element('g', {}, yGrid(plane, scale), ...ticks, ...named);
}

/** A text that runs upwards, centred on `x`, `y`. */
export function upright(content: string, x: number, y: number): Markup {
  return text(content, x, y, {
    'text-anchor': 'middle',
    transform: `rotate(-90 ${x.toFixed(2)} ${y.toFixed(2)})`,
  });
}

/** A thin frame around the plane. */
export function frame(plane: Plane): Markup {
  const { left, top, width, height } = plane;
  return element('rect', { x: left, y: top, width, height, fill: 'none', stroke: FRAME });
}
