import { useCallback } from 'react';
import type { Args } from '../../src-shared/contract/handlers.ts';
import { askInPage, type FileQuestion } from '../components/file-browser/file-question.ts';
import { useEngine } from '../engine/context.ts';
import { useApp } from '../store/store.ts';

export type { FileQuestion };

/** Resolves to the chosen path, which the engine may read from then on; to null when the dialog was closed. */
export type ChooseFile = (question: FileQuestion) => Promise<string | null>;

/**
 * Asks for a file or folder of the machine where the engine runs: with the system's dialog in Electron, with the page's
 * own in a browser. Rejects with an EngineError where the engine refuses the path.
 */
export function useChooseFile(): ChooseFile {
  const engine = useEngine();
  const shell = useApp((state) => state.info?.shell);
  return useCallback(
    async (question) => {
      if (shell === 'electron') return (await engine.call('files:choose', argsOf(question))).path;
      const path = await askInPage(question);
      if (path !== null) await engine.call('files:picked', { path });
      return path;
    },
    [engine, shell],
  );
}

function argsOf({ purpose, name }: FileQuestion): Args<'files:choose'> {
  return { purpose, ...(name !== undefined && { name }) };
}
