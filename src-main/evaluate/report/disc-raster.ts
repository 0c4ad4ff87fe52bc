import { encode } from 'fast-png';
import { viridis } from '../../../src-shared/plot/colour-scale.ts';

/** Steps of the colour scale in a map: more than an eye tells apart, few enough to compress well. */
export const LEVELS = 64;

/** Where the discs of a map lie, in pixels; the same for every panel of a gene. */
export interface DiscLayout {
  readonly width: number;
  readonly height: number;
  /** x and y of each centre, interleaved. */
  readonly centres: Int32Array;
  /** Offsets x, y of the pixels of one disc, interleaved. */
  readonly disc: Int32Array;
}

/** Offsets of the pixels whose middle is within `radius` of the middle pixel's; never none. */
export function discOffsets(radius: number): Int32Array {
  const reach = Math.floor(radius);
  const offsets: number[] = [];
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) if (x * x + y * y <= radius * radius) offsets.push(x, y);
  }
  return Int32Array.from(offsets);
}

/**
 * Draws a disc for each cell, in the order given, so that the last lies on top.
 *
 * @param levels of each cell, 0 … LEVELS − 1
 * @returns a palette index for each pixel, row by row: 0 where nothing is, 1 + level elsewhere
 */
export function splat(layout: DiscLayout, levels: Uint8Array, order: Int32Array): Uint8Array {
  const { width, height, centres, disc } = layout;
  const pixels = new Uint8Array(width * height);
  for (const cell of order) {
    const [cx, cy, index] = [centres[2 * cell]!, centres[2 * cell + 1]!, levels[cell]! + 1];
    for (let i = 0; i < disc.length; i += 2) {
      const x = cx + disc[i]!;
      const y = cy + disc[i + 1]!;
      if (x >= 0 && x < width && y >= 0 && y < height) pixels[y * width + x] = index;
    }
  }
  return pixels;
}

const PALETTE = [
  // The transparent entry comes first: PNG lists the alpha of a palette's beginning only.
  [255, 255, 255, 0],
  ...Array.from({ length: LEVELS }, (_, level) => [...viridis(level / (LEVELS - 1)), 255]),
];

/** A PNG of palette indices, transparent where nothing was drawn. */
export function palettePng(width: number, height: number, pixels: Uint8Array): Uint8Array {
  return encode(
    { width, height, data: pixels, depth: 8, channels: 1, palette: PALETTE },
    { zlib: { level: 6 } },
  );
}
