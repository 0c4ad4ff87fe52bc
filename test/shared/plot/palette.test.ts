import { describe, expect, it } from 'vitest';
import { methodColours, tint } from '../../../src-shared/plot/palette.ts';

describe('methodColours', () => {
  it('gives floors greys and every other method a colour of its own', () => {
    const kinds = [
      'spagene',
      'spagene',
      'spagene',
      'peer',
      'peer',
      'peer',
      'peer',
      'floor',
      'floor',
    ] as const;
    const colours = methodColours(kinds.map((kind, i) => ({ name: `m${i}`, kind })));
    expect(new Set(colours.values()).size).toBe(kinds.length);
    const channels = (name: string) => colours.get(name)!.match(/[0-9A-F]{2}/giu);
    expect(new Set(channels('m7')).size).toBe(1);
    expect(new Set(channels('m3')).size).toBeGreaterThan(1);
  });
});

describe('tint', () => {
  it('mixes with white', () => {
    expect(tint('#0072B2', 1)).toBe('#0072b2');
    expect(tint('#000000', 0.5)).toBe('#808080');
    expect(tint('#D55E00', 0)).toBe('#ffffff');
  });
});
