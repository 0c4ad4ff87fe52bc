import { useCallback, useEffect, useRef, useState } from 'react';
import { useEngine } from '../../engine/context.ts';
import { savedView, saveView } from '../../lib/save-view.ts';
import type { CameraStore } from './canvas/camera-store.ts';
import { readSettings, type SpatialSettings } from './settings.ts';

/** Key under which the project keeps the state of this view. */
const VIEW = 'spatial';

export type ChangeSettings = (part: Partial<SpatialSettings>) => void;

/** The settings of the view: read from the project once, and written back when they have rested. */
export function useSpatialSettings(): readonly [SpatialSettings, ChangeSettings] {
  const [settings, setSettings] = useState(() => readSettings(savedView(VIEW)));
  const change = useCallback<ChangeSettings>((part) => setSettings((before) => ({ ...before, ...part })), []);
  return [settings, change];
}

/** Keeps the settings in the project, with where the camera stands. Nothing happens in a project that is read-only. */
export function useSavedSettings(settings: SpatialSettings, camera: CameraStore): void {
  const engine = useEngine();
  const isFirst = useRef(true);
  useEffect(() => {
    const save = () => saveView(engine, VIEW, { ...settings, camera: camera.get() });
    if (!isFirst.current) save();
    isFirst.current = false;
    return camera.subscribe((_, isMovement) => isMovement && save());
  }, [engine, camera, settings]);
}
