import type { Histogram } from '../../../src-shared/domain/preview.ts';

const BINS = 40;
/** Values that differ by more than this factor are shown on a logarithmic scale. */
const LOG_FROM = 100;

interface Extent {
  readonly low: number;
  readonly high: number;
  /** Smallest value above 0. */
  readonly positive: number;
  readonly whole: boolean;
}

/**
 * About 40 bars over some values, those that are not finite left out. Edges are log-spaced, behind a bar for 0, where
 * the values differ by more than a hundredfold; those of whole numbers are whole. The last bar holds its right edge.
 */
export function histogramOf(values: ArrayLike<number>): Histogram {
  const extent = extentOf(values);
  if (extent === undefined) return { edges: [0, 1], counts: [0] };
  const edges = edgesOf(extent);
  return { edges, counts: countsBetween(edges, values) };
}

/** Bars of equal width over shares from 0 to 1. */
export function shareHistogram(values: ArrayLike<number>): Histogram {
  const edges = Array.from({ length: BINS + 1 }, (_, i) => i / BINS);
  return { edges, counts: countsBetween(edges, values) };
}

function extentOf(values: ArrayLike<number>): Extent | undefined {
  let [low, high, positive, whole] = [Infinity, -Infinity, Infinity, true];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
    if (value > 0 && value < positive) positive = value;
    if (!Number.isInteger(value)) whole = false;
  }
  return low <= high ? { low, high, positive, whole } : undefined;
}

function edgesOf({ low, high, positive, whole }: Extent): number[] {
  if (low >= 0 && high > LOG_FROM * positive) {
    const ratio = high / positive;
    const edges = Array.from({ length: BINS + 1 }, (_, i) => positive * ratio ** (i / BINS));
    edges[BINS] = high;
    const rounded = whole ? edges.map(Math.round) : edges;
    return [...new Set(low < positive ? [0, ...rounded] : rounded)];
  }
  if (low === high) return [low, low + 1];
  // Whole numbers are counted from one edge to just before the next, so that the last edge is one above the highest.
  const end = whole ? high + 1 : high;
  const step = whole ? Math.ceil((end - low) / BINS) : (end - low) / BINS;
  const count = whole ? Math.ceil((end - low) / step) : BINS;
  return Array.from({ length: count + 1 }, (_, i) => (i === count ? end : low + i * step));
}

function countsBetween(edges: readonly number[], values: ArrayLike<number>): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    let [left, right] = [0, edges.length - 1];
    while (right - left > 1) {
      const middle = (left + right) >> 1;
      if (edges[middle]! <= value) left = middle;
      else right = middle;
    }
    counts[left]!++;
  }
  return counts;
}

/** The middle of some values, half-way between the two middle ones where their number is even; 0 for none. */
export function medianOf(values: Float64Array | Uint32Array): number {
  if (values.length === 0) return 0;
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
