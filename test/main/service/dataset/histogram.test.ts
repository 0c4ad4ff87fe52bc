import { describe, expect, it } from 'vitest';
import { histogramOf, medianOf, shareHistogram } from '../../../../src-main/service/dataset/histogram.ts';

const total = ({ counts }: { counts: readonly number[] }): number =>
  counts.reduce((sum, count) => sum + count, 0);

describe('histogramOf', () => {
  it('gives small whole numbers a bar each', () => {
    expect(histogramOf([3, 4, 4, 6])).toEqual({ edges: [3, 4, 5, 6, 7], counts: [1, 2, 0, 1] });
  });

  it('groups larger whole numbers evenly, in at most 40 bars of whole width', () => {
    const values = Array.from({ length: 150 }, (_, i) => 50 + i);
    const found = histogramOf(values);
    expect(found.counts.length).toBeLessThanOrEqual(40);
    expect(found.edges.every(Number.isInteger)).toBe(true);
    expect(new Set(found.counts.slice(0, -1)).size).toBe(1);
    expect(total(found)).toBe(150);
  });

  it('spaces edges by equal factors over a wide range, behind a bar for 0', () => {
    const found = histogramOf([0, 0, 0.5, 10, 5000]);
    expect(found.edges[0]).toBe(0);
    expect(found.counts[0]).toBe(2);
    expect(found.edges[1]).toBe(0.5);
    expect(found.edges.at(-1)).toBe(5000);
    const factors = found.edges.slice(2).map((edge, i) => edge / found.edges[i + 1]!);
    expect(Math.max(...factors) - Math.min(...factors)).toBeLessThan(1e-9);
    expect(total(found)).toBe(5);
    // The largest value lies in the last bar.
    expect(found.counts.at(-1)).toBe(1);
  });

  it('counts by the edges that it gives', () => {
    const values = Float64Array.from({ length: 3000 }, (_, i) => Math.round(Math.exp(i / 250)));
    const { edges, counts } = histogramOf(values);
    const last = counts.length - 1;
    const recounted = counts.map(
      (_, bar) =>
        values.filter((v) => v >= edges[bar]! && (bar === last ? v <= edges[bar + 1]! : v < edges[bar + 1]!))
          .length,
    );
    expect(counts).toEqual(recounted);
  });

  it('leaves out what is not finite, and survives nothing and one value', () => {
    expect(histogramOf([NaN, Infinity])).toEqual({ edges: [0, 1], counts: [0] });
    expect(histogramOf([7, 7, NaN])).toEqual({ edges: [7, 8], counts: [2] });
    expect(total(histogramOf([-3.5, 0, 2]))).toBe(3);
  });
});

describe('shareHistogram', () => {
  it('puts 0 and 1 into the first and the last bar', () => {
    const { edges, counts } = shareHistogram([0, 1, 1, 0.5]);
    expect([edges[0], edges.at(-1)]).toEqual([0, 1]);
    expect([counts[0], counts[20], counts.at(-1)]).toEqual([1, 1, 2]);
  });
});

describe('medianOf', () => {
  it.each([
    [[], 0],
    [[4], 4],
    [[9, 1, 5], 5],
    [[10, 2, 1, 100], 6],
  ])('of %j is %d', (values, median) => {
    expect(medianOf(Float64Array.from(values))).toBe(median);
    expect(medianOf(Uint32Array.from(values))).toBe(median);
  });
});
