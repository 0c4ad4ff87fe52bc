import { niceStep } from '../../../src-shared/plot/scale.ts';
import { counted, whole } from '../../lib/words.ts';

/** Where cells go in a picture: the same scale both ways, centred, y downwards as on a slide. */
export interface Placement {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** Fits positions (interleaved x y) into a picture. */
export function placementOf(xy: Float32Array, width: number, height: number, margin = 8): Placement {
  let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < xy.length; i += 2) {
    minX = Math.min(minX, xy[i]!);
    maxX = Math.max(maxX, xy[i]!);
    minY = Math.min(minY, xy[i + 1]!);
    maxY = Math.max(maxY, xy[i + 1]!);
  }
  if (!(maxX >= minX)) return { scale: 1, left: 0, top: 0 };
  const [w, h] = [width - 2 * margin, height - 2 * margin];
  const scale = Math.min(w / Math.max(maxX - minX, 1e-9), h / Math.max(maxY - minY, 1e-9));
  return {
    scale,
    left: width / 2 - ((minX + maxX) / 2) * scale,
    top: height / 2 - ((minY + maxY) / 2) * scale,
  };
}

/** The most positions that a preview holds; of more cells it holds a sample. */
const MOST = 20_000;

/** How many cells lie in the picture: those with a position, or a sample of them. */
export function drawnText(drawn: number, cells: number): string {
  if (drawn >= cells) return counted(cells, 'position');
  if (drawn >= MOST) return `${whole(drawn)} positions drawn`;
  return `${whole(drawn)} of ${counted(cells, 'cell')} ${drawn === 1 ? 'has' : 'have'} a position`;
}

/** Side of a cell's mark in pixels: touching for few, a pixel for many. */
export function markSize(cells: number, width: number, height: number): number {
  return Math.min(5, Math.max(1, 0.6 * Math.sqrt((width * height) / Math.max(1, cells))));
}

/** A round length that takes at most a quarter of the width: its value and its pixels. */
export function scaleBar(scale: number, width: number): { readonly length: number; readonly pixels: number } {
  const length = niceStep(width / scale, 4);
  // The step cuts the width into at most four parts, so the next smaller one fits a quarter.
  const fitting = length * scale <= width / 4 ? length : niceStep(width / scale, 10);
  return { length: fitting, pixels: fitting * scale };
}
