import type { Rgb } from './colour-scale.ts';
import { OKABE_ITO } from './palette.ts';

/**
 * Colours of categories: Okabe & Ito's (2008) first, then darker and lighter ones of other hues. Beyond twelve no
 * palette can be told apart by eye, so colours come again and the legend and the tooltip tell them apart by name.
 */
const COLOURS: readonly string[] = [
  OKABE_ITO.blue,
  OKABE_ITO.orange,
  OKABE_ITO.green,
  OKABE_ITO.purple,
  OKABE_ITO.sky,
  OKABE_ITO.vermillion,
  OKABE_ITO.yellow,
  '#332288',
  '#882255',
  '#117733',
  '#999933',
  '#8c8c8c',
];

/** Colour of a category by its place in the list. */
export function categoryColour(code: number): Rgb {
  const hex = COLOURS[code % COLOURS.length]!;
  const shade = 1 - 0.3 * (Math.floor(code / COLOURS.length) % 3);
  return [1, 3, 5].map((at) => Math.round(parseInt(hex.slice(at, at + 2), 16) * shade)) as unknown as Rgb;
}
