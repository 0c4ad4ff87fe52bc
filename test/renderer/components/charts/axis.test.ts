import { describe, expect, it } from 'vitest';
import { axisOf, stepAxis } from '../../../../src-renderer/components/charts/axis.ts';

describe('axisOf', () => {
  it('has round ends that hold all values', () => {
    const { domain, ticks } = axisOf([0.63, 1.31]);
    expect(domain[0]).toBeLessThanOrEqual(0.63);
    expect(domain[1]).toBeGreaterThanOrEqual(1.31);
    expect(ticks[0]).toBeCloseTo(domain[0], 12);
    expect(ticks.at(-1)).toBeCloseTo(domain[1], 12);
    expect(axisOf([0.64, 1.3])).toEqual(axisOf([0.63, 1.31]));
  });

  it('gives a single value and no value room', () => {
    expect(axisOf([2]).domain[0]).toBeLessThan(2);
    expect(axisOf([2]).domain[1]).toBeGreaterThan(2);
    expect(axisOf([0]).domain[1]).toBeGreaterThan(0);
    expect(axisOf([]).domain).toEqual([0, 1]);
  });

  it('is logarithmic only of values above 0', () => {
    expect(axisOf([0.003, 12], true)).toMatchObject({ log: true, domain: [0.002, 20] });
    expect(axisOf([-1, 12], true).log).toBe(false);
  });

  it('has more than two ticks within a decade', () => {
    const { log, domain, ticks } = axisOf([0.51, 0.72], true);
    expect(log).toBe(true);
    expect(ticks.length).toBeGreaterThan(2);
    expect(domain[0]).toBeGreaterThan(0);
    expect(domain[0]).toBeLessThanOrEqual(0.51);
    expect(domain[1]).toBeGreaterThanOrEqual(0.72);
  });

  it('ends at the steps of a stage', () => {
    expect(stepAxis(250)).toEqual({ domain: [0, 250], ticks: [0, 50, 100, 150, 200, 250], log: false });
    expect(stepAxis(0).ticks).toEqual([]);
  });
});
