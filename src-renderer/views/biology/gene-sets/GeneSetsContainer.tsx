import { useEffect, useMemo, useRef, useState } from 'react';
import { Note, Waiting } from '../../../components/feedback.tsx';
import { useEngine } from '../../../engine/context.ts';
import { useAction, useCall } from '../../../engine/use-call.ts';
import { useChooseFile } from '../../../lib/choose-file.ts';
import { useProject } from '../../../store/project.ts';
import { useApp } from '../../../store/store.ts';
import { dropDraft, freeName, setDraft, STARTER, useDrafts, type Draft } from './drafts.ts';
import { DraftEditor } from './DraftEditor.tsx';
import { GeneSets, type CollectionEntry } from './GeneSets.tsx';
import { knownGenes } from './known-genes.ts';

/** The gene set editor: reads, changes and saves collections. `run` is the one whose genes are known. */
export function GeneSetsContainer({ run }: { readonly run: string | null }) {
  const engine = useEngine();
  const readOnly = useProject()!.readOnly;
  const notify = useApp((state) => state.notify);
  const chooseFile = useChooseFile();
  const { chosen, drafts } = useDrafts();
  const listed = useCall('gene-sets:list', {});
  const genes = useCall('map:genes', { run });
  const known = useMemo(() => (genes.value ? knownGenes(genes.value.names) : null), [genes.value]);
  const entries = entriesOf(listed.value ?? [], drafts);
  const shown = entries.some(({ key }) => key === chosen) || listed.waiting ? chosen : STARTER;
  const draft = drafts[shown] ?? null;
  const error = useDraft(shown, draft === null && entries.some(({ key }) => key === shown));
  const choose = (key: string) => useDrafts.setState({ chosen: key });
  const add = (draft: Draft) => {
    const key = newKey();
    setDraft(key, draft);
    choose(key);
  };
  const taken = entries.map(({ name }) => name);
  const bringIn = useAction(async () => {
    const path = await chooseFile({ purpose: 'gene-sets', title: 'Choose a file of gene sets (.gmt)' });
    if (path === null) return;
    const { name, sets, notes } = await engine.call('gene-sets:read', { path });
    add({ name: freeName(taken, name), sets, notes, isChanged: true });
  });
  const save = useAction(async () => {
    if (draft === null) return;
    const name = draft.name.trim();
    const { path } = await engine.call('gene-sets:save', { name, sets: [...draft.sets] });
    dropDraft(shown);
    setDraft(path, { ...draft, name, notes: [], isChanged: false });
    choose(path);
    listed.again();
    notify({ kind: 'ok', message: `The collection ${name} is saved in the project.` });
  });
  return (
    <GeneSets
      collections={entries}
      chosen={shown}
      draft={draft}
      readOnly={readOnly}
      busy={bringIn.busy || save.busy}
      onChoose={choose}
      onNew={() => add({ name: freeName(taken, 'My gene sets'), sets: [], notes: [], isChanged: true })}
      onImport={() => bringIn.run()}
      onName={(name) => draft && setDraft(shown, { ...draft, name, isChanged: true })}
      onCopy={() =>
        draft && add({ ...draft, name: freeName(taken, `${draft.name}, copy`), notes: [], isChanged: true })
      }
      onSave={() => save.run()}
      onRevert={() => dropDraft(shown)}
    >
      {(error ?? listed.error) !== null && <Note kind="error">{error ?? listed.error}</Note>}
      {draft === null && error === null && <Waiting>Reading the gene sets</Waiting>}
      {draft && (
        <DraftEditor
          key={shown}
          draft={draft}
          known={known}
          isFixed={readOnly !== null || shown === STARTER}
          onChange={(next) => setDraft(shown, next)}
          onUndo={(again) => {
            const now = useDrafts.getState().drafts[shown];
            if (now !== undefined) setDraft(shown, again(now));
          }}
        />
      )}
    </GeneSets>
  );
}

let made = 0;

function newKey(): string {
  made += 1;
  return `new-${made}`;
}

/** The starter collection, those of the project, and those that are not saved yet. */
function entriesOf(
  listed: readonly { readonly name: string; readonly path: string; readonly sets: number }[],
  drafts: Readonly<Record<string, Draft>>,
): CollectionEntry[] {
  const saved = listed.map(({ name, path, sets }) => ({
    key: path,
    name: drafts[path]?.name ?? name,
    sets: drafts[path]?.sets.length ?? sets,
    isChanged: drafts[path]?.isChanged ?? false,
  }));
  const keys = new Set([STARTER, ...saved.map(({ key }) => key)]);
  const unsaved = Object.entries(drafts)
    .filter(([key, { isChanged }]) => !keys.has(key) && (isChanged || !key.startsWith('new-')))
    .map(([key, { name, sets, isChanged }]) => ({ key, name, sets: sets.length, isChanged }));
  const starter = drafts[STARTER];
  return [
    {
      key: STARTER,
      name: starter?.name ?? 'SpaGene starter sets',
      sets: starter?.sets.length ?? null,
      isChanged: false,
    },
    ...saved,
    ...unsaved,
  ];
}

/** Reads a collection that is not known yet. @returns why it could not be read */
function useDraft(key: string, isWanted: boolean): string | null {
  const path = key === STARTER ? null : key;
  const answer = useCall('gene-sets:read', isWanted && !key.startsWith('new-') ? { path } : null);
  const taken = useRef<unknown>(null);
  const [wanted, setWanted] = useState(key);
  if (wanted !== key) setWanted(key);
  useEffect(() => {
    if (!isWanted || answer.waiting || answer.value === null || taken.current === answer.value) return;
    taken.current = answer.value;
    setDraft(key, { ...answer.value, isChanged: false });
  }, [isWanted, answer.value, answer.waiting, key]);
  return answer.error;
}
