import { dotPath, element, escapeXml } from '../../../src-shared/plot/svg.ts';
import type { Markup } from '../../../src-shared/plot/svg.ts';

type Place = readonly [number, number];

/** Items for which a question is answered yes, and the others, each in order. */
export function sideBySide<T>(items: readonly T[], yes: (item: T) => boolean): readonly [T[], T[]] {
  return [items.filter(yes), items.filter((item) => !yes(item))];
}

/**
 * A cloud of dots, filled or as rings; with names each dot is an element that says its name when pointed at,
 * without names all are one path, which is ten times smaller.
 */
export function dots(
  places: readonly Place[],
  style: { readonly colour: string; readonly ring?: boolean; readonly names?: readonly string[] | undefined },
): Markup {
  if (places.length === 0) return '';
  const { colour, names } = style;
  const ring = style.ring === true;
  if (names === undefined) {
    const stroke = { stroke: colour, 'stroke-width': 4, 'stroke-opacity': 0.55, 'stroke-linecap': 'round' };
    return element('path', { d: dotPath(places), ...stroke });
  }
  const look = ring
    ? { fill: colour, 'fill-opacity': 0.12, stroke: colour, 'stroke-width': 0.9, 'stroke-opacity': 0.9 }
    : { fill: colour, 'fill-opacity': 0.65 };
  const circles = places.map(([cx, cy], i) =>
    element('circle', { cx, cy, r: ring ? 2 : 2.2 }, element('title', {}, escapeXml(names[i]!))),
  );
  return element('g', look, ...circles);
}
