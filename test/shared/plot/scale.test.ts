import { describe, expect, it } from 'vitest';
import {
  extent,
  linearScale,
  linearTicks,
  logScale,
  logTicks,
  niceStep,
} from '../../../src-shared/plot/scale.ts';

describe('ticks', () => {
  it.each([
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [-0.23, 0.71, 5, [-0.2, 0, 0.2, 0.4, 0.6]],
    [0.1, 0.35, 5, [0.1, 0.15, 0.2, 0.25, 0.3, 0.35]],
    [0, 1000, 3, [0, 500, 1000]],
    [-3, 3, 4, [-2, 0, 2]],
    [2, 2, 5, [2]],
  ])('of %d to %d, about %d: %j', (low, high, count, ticks) => {
    expect(linearTicks(low, high, count)).toEqual(ticks);
  });

  it('are never minus zero, which would be written as −0', () => {
    expect(linearTicks(-0.4, 0.4).some((tick) => Object.is(tick, -0))).toBe(false);
  });

  it('of a logarithmic axis are powers of ten, with 2 and 5 where these are few', () => {
    expect(logTicks(0.004, 40)).toEqual([0.01, 0.1, 1, 10]);
    expect(logTicks(0.3, 12)).toEqual([0.5, 1, 2, 5, 10]);
  });

  it('stand a nice step apart', () => {
    expect([niceStep(1, 5), niceStep(0.3, 4), niceStep(950, 3)]).toEqual([0.2, 0.1, 500]);
  });
});

describe('scales', () => {
  it('map the ends of the domain to the ends of the range, which may run backwards', () => {
    const scale = linearScale([-1, 1], [100, 0]);
    expect([scale.at(-1), scale.at(0), scale.at(1)]).toEqual([100, 50, 0]);
    const log = logScale([0.01, 100], [0, 80]);
    expect([0.01, 1, 100].map((value) => log.at(value))).toEqual([0, 40, 80]);
  });

  it('survive a domain of no width', () => {
    const scale = linearScale([3, 3], [0, 10]);
    expect(scale.at(3)).toBe(5);
    expect(logScale([3, 3], [0, 10]).at(3)).toBe(5);
  });

  it('extent ignores what is not finite and widens by a share', () => {
    expect(extent([3, Number.NaN, 1, Infinity], 0.1)).toEqual([0.8, 3.2]);
    expect(extent([])).toEqual([0, 1]);
  });
});
