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

/** First and last edge and, where there is room, some between. */
export function edgeLabels(edges: readonly number[], width: number): EdgeLabel[] {
  const last = edges.length - 1;
  const parts = Math.min(last, width < 200 ? 1 : width < 320 ? 2 : 4);
  const at = Array.from({ length: parts + 1 }, (_, i) => Math.round((i * last) / parts));
  return at.map((index, i) => ({
    x: (index / last) * width,
    edge: edges[index]!,
    anchor: i === 0 ? 'start' : i === parts ? 'end' : 'middle',
  }));
}

/** What a bar covers: a single whole number, or from one edge to the next. */
export function rangeText(edges: readonly number[], bar: number, format: (edge: number) => string): string {
  const [from, to] = [edges[bar] ?? 0, edges[bar + 1] ?? 0];
  const one = Number.isInteger(from) && to === from + 1;
  return one ? format(from) : `${format(from)}–${format(to)}`;
}
