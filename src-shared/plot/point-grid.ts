/** Points sorted into square boxes, so that those near a place are found without looking at all of them. */
export interface PointGrid {
  /** Interleaved x y of all points. */
  readonly xy: Float32Array;
  readonly left: number;
  readonly top: number;
  /** Width and height of a box. */
  readonly size: number;
  readonly columns: number;
  readonly rows: number;
  /** Points of box b: items[starts[b]] … items[starts[b + 1] − 1]. */
  readonly starts: Uint32Array;
  readonly items: Uint32Array;
}

const POINTS_A_BOX = 4;

/**
 * Sorts points (all, or the given ones) into boxes of a few points each. Points without a finite position are left
 * out. O(n).
 */
export function pointGrid(xy: Float32Array, points?: Uint32Array): PointGrid {
  const located = locatedPoints(xy, points);
  const [left, top, right, bottom] = boundsOf(xy, located);
  const [width, height] = [right - left, bottom - top];
  const boxes = Math.max(1, located.length / POINTS_A_BOX);
  const wanted = Math.sqrt(Math.max(width * height, 1e-30) / boxes);
  // A line of points has no area: its boxes go by its length.
  const size = Math.max(wanted, Math.max(width, height) / Math.min(boxes, 4096), 1e-12);
  const columns = Math.floor(width / size) + 1;
  const rows = Math.floor(height / size) + 1;
  const boxOf = new Uint32Array(located.length);
  const starts = new Uint32Array(columns * rows + 1);
  for (let i = 0; i < located.length; i++) {
    const at = 2 * located[i]!;
    const box = Math.floor((xy[at]! - left) / size) + columns * Math.floor((xy[at + 1]! - top) / size);
    boxOf[i] = box;
    starts[box + 1]!++;
  }
  for (let box = 0; box < columns * rows; box++) starts[box + 1]! += starts[box]!;
  const next = starts.slice(0, -1);
  const items = new Uint32Array(located.length);
  for (let i = 0; i < located.length; i++) items[next[boxOf[i]!]!++] = located[i]!;
  return { xy, left, top, size, columns, rows, starts, items };
}

function locatedPoints(xy: Float32Array, points: Uint32Array | undefined): Uint32Array {
  const length = points?.length ?? xy.length / 2;
  const located = new Uint32Array(length);
  let count = 0;
  for (let i = 0; i < length; i++) {
    const point = points ? points[i]! : i;
    if (Number.isFinite(xy[2 * point]!) && Number.isFinite(xy[2 * point + 1]!)) located[count++] = point;
  }
  return located.subarray(0, count);
}

/** Left, top, right and bottom of the points; zeros of none. */
export function boundsOf(xy: Float32Array, points: ArrayLike<number>): [number, number, number, number] {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (let i = 0; i < points.length; i++) {
    const x = xy[2 * points[i]!]!;
    const y = xy[2 * points[i]! + 1]!;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return left > right || top > bottom ? [0, 0, 0, 0] : [left, top, right, bottom];
}

const clamped = (value: number, highest: number): number => Math.min(highest, Math.max(0, Math.floor(value)));

/** The point nearest to (x, y) within `radius`; −1 where there is none. Among equally near ones the smallest index. */
export function nearestPoint(grid: PointGrid, x: number, y: number, radius: number, without = -1): number {
  const { xy, left, top, size, columns, rows, starts, items } = grid;
  let best = -1;
  let nearest = radius * radius;
  const [lowRow, highRow] = [
    clamped((y - radius - top) / size, rows - 1),
    clamped((y + radius - top) / size, rows - 1),
  ];
  const lowColumn = clamped((x - radius - left) / size, columns - 1);
  const highColumn = clamped((x + radius - left) / size, columns - 1);
  for (let row = lowRow; row <= highRow; row++) {
    const end = starts[row * columns + highColumn + 1]!;
    for (let at = starts[row * columns + lowColumn]!; at < end; at++) {
      const point = items[at]!;
      const distance = (xy[2 * point]! - x) ** 2 + (xy[2 * point + 1]! - y) ** 2;
      if (point === without || distance > nearest || (distance === nearest && best >= 0 && best < point))
        continue;
      best = point;
      nearest = distance;
    }
  }
  return best;
}

/**
 * Median distance of a point to its nearest neighbour elsewhere, from `sample` points spread over the list; 0 where
 * there are no two places.
 */
export function medianSpacing(grid: PointGrid, sample = 2000): number {
  const { items, xy, size, columns, rows } = grid;
  const step = Math.max(1, Math.floor(items.length / sample));
  const furthest = size * Math.hypot(columns, rows);
  const distances: number[] = [];
  for (let at = 0; at < items.length; at += step) {
    const point = items[at]!;
    const distance = distanceToNext(grid, point, furthest);
    if (distance > 0) distances.push(distance);
  }
  if (distances.length === 0) return 0;
  distances.sort((a, b) => a - b);
  const middle = distances.length >> 1;
  const median =
    distances.length % 2 === 1 ? distances[middle]! : (distances[middle - 1]! + distances[middle]!) / 2;
  return xy.length === 0 ? 0 : median;
}

function distanceToNext(grid: PointGrid, point: number, furthest: number): number {
  const [x, y] = [grid.xy[2 * point]!, grid.xy[2 * point + 1]!];
  for (let radius = grid.size; ; radius *= 2) {
    const other = nearestPoint(grid, x, y, radius, point);
    if (other >= 0) return Math.hypot(grid.xy[2 * other]! - x, grid.xy[2 * other + 1]! - y);
    if (radius > furthest) return 0;
  }
}
