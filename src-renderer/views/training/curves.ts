import { lttb } from '../../components/charts/lttb.ts';
import { smoothed } from '../../components/charts/smooth.ts';
import type { SeriesView } from '../../store/losses/series.ts';

export interface XY {
  readonly x: number;
  readonly y: number;
}

/**
 * The values as they came: one a bucket, or its lowest and highest where it stands for several, so that no spike is
 * lost. At most `limit`.
 */
export function rawPoints(series: SeriesView, limit: number): XY[] {
  const points: XY[] = [];
  for (let i = 0; i < series.length; i += 1) {
    const low = { x: series.lowStep[i]!, y: series.low[i]! };
    const high = { x: series.highStep[i]!, y: series.high[i]! };
    if (low.x === high.x) points.push(low);
    else points.push(...(low.x < high.x ? [low, high] : [high, low]));
  }
  return thinned(points, limit);
}

/** Means of the buckets, smoothed over the points before (see smoothed). At most `limit`. */
export function smoothPoints(series: SeriesView, weight: number, limit: number): XY[] {
  const values = smoothed(series.mean.subarray(0, series.length), weight, series.stride);
  const points = Array.from(values, (y, i) => ({ x: series.step[i]!, y }));
  return thinned(points, limit);
}

function thinned(points: readonly XY[], limit: number): XY[] {
  if (points.length <= limit) return [...points];
  const chosen = lttb(
    points.map(({ x }) => x),
    points.map(({ y }) => y),
    limit,
  );
  return Array.from(chosen, (i) => points[i]!);
}

/** The value at the last step that is not after `step`, or the first one; undefined of nothing. Null asks for the newest. */
export function valueAt(series: SeriesView | undefined, step: number | null): number | undefined {
  if (series === undefined || series.length === 0) return undefined;
  if (step === null) return series.mean[series.length - 1];
  let [low, high] = [0, series.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (series.step[middle]! <= step) low = middle;
    else high = middle - 1;
  }
  return series.mean[low];
}
