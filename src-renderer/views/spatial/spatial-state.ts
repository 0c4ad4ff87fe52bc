import { useCallback, useEffect, useRef, useState } from 'react';
import { useEngine } from '../../engine/context.ts';
import { useProject } from '../../store/project.ts';
import type { CameraStore } from './canvas/camera-store.ts';
import { readSettings, type SpatialSettings } from './settings.ts';

/** Key under which the project keeps the state of this view. */
const VIEW = 'spatial';
const REST = 1200;

export type ChangeSettings = (part: Partial<SpatialSettings>) => void;

/** The settings of the view: read from the project once, and written back when they have rested. */
export function useSpatialSettings(): readonly [SpatialSettings, ChangeSettings] {
  const saved = useProject()?.view[VIEW];
  const [settings, setSettings] = useState(() => readSettings(saved));
  const change = useCallback<ChangeSettings>((part) => setSettings((before) => ({ ...before, ...part })), []);
  return [settings, change];
}

/** Keeps the settings in the project, with where the camera stands. Nothing happens in a project that is read-only. */
export function useSavedSettings(settings: SpatialSettings, camera: CameraStore): void {
  const engine = useEngine();
  const project = useProject();
  const latest = useRef({ settings, project });
  useEffect(() => {
    latest.current = { settings, project };
  });
  const isFirst = useRef(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const save = () => {
      timer = undefined;
      const { project: now, settings: chosen } = latest.current;
      if (now?.readOnly !== null) return;
      const view = { ...now.view, [VIEW]: { ...chosen, camera: camera.get() } };
      // What is not saved is saved the next time; the map itself does not suffer.
      engine.call('project:save-view', { view }).catch(() => undefined);
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(save, REST);
    };
    if (!isFirst.current) later();
    isFirst.current = false;
    const stop = camera.subscribe((_, isMovement) => isMovement && later());
    return () => {
      stop();
      if (timer !== undefined) {
        clearTimeout(timer);
        save();
      }
    };
  }, [engine, camera, settings]);
}
