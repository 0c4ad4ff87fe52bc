import { mapColour } from '../../../../src-shared/plot/colour-maps.ts';
import { hexOf } from '../../../../src-shared/plot/colour-scale.ts';
import { formatCount } from '../../../../src-shared/plot/format.ts';
import { fitted as shortened, INK, MUTED } from '../../../../src-shared/plot/svg.ts';
import type { Box } from '../canvas/camera.ts';
import { clipInWords } from '../Legend.tsx';
import type { MapContext } from '../map-context.ts';
import { colourOf, formatValue, limitsOf, mapOf, type PanelPicture } from '../panel-picture.ts';
import type { FigureItem } from './figure-items.ts';
import type { FigureContext } from './figure-layout.ts';

/** What a cell without a value is drawn in. */
export const MISSING = [212, 216, 220] as const;
const ROW = 16;

/** Height of a legend above its panel; of categories at most a quarter of the panel. */
export function legendHeight(picture: PanelPicture, panelHeight: number): number {
  if (picture.kind === 'values') return 4 * ROW + 4;
  if (picture.kind === 'rgb') return 2 * picture.channels.length * ROW + 4;
  const rows = picture.counts.filter((count) => count > 0).length + 1;
  return ROW * Math.min(rows, Math.max(2, Math.floor(panelHeight / 4 / ROW))) + 4;
}

/** What the colours of a panel mean; categories as far as the height of the box allows. */
export function legendItems(
  context: FigureContext,
  picture: PanelPicture,
  limits: MapContext['limits'][number],
  box: Box,
): FigureItem[] {
  const { clip, colourMap } = context.settings;
  const line = (row: number, text: string, fill = MUTED, indent = 0): FigureItem => ({
    ...{ kind: 'text', x: box.x + indent, y: box.y + 12 + row * ROW, size: 11, fill },
    text: shortened(text, box.width - indent, 11),
  });
  const swatch = (row: number, fill: string): FigureItem => ({
    ...{ kind: 'rect', fill },
    box: { x: box.x, y: box.y + 3 + row * ROW, width: 10, height: 10 },
  });
  if (picture.kind === 'category') {
    const rows = Math.max(1, Math.floor(box.height / ROW) - 1);
    const codes = picture.names.map((_, code) => code).filter((code) => picture.counts[code]! > 0);
    return [
      ...codes
        .slice(0, rows)
        .flatMap((code, row) => [
          swatch(row, context.look.muted.has(code) ? hexOf(MISSING) : hexOf(colourOf(picture, code))),
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
