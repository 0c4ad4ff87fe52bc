import { useEffect, useState, type RefObject } from 'react';
import type { ShownCells } from '../use-map-data.ts';
import type { Box } from './camera.ts';
import type { CameraStore } from './camera-store.ts';
import { MapCanvas, type MapImage } from './map-canvas.ts';

interface MapCanvasInput {
  readonly cells: ShownCells;
  readonly diameter: number;
  readonly boxes: readonly Box[];
  readonly image: MapImage | null;
}

/** The drawing of the map inside an element, kept up to date. Null until it is there; `isLost` when it was taken away. */
export function useMapCanvas(
  host: RefObject<HTMLElement | null>,
  camera: CameraStore,
  { cells, diameter, boxes, image }: MapCanvasInput,
): { readonly canvas: MapCanvas | null; readonly problem: string | null; readonly again: () => void } {
  const [canvas, setCanvas] = useState<MapCanvas | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!host.current) return undefined;
    const made = new MapCanvas(host.current);
    made.onReady = () => setCanvas(made);
    made.onLost = () => setProblem('The graphics of this window were reset by the system.');
    made.onFailed = () =>
      setProblem(
        'This browser offers no WebGL 2, which the map is drawn with; switch on hardware or software rendering.',
      );
    const stop = camera.subscribe((now, isMovement) => made.setCamera(now, isMovement));
    made.setCamera(camera.get(), false);
    return () => {
      stop();
      made.destroy();
      setCanvas(null);
    };
  }, [host, camera, round]);
  useEffect(() => canvas?.setPanels(boxes), [canvas, boxes]);
  useEffect(() => canvas?.setPoints(cells.xy), [canvas, cells.xy]);
  useEffect(() => canvas?.setDiameter(diameter), [canvas, diameter]);
  useEffect(() => canvas?.setImage(image ?? undefined), [canvas, image]);
  const again = () => {
    setProblem(null);
    setRound((value) => value + 1);
  };
  return { canvas, problem, again };
}
