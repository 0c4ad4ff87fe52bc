import type { PointGrid } from './point-grid.ts';

/** Corners of a closed polygon, interleaved x y; it may cross itself (even-odd rule). */
export type Polygon = Float64Array;

export function rectangle(x1: number, y1: number, x2: number, y2: number): Polygon {
  return Float64Array.of(x1, y1, x2, y1, x2, y2, x1, y2);
}

/** Whether a place is inside: a ray to the right crosses the outline an odd number of times. */
export function isInside(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  const corners = polygon.length / 2;
  for (let i = 0, j = corners - 1; i < corners; j = i++) {
    const [xi, yi, xj, yj] = [polygon[2 * i]!, polygon[2 * i + 1]!, polygon[2 * j]!, polygon[2 * j + 1]!];
    if (yi > y !== yj > y && x < xi + ((y - yi) * (xj - xi)) / (yj - yi)) inside = !inside;
  }
  return inside;
}

/**
 * The points of a grid inside a polygon, in no order. Boxes that no side of the polygon touches are taken or left
 * as a whole, so that only points near the outline are tested one by one.
 */
export function pointsInside(grid: PointGrid, polygon: Polygon): Uint32Array {
  const { xy, left, top, size, columns, rows, starts, items } = grid;
  if (polygon.length < 6) return new Uint32Array();
  const touched = touchedBoxes(grid, polygon);
  const found: number[] = [];
  const [lowX, lowY, highX, highY] = extentOf(polygon);
  const span = (low: number, high: number, from: number, count: number): [number, number] => [
    Math.max(0, Math.floor((low - from) / size)),
    Math.min(count - 1, Math.floor((high - from) / size)),
  ];
  const [firstRow, lastRow] = span(lowY, highY, top, rows);
  const [firstColumn, lastColumn] = span(lowX, highX, left, columns);
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const box = row * columns + column;
      if (starts[box] === starts[box + 1]) continue;
      const isWhole = touched[box] === 0;
      if (isWhole && !isInside(polygon, left + (column + 0.5) * size, top + (row + 0.5) * size)) continue;
      for (let at = starts[box]!; at < starts[box + 1]!; at++) {
        const point = items[at]!;
        if (isWhole || isInside(polygon, xy[2 * point]!, xy[2 * point + 1]!)) found.push(point);
      }
    }
  }
  return Uint32Array.from(found);
}

function extentOf(polygon: Polygon): [number, number, number, number] {
  let [lowX, lowY, highX, highY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < polygon.length; i += 2) {
    lowX = Math.min(lowX, polygon[i]!);
    highX = Math.max(highX, polygon[i]!);
    lowY = Math.min(lowY, polygon[i + 1]!);
    highY = Math.max(highY, polygon[i + 1]!);
  }
  return [lowX, lowY, highX, highY];
}

/** 1 for every box that a side of the polygon may pass through (a margin of one box allows for rounding). */
function touchedBoxes({ left, top, size, columns, rows }: PointGrid, polygon: Polygon): Uint8Array {
  const touched = new Uint8Array(columns * rows);
  const corners = polygon.length / 2;
  const mark = (x: number, y: number): void => {
    const column = Math.floor((x - left) / size);
    const row = Math.floor((y - top) / size);
    for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
      touched.fill(
        1,
        r * columns + Math.max(0, column - 1),
        r * columns + Math.max(0, Math.min(columns, column + 2)),
      );
    }
  };
  for (let i = 0, j = corners - 1; i < corners; j = i++) {
    const [x1, y1] = [polygon[2 * j]!, polygon[2 * j + 1]!];
    const [x2, y2] = [polygon[2 * i]!, polygon[2 * i + 1]!];
    // Steps of half a box cannot leap over one.
    const steps = Math.ceil((2 * Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1))) / size) + 1;
    for (let step = 0; step <= steps; step++) {
      mark(x1 + ((x2 - x1) * step) / steps, y1 + ((y2 - y1) * step) / steps);
    }
  }
  return touched;
}
