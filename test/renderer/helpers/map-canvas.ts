import { vi } from 'vitest';

/** Stands for the map's canvas, since jsdom has no graphics: use in `vi.mock(…/map-canvas.ts, mapCanvas)`. */
export function mapCanvas(): Record<string, unknown> {
  class MapCanvas {
    onReady: (() => void) | undefined;
    readonly setPoints = vi.fn();
    readonly setDiameter = vi.fn();
    readonly setColours = vi.fn();
    readonly setPanels = vi.fn();
    readonly setImage = vi.fn();
    readonly setCamera = vi.fn();
    readonly destroy = vi.fn();
  }
  return { MapCanvas };
}
