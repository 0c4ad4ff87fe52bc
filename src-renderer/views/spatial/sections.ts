import { boundsOf } from '../../../src-shared/plot/point-grid.ts';
import type { Bounds } from './canvas/camera.ts';

/** Share of the smaller section that may lie over another one. */
const OVERLAP = 0.1;
const GAP = 0.08;

/** Where the cells are drawn. */
export interface Arranged {
  readonly xy: Float32Array;
  /** Whether sections were moved apart; pictures of the tissue then fit no more. */
  readonly isMoved: boolean;
}

/**
 * Positions as they are, unless sections lie over each other (each has coordinates of its own): then they are set
 * beside each other in rows, as on a contact sheet.
 */
export function arrangeSections(xy: Float32Array, sections: Uint16Array | null, count: number): Arranged {
  if (sections === null || count < 2) return { xy, isMoved: false };
  const cells = Array.from({ length: count }, () => [] as number[]);
  sections.forEach((section, cell) => {
    if (Number.isFinite(xy[2 * cell]! + xy[2 * cell + 1]!)) cells[section]?.push(cell);
  });
  const boxes = cells.map((list) => boundsOf(xy, list));
  if (!boxes.some((box, i) => boxes.some((other, j) => j < i && overlap(box, other) > OVERLAP))) {
    return { xy, isMoved: false };
  }
  const widest = Math.max(...boxes.map(([left, , right]) => right - left));
  const highest = Math.max(...boxes.map(([, top, , bottom]) => bottom - top));
  const columns = Math.ceil(Math.sqrt((count * highest * 1.5) / Math.max(widest, 1e-9)));
  const across = Math.min(count, Math.max(1, columns));
  const moved = xy.slice();
  cells.forEach((list, section) => {
    const [left, top] = boxes[section]!;
    const dx = (section % across) * widest * (1 + GAP) - left;
    const dy = Math.floor(section / across) * highest * (1 + GAP) - top;
    for (const cell of list) {
      moved[2 * cell]! += dx;
      moved[2 * cell + 1]! += dy;
    }
  });
  return { xy: moved, isMoved: true };
}

/** Common area of two boxes as a share of the smaller one. */
function overlap(a: Bounds, b: Bounds): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  const area = ([left, top, right, bottom]: Bounds): number => (right - left) * (bottom - top);
  const smaller = Math.min(area(a), area(b));
  return width <= 0 || height <= 0 || smaller <= 0 ? 0 : (width * height) / smaller;
}
