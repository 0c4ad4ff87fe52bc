import { argsort, median } from '../maths/statistics.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The trend of y along x: points sorted by x, cut into bins of as equal a count as possible, and the median of x and
 * of y in each. About √n bins, 10 at most and at least 5 points in each; points that are not finite are left out.
 */
export function binnedMedian(points: readonly Point[]): Point[] {
  const finite = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const bins = Math.min(10, Math.floor(Math.sqrt(finite.length)), Math.floor(finite.length / 5));
  const order = argsort(finite.map(({ x }) => x));
  return Array.from({ length: bins }, (_, bin) => {
    const from = Math.round((bin * order.length) / bins);
    const to = Math.round(((bin + 1) * order.length) / bins);
    const inBin = Array.from(order.subarray(from, to), (i) => finite[i]!);
    return { x: median(inBin.map(({ x }) => x)), y: median(inBin.map(({ y }) => y)) };
  });
}
