/** Where a value lies on paper. */
export interface Scale {
  readonly kind: 'linear' | 'log';
  readonly domain: readonly [number, number];
  /** Position of a value. */
  at(value: number): number;
  readonly ticks: readonly number[];
}

type Pair = readonly [number, number];

/** 1, 2 or 5 times a power of ten: the smallest such step that cuts `width` into at most `count` parts. */
export function niceStep(width: number, count: number): number {
  const power = 10 ** Math.floor(Math.log10(width / count));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => width / step <= count * (1 + 1e-9))!;
}

/** Multiples of a nice step inside [low, high], about `count` of them; the one value where low = high. */
export function linearTicks(low: number, high: number, count = 5): number[] {
  if (!(high > low)) return [low];
  const step = niceStep(high - low, count);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Rounded, since 3 × 0.1 is not 0.3.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toFixed(digits)) + 0);
}

/** Powers of ten inside [low, high], with 2 and 5 between where that gives fewer than three. Needs 0 < low < high. */
export function logTicks(low: number, high: number): number[] {
  const powers = Array.from(
    { length: Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1 },
    (_, i) => 10 ** (Math.floor(Math.log10(low)) + i),
  );
  const inside = (value: number): boolean => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const coarse = powers.filter(inside);
  const ticks = coarse.length >= 3 ? coarse : powers.flatMap((p) => [p, 2 * p, 5 * p]).filter(inside);
  return ticks.map((tick) => Number(tick.toPrecision(1)));
}

/** A straight scale from `domain` to `range` (positions; may run backwards). A domain of no width is widened. */
export function linearScale(domain: Pair, range: Pair, count = 5): Scale {
  const [low, high] = domain[0] === domain[1] ? [domain[0] - 0.5, domain[1] + 0.5] : domain;
  const slope = (range[1] - range[0]) / (high - low);
  return {
    kind: 'linear',
    domain: [low, high],
    at: (value) => range[0] + (value - low) * slope,
    ticks: linearTicks(low, high, count),
  };
}

/** A logarithmic scale; both ends of the domain are above 0. */
export function logScale(domain: Pair, range: Pair): Scale {
  const straight = linearScale([Math.log10(domain[0]), Math.log10(domain[1])], range);
  return {
    kind: 'log',
    domain,
    at: (value) => straight.at(Math.log10(value)),
    ticks: domain[1] > domain[0] ? logTicks(domain[0], domain[1]) : [domain[0]],
  };
}

/** Smallest and largest finite value, widened on both sides by `margin` of the width; [0, 1] of none. */
export function extent(values: Iterable<number>, margin = 0): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  const more = margin * (high - low);
  return [low - more, high + more];
}
