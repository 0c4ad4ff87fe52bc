import type { Rgb } from './colour-scale.ts';
import { viridis } from './colour-scale.ts';

/** Colour maps for values that run from little to much; all are read with every common colour-blindness. */
export const SEQUENTIAL = ['viridis', 'magma', 'cividis', 'blue'] as const;
export type SequentialMap = (typeof SEQUENTIAL)[number];
export type ColourMapName = SequentialMap | 'difference';

export const COLOUR_MAP_LABELS: Readonly<Record<SequentialMap, string>> = {
  viridis: 'Viridis',
  magma: 'Magma',
  cividis: 'Cividis',
  blue: 'Blue on white',
};

/** Steps of a table of colours. */
export const STEPS = 256;

/** Magma (Smith & van der Walt 2015) and cividis (Nuñez, Anderton & Renslow 2018), both CC0: every 15th of 256. */
const anchors: Readonly<Record<Exclude<ColourMapName, 'viridis'>, string>> = {
  magma:
    '000004 090720 1a1042 311165 4a1079 621980 792282 912b81 aa337d c23b75 d9466b ec5860 f7725c fc8e64 feaa74 fec68a fde2a3 fcfdbf',
  cividis:
    '00224e 002d68 163770 2e416d 3f4c6c 4e566c 5c616e 696b71 767676 838179 928c78 a09875 afa471 bfb06b cfbd62 dfca57 f0d846 fee838',
  blue: 'ffffff d5e6f3 9ec6e2 5d9fce 2676b3 0a4f87 03284d',
  difference: '08407a 2f77b8 86b6dc f4f4f4 f0ad6a c8671b 7a3100',
};

function parsed(hexes: string): Rgb[] {
  return hexes
    .split(' ')
    .map((hex): Rgb => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb);
}

function interpolated(colours: readonly Rgb[], share: number): Rgb {
  const position = share * (colours.length - 1);
  const below = Math.min(Math.floor(position), colours.length - 2);
  const [a, b] = [colours[below]!, colours[below + 1]!];
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(a[channel] + (position - below) * (b[channel] - a[channel]));
  return [mix(0), mix(1), mix(2)];
}

const tables = new Map<ColourMapName, Uint8Array>();

/** 256 colours of a map, red green blue one after the other; `difference` has its middle at white. */
export function colourTable(name: ColourMapName): Uint8Array {
  let table = tables.get(name);
  if (!table) {
    const colours = name === 'viridis' ? undefined : parsed(anchors[name]);
    table = Uint8Array.from(
      Array.from({ length: STEPS }, (_, step) => {
        const share = step / (STEPS - 1);
        return colours ? interpolated(colours, share) : viridis(share);
      }).flat(),
    );
    tables.set(name, table);
  }
  return table;
}

/** Colour of a share 0 … 1 of a map. */
export function mapColour(name: ColourMapName, share: number): Rgb {
  const table = colourTable(name);
  const step = Math.round(Math.min(1, Math.max(0, share)) * (STEPS - 1));
  return [table[3 * step]!, table[3 * step + 1]!, table[3 * step + 2]!];
}
