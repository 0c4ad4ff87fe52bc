import { useState } from 'react';
import type { ProjectState } from '../../../src-shared/domain/project.ts';
import { useEngine } from '../../engine/context.ts';
import { messageOf } from '../../engine/message-of.ts';
import { useChooseFile } from '../../lib/choose-file.ts';
import { useApp } from '../../store/store.ts';

export interface Problem {
  /** One sentence. */
  readonly message: string;
  /** What was meant to be opened, where it may be data instead of a project. */
  readonly path?: string;
}

export interface Start {
  /** What is being done, in words; null when nothing is. */
  readonly busy: string | null;
  readonly problem: Problem | null;
  readonly example: (scenario: 'cortex' | 'tumour') => void;
  readonly create: (folder: string, name: string) => void;
  readonly open: (folder: string) => void;
  /** Asks for a project and opens it. */
  readonly find: () => void;
  readonly clear: () => void;
}

/** The ways to a project; one at a time, and what goes wrong is said where it was asked for. */
export function useStart(): Start {
  const engine = useEngine();
  const choose = useChooseFile();
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const attempt = (words: string, work: () => Promise<ProjectState | null>, path?: string) => {
    setBusy(words);
    setProblem(null);
    work()
      .then((project) => project && useApp.getState().setProject(project))
      .catch((error: unknown) =>
        setProblem({ message: messageOf(error), ...(path !== undefined && { path }) }),
      )
      .finally(() => setBusy(null));
  };
  const open = (folder: string) =>
    attempt('Opening the project', () => engine.call('project:open', { folder }), folder);
  return {
    busy,
    problem,
    open,
    clear: () => setProblem(null),
    example: (scenario) =>
      attempt('Simulating a tissue and its single-cell reference', async () => {
        const project = await engine.call('project:example', { scenario });
        useApp.getState().goTo('data');
        return project;
      }),
    create: (folder, name) =>
      attempt('Making the project', async () => {
        // The folder is shown to the user in full before the button is pressed.
        await engine.call('files:picked', { path: folder });
        return engine.call('project:create', { folder, name });
      }),
    find: () =>
      attempt('Opening a project', async () => {
        const folder = await choose({ purpose: 'project', title: 'Open a project' });
        return folder === null ? null : engine.call('project:open', { folder });
      }),
  };
}
