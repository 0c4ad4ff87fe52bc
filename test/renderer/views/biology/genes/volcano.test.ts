import { describe, expect, it } from 'vitest';
import {
  namedGenes,
  nearestDot,
  visibleDots,
  volcanoOf,
} from '../../../../../src-renderer/views/biology/genes/volcano.ts';
import { aTable } from '../result.ts';

const table = aTable('raw', {
  gene: ['A', 'B', 'C', 'D', 'E', 'F'],
  r: [0.5, -0.3, 0.09, 0.4, null, 0.2],
  q: [1e-6, 1e-3, 1e-9, 0.2, 1e-3, 0.049],
});

describe('volcanoOf', () => {
  const volcano = volcanoOf(table, { r: 0.1, q: 0.05 });

  it('leaves out genes without a correlation', () => {
    expect(volcano.genes).toEqual(['A', 'B', 'C', 'D', 'F']);
  });

  it('counts a gene only beyond both thresholds, on the side of its sign', () => {
    expect([...volcano.side]).toEqual([1, -1, 0, 0, 1]);
    expect([volcano.up, volcano.down]).toEqual([2, 1]);
  });

  it('has −log₁₀ q as height, also where q is 0', () => {
    expect([...volcano.height.subarray(0, 2)]).toEqual([6, 3]);
    const zero = volcanoOf(aTable('raw', { gene: ['A'], r: [0.9], q: [0] }), { r: 0.1, q: 0.05 });
    expect(zero.height[0]).toBeGreaterThan(300);
    expect(Number.isFinite(zero.height[0])).toBe(true);
  });

  it('names the most telling genes, and none that is within the thresholds', () => {
    expect(namedGenes(volcano, 2).map((i) => volcano.genes[i])).toEqual(['A', 'B']);
    expect(namedGenes(volcano, 10).map((i) => volcano.genes[i])).toEqual(['A', 'B', 'F']);
  });

  it('is empty without a table', () => {
    expect(volcanoOf(undefined, { r: 0.1, q: 0.05 }).genes).toEqual([]);
  });
});

describe('dots', () => {
  const x = Float64Array.of(10, 10.2, 30);
  const y = Float64Array.of(5, 5.1, 5);

  it('are drawn once a pixel', () => {
    expect(visibleDots(x, y)).toEqual([0, 2]);
  });

  it('are found by the nearest within reach', () => {
    expect(nearestDot(x, y, 28, 6, 10)).toBe(2);
    expect(nearestDot(x, y, 200, 6, 10)).toBe(-1);
  });
});
