import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, readSettings } from '../../../../src-renderer/views/spatial/settings.ts';

describe('readSettings', () => {
  it('gives back what was saved', () => {
    const settings = {
      ...DEFAULT_SETTINGS,
      panels: [{ kind: 'gene', gene: 'Gad1', layer: 'imputed' }],
      clip: [2, 98],
      colourMap: 'magma',
      camera: { x: 1, y: 2, scale: 3 },
    };
    expect(readSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  });

  it('keeps what it understands of another version, and is as usual else', () => {
    expect(readSettings({ colourMap: 'rainbow', pointSize: 2, panels: 'x', more: 1 })).toEqual({
      ...DEFAULT_SETTINGS,
      pointSize: 2,
    });
    for (const saved of [undefined, null, 7, []]) expect(readSettings(saved)).toEqual(DEFAULT_SETTINGS);
  });
});
