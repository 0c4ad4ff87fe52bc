import { useEffect, useRef } from 'react';
import { isTyping } from '../../frame/use-shortcuts.ts';
import { useApp } from '../../store/store.ts';
import type { Tool } from './canvas/use-pointer.ts';

interface SpatialKeys {
  readonly onTool: (tool: Tool) => void;
  readonly onSearch: () => void;
  readonly onPanel: (panel: number) => void;
  readonly onUndo: () => void;
  /** Esc: back to moving, or nothing selected. */
  readonly onClear: () => void;
}

/** Keys of the map that work wherever the focus is, unless something is typed or a dialog is open. */
export function useSpatialKeys(keys: SpatialKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target) || useApp.getState().overlay !== null) return;
      if (document.querySelector('dialog[open]')) return;
      if (act(event, latest.current)) event.preventDefault();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

/** @returns whether the key meant something */
function act(event: KeyboardEvent, keys: SpatialKeys): boolean {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key !== 'z' || event.shiftKey) return false;
    if (!undoNotice()) keys.onUndo();
  } else if (event.altKey) return false;
  else if (key === 'l') keys.onTool('lasso');
  else if (key === 'r') keys.onTool('rectangle');
  else if (key === 'm') keys.onTool('move');
  else if (key === '/') keys.onSearch();
  else if (key === 'escape') keys.onClear();
  else if (/^[1-4]$/u.test(key)) keys.onPanel(Number(key) - 1);
  else return false;
  return true;
}

/** Undoes what the newest notice tells of. @returns whether it offers that */
function undoNotice(): boolean {
  const { notices, dismiss } = useApp.getState();
  const notice = notices.at(-1);
  if (notice?.action?.label !== 'Undo') return false;
  notice.action.run();
  dismiss(notice.id);
  return true;
}
