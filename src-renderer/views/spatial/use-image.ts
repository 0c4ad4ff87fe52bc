import { useEffect, useMemo, useState } from 'react';
import type { Underlay } from '../../../src-shared/contract/calls/map.ts';
import { useEngine } from '../../engine/context.ts';
import { messageOf } from '../../engine/message-of.ts';
import { useApp } from '../../store/store.ts';
import type { MapImage } from './canvas/map-canvas.ts';

/** The picture under the cells, decoded; null while there is none. */
export function useImage(
  underlay: Underlay | undefined,
  origin: readonly [number, number],
  opacity: number,
): MapImage | null {
  const engine = useEngine();
  const notify = useApp((state) => state.notify);
  const [loaded, setLoaded] = useState<{ readonly id: string; readonly bitmap: ImageBitmap } | null>(null);
  const id = underlay?.id;
  useEffect(() => {
    if (id === undefined) return undefined;
    let isLive = true;
    const load = async () => {
      const { type, bytes } = await engine.call('map:image', { id });
      const bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
      if (isLive) setLoaded({ id, bitmap });
    };
    load().catch((error: unknown) => isLive && notify({ kind: 'error', message: messageOf(error) }));
    return () => {
      isLive = false;
    };
  }, [engine, id, notify]);
  const bitmap = underlay && loaded?.id === underlay.id ? loaded.bitmap : null;
  const [x, y] = origin;
  return useMemo(
    () => (underlay && bitmap ? { bitmap, opacity, corners: cornersOf(underlay, x, y) } : null),
    [underlay, bitmap, opacity, x, y],
  );
}

/** Where the corners of a picture lie, relative to the origin of the positions. */
function cornersOf({ width, height, toUnits }: Underlay, x: number, y: number): MapImage['corners'] {
  const [a, b, c, d, e, f] = toUnits;
  const at = (px: number, py: number): [number, number] => [a * px + c * py + e - x, b * px + d * py + f - y];
  return [at(0, height), at(0, 0), at(width, 0), at(width, height)];
}
