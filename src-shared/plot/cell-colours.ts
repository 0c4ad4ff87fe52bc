import type { Rgb } from './colour-scale.ts';
import { categoryColour } from './category-palette.ts';
import { STEPS } from './colour-maps.ts';

/** Colours of cells, four bytes each, in the order in which cells are drawn. */
export interface Painting {
  /** Cells in the order in which they are drawn. */
  readonly order: Uint32Array;
  /** Colour of a cell without a value. */
  readonly missing: Rgb;
  /** Red, green, blue and opacity of each drawn cell; written. */
  readonly target: Uint8Array;
}

/** Values by a table of colours: `low` and what is below gets the first, `high` and what is above the last. */
export function paintValues(
  { order, missing, target }: Painting,
  values: Float32Array,
  table: Uint8Array,
  [low, high]: readonly [number, number],
): void {
  const slope = high > low ? (STEPS - 1) / (high - low) : 0;
  const colours = packed(table, STEPS);
  const none = packedColour(missing);
  const words = wordsOf(target);
  for (let i = 0; i < order.length; i++) {
    const value = values[order[i]!]!;
    if (value !== value) {
      words[i] = none;
      continue;
    }
    const step = (value - low) * slope + 0.5;
    words[i] = colours[step <= 0 ? 0 : step >= STEPS - 1 ? STEPS - 1 : step | 0]!;
  }
}

/** Two or three genes as red, green and blue light, each between its own limits; grey where all are missing. */
export function paintRgb(
  { order, missing, target }: Painting,
  channels: readonly (Float32Array | undefined)[],
  limits: readonly (readonly [number, number])[],
): void {
  for (let i = 0; i < order.length; i++) {
    let isThere = false;
    for (let channel = 0; channel < 3; channel++) {
      const value = channels[channel]?.[order[i]!] ?? NaN;
      const [low, high] = limits[channel] ?? [0, 1];
      if (!Number.isNaN(value)) isThere = true;
      const share = value >= high && high >= low ? 1 : (value - low) / (high - low);
      target[4 * i + channel] = share > 0 ? Math.round(255 * Math.min(1, share)) : 0;
    }
    if (!isThere) for (let channel = 0; channel < 3; channel++) target[4 * i + channel] = missing[channel]!;
    target[4 * i + 3] = 255;
  }
}

/** Categories by their code; codes without a name are missing. Those in `muted` are drawn as missing; `own` colours replace the usual ones. */
export function paintCategories(
  { order, missing, target }: Painting,
  codes: Uint16Array,
  categories: number,
  muted: ReadonlySet<number> = new Set(),
  own: readonly Rgb[] = [],
): void {
  const none = packedColour(missing);
  const colours = Uint32Array.from({ length: categories }, (_, code) =>
    muted.has(code) ? none : packedColour(own[code] ?? categoryColour(code)),
  );
  const words = wordsOf(target);
  for (let i = 0; i < order.length; i++) words[i] = colours[codes[order[i]!]!] ?? none;
}

/** Mixes the cells outside of a selection with the ground, so that those inside stand out. `share` 0 is the ground. */
export function fadeOutside(
  { order, target }: Painting,
  inside: Uint8Array,
  ground: Rgb,
  share: number,
): void {
  for (let i = 0; i < order.length; i++) {
    if (inside[order[i]!] === 1) continue;
    for (let channel = 0; channel < 3; channel++) {
      const at = 4 * i + channel;
      target[at] = ground[channel]! + share * (target[at]! - ground[channel]!);
    }
  }
}

// A word is the four bytes of a colour in the machine's own order, so that one store writes a cell.
function packedColour([red, green, blue]: Rgb): number {
  return new Uint32Array(Uint8Array.of(red, green, blue, 255).buffer)[0]!;
}

function packed(table: Uint8Array, steps: number): Uint32Array {
  return Uint32Array.from({ length: steps }, (_, step) =>
    packedColour([table[3 * step]!, table[3 * step + 1]!, table[3 * step + 2]!]),
  );
}

function wordsOf(target: Uint8Array): Uint32Array {
  return new Uint32Array(target.buffer, target.byteOffset, target.length / 4);
}
