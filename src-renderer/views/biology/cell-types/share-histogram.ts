import type { Histogram } from '../../../../src-shared/domain/preview.ts';

/** Values of 0 … 1 in bars of equal width; 1 belongs to the last. What is no number is left out. */
export function shareHistogram(values: Float32Array, bars: number): Histogram {
  const counts = Array.from({ length: bars }, () => 0);
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    counts[Math.min(bars - 1, Math.max(0, Math.floor(value * bars)))]!++;
  }
  return { edges: Array.from({ length: bars + 1 }, (_, i) => i / bars), counts };
}
