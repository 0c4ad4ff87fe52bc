import { useState } from 'react';
import type { DatasetRecord, DatasetRole } from '../../../src-shared/domain/project.ts';
import { useEngine } from '../../engine/context.ts';
import { useAction } from '../../engine/use-call.ts';
import { useChooseFile } from '../../lib/choose-file.ts';
import type { DraftActions } from './DraftCard.tsx';
import type { ImportedActions } from './ImportedCard.tsx';
import * as drafts from './import-work.ts';
import { setDraft, useImports } from './imports.ts';
import * as records from './record-work.ts';
import { roleWords } from './words.ts';

/** What can be done about one of the two datasets. */
export interface DatasetWork {
  /** Other data are wanted in place of the project's own: a file, a folder, or what is dropped. */
  readonly replacing: boolean;
  readonly busy: boolean;
  readonly keep: () => void;
  readonly read: (path: string) => void;
  readonly ask: (purpose: 'dataset-file' | 'dataset-folder') => void;
  readonly draft: DraftActions;
  readonly imported: ImportedActions;
}

export function useDataset(role: DatasetRole, record: DatasetRecord | null): DatasetWork {
  const engine = useEngine();
  const choose = useChooseFile();
  const [replacing, setReplacing] = useState(false);
  const read = (path: string) => {
    setReplacing(false);
    void drafts.readChoice(engine, role, { path });
  };
  const ask = useAction(async (purpose: 'dataset-file' | 'dataset-folder') => {
    const path = await choose({ purpose, title: `Choose the ${roleWords[role].title.toLowerCase()}` });
    if (path !== null) read(path);
  });
  const remove = useAction(async () => record && records.removeDataset(engine, record));
  const relink = useAction(async () => {
    if (record === null) return;
    const isFile = record.files.some(({ path }) => path === record.choice.path);
    const purpose = isFile ? 'dataset-file' : 'dataset-folder';
    const path = await choose({ purpose, title: `Find ${record.name} again` });
    if (path !== null) await records.findAgain(engine, record, path);
  });
  const edit = (changes: Parameters<DraftActions['edit']>[0]) => {
    const draft = useImports.getState().drafts[role];
    if (draft) setDraft(role, { ...draft, ...changes });
  };
  return {
    replacing,
    busy: remove.busy || relink.busy,
    keep: () => setReplacing(false),
    read,
    ask: ask.run,
    draft: {
      change: (choice) => void drafts.readChoice(engine, role, choice),
      again: () => void drafts.readAgain(engine, role),
      keepGood: () => drafts.keepGood(role),
      drop: () => drafts.dropDraft(engine, role),
      otherData: () => {
        drafts.dropDraft(engine, role);
        setReplacing(record !== null);
      },
      chooseTable: (title) => choose({ purpose: 'table', title }),
      edit,
      takeIn: () => void drafts.takeIn(engine, role),
      stopImport: () => drafts.stopImport(engine, role),
    },
    imported: {
      replace: () => setReplacing(true),
      remove: () => remove.run(),
      findAgain: () => relink.run(),
      show: () => record && void records.showRecord(engine, record, true),
    },
  };
}
