import { describe, expect, it } from 'vitest';
import { scaleBar } from '../../../src-shared/plot/scale-bar.ts';

describe('scaleBar', () => {
  it.each([
    [0.5, 'micrometre', { pixels: 100, label: '200 µm' }],
    [0.05, 'micrometre', { pixels: 100, label: '2 mm' }],
    [30, 'micrometre', { pixels: 60, label: '2 µm' }],
    [1, 'pixel', { pixels: 100, label: '100 px' }],
    [100, 'unknown', { pixels: 100, label: '1 unit' }],
  ] as const)('at %s pixels a unit of %s', (scale, unit, wanted) => {
    const { pixels, label } = scaleBar(scale, unit);
    expect(label).toBe(wanted.label);
    expect(pixels).toBeCloseTo(wanted.pixels, 9);
  });

  it('is never longer than asked, nor shorter than two fifths of it', () => {
    for (let scale = 0.001; scale < 1000; scale *= 1.37) {
      const { pixels } = scaleBar(scale, 'micrometre', 120);
      expect(pixels).toBeLessThanOrEqual(120 * (1 + 1e-6));
      expect(pixels).toBeGreaterThan(48 - 1e-6);
    }
  });
});
