import { useEffect, useMemo, useRef } from 'react';
import type { MapCanvas } from './canvas/map-canvas.ts';
import { allLimits, painted, type Limits, type Look, type PanelPicture } from './panel-picture.ts';
import type { PanelState } from './use-pictures.ts';

/** Colours the panels anew, each only when something of it has changed. @returns the limits of each scale */
export function usePainting(
  canvas: MapCanvas | null,
  panels: readonly PanelState[],
  look: Look,
  isShared: boolean,
): readonly (Limits | null)[] {
  const { clip } = look;
  const limits = useMemo(
    () =>
      allLimits(
        panels.map(({ picture }) => picture),
        clip,
        isShared,
      ),
    [panels, clip, isShared],
  );
  const last = useRef<(readonly unknown[])[]>([]);
  useEffect(() => {
    if (!canvas) return;
    panels.forEach(({ picture, isWaiting }, at) => {
      // Nothing was painted yet, and its first picture is on its way.
      if (!picture && isWaiting && !last.current[at]) return;
      const inputs = inputsOf(canvas, picture, limits[at] ?? null, look);
      if (last.current[at]?.every((input, i) => input === inputs[i]) === true) return;
      last.current[at] = inputs;
      canvas.setColours(at, painted(picture, limits[at] ?? null, look));
    });
    last.current.length = panels.length;
  }, [canvas, panels, limits, look]);
  return limits;
}

/** Everything that the colours of a panel depend on. */
function inputsOf(
  canvas: MapCanvas,
  picture: PanelPicture | null,
  limits: Limits | null,
  look: Look,
): unknown[] {
  const { order, missing, ground, colourMap, clip, selection, muted } = look;
  return [
    ...[canvas, picture, limits?.[0], limits?.[1], order, missing, selection],
    selection && ground,
    picture?.kind === 'values' && colourMap,
    picture?.kind === 'rgb' && clip,
    picture?.kind === 'category' && muted,
  ];
}
