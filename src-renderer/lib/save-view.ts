import { useApp } from '../store/store.ts';
import type { EngineClient } from '../engine/client.ts';

/** Milliseconds of quiet before the state of the views is saved. */
const QUIET = 600;

let waiting: { folder: string; parts: Record<string, unknown>; timer: ReturnType<typeof setTimeout> } | null =
  null;

/** What a view left in the project under its key. */
export function savedView(key: string): unknown {
  const project = useApp.getState().project;
  if (project === null) return undefined;
  const parts = waiting?.folder === project.folder ? waiting.parts : {};
  if (Object.hasOwn(parts, key)) return parts[key];
  return project.view[key];
}

/** Keeps the state of a view in the project, together with what other views keep. A failure costs only this comfort. */
export function saveView(engine: EngineClient, key: string, value: unknown): void {
  const project = useApp.getState().project;
  if (project?.readOnly !== null) return;
  clearTimeout(waiting?.timer);
  const parts = { ...(waiting?.folder === project.folder && waiting.parts), [key]: value };
  const timer = setTimeout(() => {
    waiting = null;
    const now = useApp.getState().project;
    if (now?.folder !== project.folder) return;
    engine.call('project:save-view', { view: { ...now.view, ...parts } }).catch(() => undefined);
  }, QUIET);
  waiting = { folder: project.folder, parts, timer };
}
