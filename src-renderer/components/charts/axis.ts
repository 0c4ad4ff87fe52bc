import { linearTicks, logTicks } from '../../../src-shared/plot/scale.ts';

export interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly log: boolean;
}

/** Distances of the plane that lines are drawn in from the edges of the drawing, in pixels. */
export const PLANE = { left: 52, right: 12, top: 8, bottom: 24 } as const;

/**
 * An axis that holds all values, with round ends, so that it stays as it is while values change a little. A log axis
 * needs values above 0; without them it is linear.
 */
export function axisOf(values: Iterable<number>, log = false, ticks = 4): Axis {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) [low, high] = [0, 1];
  if (log && low > 0) return logAxis(low, high);
  if (low === high)
    [low, high] = [low - Math.max(Math.abs(low) * 0.1, 1e-6), high + Math.max(Math.abs(high) * 0.1, 1e-6)];
  const inside = linearTicks(low, high, ticks);
  const step = inside.length > 1 ? inside[1]! - inside[0]! : high - low;
  const domain = [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step] as const;
  return { domain, ticks: linearTicks(domain[0], domain[1], ticks + 2), log: false };
}

/** From 0 to the number of steps of a stage, whatever has been trained of it; so the axis stands still. */
export function stepAxis(steps: number): Axis {
  return { domain: [0, Math.max(1, steps)], ticks: steps > 0 ? linearTicks(0, steps, 5) : [], log: false };
}

/** An axis with nothing on it yet. */
export const EMPTY_AXIS: Axis = { domain: [0, 1], ticks: [], log: false };

function logAxis(low: number, high: number): Axis {
  const even = axisOf([low, high]);
  // Within a decade, round numbers tell more than 1, 2 and 5.
  if (high < 8 * low && even.domain[0] > 0) return { ...even, log: true };
  const floor = (value: number) => {
    const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
    return [5, 2, 1].map((times) => times * power).find((tick) => tick <= value * (1 + 1e-9))!;
  };
  const ceiling = (value: number) => {
    const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
    return [1, 2, 5, 10].map((times) => times * power).find((tick) => tick >= value * (1 - 1e-9))!;
  };
  const domain = [floor(low), Math.max(ceiling(high), 2 * floor(low))] as const;
  return { domain, ticks: logTicks(domain[0], domain[1]), log: true };
}
