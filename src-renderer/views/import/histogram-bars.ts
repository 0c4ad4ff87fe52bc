/** Geometry of a histogram, in pixels. */

export interface Bar {
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

/** Bars of equal width whatever their range, so that log-spaced ones are seen; one that holds anything is seen. */
export function barsOf(counts: readonly number[], width: number, height: number): Bar[] {
  const most = Math.max(1, ...counts);
  const step = width / Math.max(1, counts.length);
  return counts.map((count, i) => ({
    x: i * step,
    width: Math.max(0.5, step - 1),
    height: count === 0 ? 0 : Math.max(1, (count / most) * height),
  }));
}

export interface EdgeLabel {
  readonly x: number;
  readonly edge: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/**
 * The largest value of the bars. Those of whole numbers, of equal steps but for a shorter last one, end one above it:
 * their edges are where the next bar would begin.
 */
export function highEnd(edges: readonly number[]): number {
  const end = edges.at(-1)!;
  const steps = edges.slice(1).map((edge, i) => edge - edges[i]!);
  const step = steps[0] ?? 0;
  const even = steps.slice(0, -1).every((one) => one === step) && steps.at(-1)! <= step;
  return even && edges.every(Number.isInteger) ? end - 1 : end;
}

/** Smallest and largest value and, where there is room, some edges between. */
export function edgeLabels(edges: readonly number[], width: number): EdgeLabel[] {
  const last = edges.length - 1;
  const parts = Math.min(last, width < 200 ? 1 : width < 320 ? 2 : 4);
  const at = Array.from({ length: parts + 1 }, (_, i) => Math.round((i * last) / parts));
  return at.map((index, i) => ({
    x: (index / last) * width,
    edge: i === parts ? highEnd(edges) : edges[index]!,
    anchor: i === 0 ? 'start' : i === parts ? 'end' : 'middle',
  }));
}

/** What a bar covers: a single whole number, or from one edge to the next. */
export function rangeText(edges: readonly number[], bar: number, format: (edge: number) => string): string {
  const [from, to] = [edges[bar] ?? 0, edges[bar + 1] ?? 0];
  const one = Number.isInteger(from) && to === from + 1;
  return one ? format(from) : `${format(from)}–${format(to)}`;
}
