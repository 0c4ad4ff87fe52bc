import { useEffect, useReducer } from 'react';
import type { RunRequest } from '../../../src-shared/contract/calls/job.ts';
import { useEngine } from '../../engine/context.ts';
import { useAction, useCall } from '../../engine/use-call.ts';
import { isTyping } from '../../frame/use-shortcuts.ts';
import { savedView, saveView } from '../../lib/save-view.ts';
import { useProject } from '../../store/project.ts';
import { useApp } from '../../store/store.ts';
import {
  draftFrom,
  fromRun,
  newDraft,
  problemOf,
  requestOf,
  withPreset,
  withValue,
  type Draft,
} from './draft.ts';
import { begin, redo, step, undo, type History } from './history.ts';
import { Model } from './Model.tsx';
import { useLater } from './use-later.ts';
import './model.css';

type Change = { readonly to: Draft; readonly tag?: string } | 'undo' | 'redo';

function reduce(history: History<Draft>, change: Change): History<Draft> {
  if (change === 'undo') return undo(history);
  if (change === 'redo') return redo(history);
  return step(history, change.to, change.tag ?? null);
}

/** The draft that was left in the project, else the preset of recognised data, else the recommended one. */
function firstDraft(): History<Draft> {
  const { project, settings, target } = useApp.getState();
  const asked = target?.preset ?? null;
  const kept = draftFrom(savedView('model')) ?? newDraft('recommended', settings.backend);
  return begin(asked === null || project === null ? kept : withPreset(kept, asked));
}

/** Settings of the next run. */
export function ModelContainer() {
  const engine = useEngine();
  const project = useProject()!;
  const goTo = useApp((state) => state.goTo);
  const notify = useApp((state) => state.notify);
  const [history, change] = useReducer(reduce, undefined, firstDraft);
  const draft = history.present;
  useEffect(() => void useApp.getState().takeTarget(), []);
  useEffect(() => saveView(engine, 'model', draft), [engine, draft]);
  useUndoKeys(change);
  const problem = problemOf(draft);
  const request = useLater<RunRequest | null>(problem === undefined ? requestOf(draft) : null, 400);
  const estimate = useCall('run:estimate', request);
  const backends = useCall('app:backends', {});
  const start = useAction(async () => {
    const { id } = await engine.call('run:start', requestOf(draft));
    goTo('train', { job: id });
  });
  const to = (next: Draft, tag?: string) => change({ to: next, ...(tag !== undefined && { tag }) });
  return (
    <Model
      project={project}
      draft={draft}
      backends={backends.value ?? []}
      estimate={estimate}
      blocked={project.readOnly ?? problem}
      starting={start.busy}
      canUndo={history.past.length > 0}
      canRedo={history.future.length > 0}
      onUndo={() => change('undo')}
      onRedo={() => change('redo')}
      onPreset={(preset) => to(withPreset(draft, preset))}
      onParameter={(name, value) => to(withValue(draft, name, value), name)}
      onPart={(part, tag) => to({ ...draft, ...part }, tag)}
      onRun={(run) => to(fromRun(draft, run))}
      onStart={() => start.run()}
      onReset={() => {
        to(withPreset(draft, draft.preset));
        notify({
          kind: 'info',
          message: 'All settings are those of the preset again.',
          action: { label: 'Undo', run: () => to(draft) },
        });
      }}
    />
  );
}

/** Ctrl+Z and Ctrl+Shift+Z, unless a field that is typed in has its own undo. */
function useUndoKeys(change: (change: Change) => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      change(key === 'y' || event.shiftKey ? 'redo' : 'undo');
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [change]);
}
