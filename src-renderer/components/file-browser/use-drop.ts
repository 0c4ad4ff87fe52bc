import { useRef, useState, type DragEvent } from 'react';
import { useEngine } from '../../engine/context.ts';
import { messageOf } from '../../engine/message-of.ts';
import { useChooseFile } from '../../lib/choose-file.ts';
import { useApp } from '../../store/store.ts';
import type { FileQuestion } from './file-question.ts';

export interface Drop {
  /** Whether something is held above the zone. */
  readonly over: boolean;
  readonly handlers: {
    readonly onDragEnter: (event: DragEvent) => void;
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

/** Takes a dropped file's path; a browser does not tell it, so there the file dialog opens and says so. */
export function useDrop(question: FileQuestion, onPath: (path: string) => void): Drop {
  const engine = useEngine();
  const choose = useChooseFile();
  const notify = useApp((state) => state.notify);
  const [over, setOver] = useState(false);
  // Enter and leave are told of each element inside too.
  const depth = useRef(0);
  const take = async (file: File): Promise<void> => {
    let path = window.spagene?.pathOf(file) ?? null;
    if (path !== null && path !== '') await engine.call('files:picked', { path });
    else path = await choose({ ...question, note: noPath(file.name) });
    if (path !== null) onPath(path);
  };
  const enter = (by: 1 | -1) => {
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  const handlers: Drop['handlers'] = {
    onDragEnter: () => enter(1),
    onDragLeave: () => enter(-1),
    onDragOver: (event) => {
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    },
    onDrop: (event) => {
      event.preventDefault();
      depth.current = 0;
      setOver(false);
      const [file] = event.dataTransfer.files;
      if (file) take(file).catch((error: unknown) => notify({ kind: 'error', message: messageOf(error) }));
    },
  };
  return { over, handlers };
}

function noPath(name: string): string {
  return `A browser does not tell where a dropped file lies, and data are read in place instead of being uploaded: find “${name}” here.`;
}
