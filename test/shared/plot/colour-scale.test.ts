import { describe, expect, it } from 'vitest';
import { hexOf, viridis } from '../../../src-shared/plot/colour-scale.ts';

describe('viridis', () => {
  it('has the published end colours', () => {
    expect(hexOf(viridis(0))).toBe('#440154');
    expect(hexOf(viridis(1))).toBe('#fde725');
  });

  // Entries of the published table of 256 that are none of the anchors.
  it.each([
    [37, [70, 51, 127]],
    [100, [42, 118, 142]],
    [222, [168, 219, 52]],
  ])('is within 5 of entry %d of the published table', (index, colour) => {
    const ours = viridis(index / 255);
    for (const channel of [0, 1, 2] as const) {
      expect(Math.abs(ours[channel] - colour[channel]!)).toBeLessThanOrEqual(5);
    }
  });

  it('grows lighter all the way, so that it reads in grey too', () => {
    const light = Array.from({ length: 65 }, (_, i) => {
      const [r, g, b] = viridis(i / 64);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    });
    expect(light.every((value, i) => i === 0 || value > light[i - 1]!)).toBe(true);
  });

  it('clips what is outside and shows what is missing in grey', () => {
    expect(viridis(-2)).toEqual(viridis(0));
    expect(viridis(7)).toEqual(viridis(1));
    expect(new Set(viridis(Number.NaN)).size).toBe(1);
  });
});
