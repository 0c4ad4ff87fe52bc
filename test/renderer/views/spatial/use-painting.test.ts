import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { MapCanvas } from '../../../../src-renderer/views/spatial/canvas/map-canvas.ts';
import type { Look } from '../../../../src-renderer/views/spatial/panel-picture.ts';
import { usePainting } from '../../../../src-renderer/views/spatial/use-painting.ts';
import type { PanelState } from '../../../../src-renderer/views/spatial/use-pictures.ts';
import { Percentiles } from '../../../../src-shared/plot/percentiles.ts';

afterEach(cleanup);

const values = Float32Array.of(0, 1);
const look: Look = {
  ...{ order: Uint32Array.of(0, 1), missing: [1, 2, 3], ground: [0, 0, 0], colourMap: 'viridis' },
  ...{ clip: [0, 100], selection: null, muted: new Set() },
};
const shown: PanelState = {
  ...{ title: 'Gad1', what: 'measured', error: null, isWaiting: false },
  picture: {
    ...{ kind: 'values', title: 'Gad1', gene: 'Gad1', what: 'measured', isDifference: false },
    vector: { values, unit: 'counts', spread: new Percentiles(values) },
  },
};

it('takes the colours of one gene away when the next one cannot be shown', () => {
  const setColours = vi.fn<MapCanvas['setColours']>();
  const canvas = { setColours } as unknown as MapCanvas;
  const waiting = { ...shown, picture: null, isWaiting: true };
  const refused = { ...shown, title: 'Sox2', picture: null, error: 'Sox2 was not measured.' };
  const { rerender } = renderHook(({ panels }) => usePainting(canvas, panels, look, false), {
    initialProps: { panels: [waiting] as readonly PanelState[] },
  });
  expect(setColours).not.toHaveBeenCalled();
  rerender({ panels: [shown] });
  expect([...setColours.mock.lastCall![1]]).toEqual([68, 1, 84, 255, 253, 231, 37, 255]);
  rerender({ panels: [refused] });
  expect(setColours).toHaveBeenCalledTimes(2);
  expect([...setColours.mock.lastCall![1]]).toEqual([1, 2, 3, 255, 1, 2, 3, 255]);
});
