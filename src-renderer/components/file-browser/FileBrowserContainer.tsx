import { useState } from 'react';
import type { FileEntry } from '../../../src-shared/contract/calls/files.ts';
import { useEngine } from '../../engine/context.ts';
import { useAction } from '../../engine/use-call.ts';
import { useApp } from '../../store/store.ts';
import { FileBrowser } from './FileBrowser.tsx';
import type { FileQuestion } from './file-question.ts';
import { isAnswer, isPath, mainAction, rowsOf } from './listing.ts';
import { useListing } from './use-listing.ts';
import './file-browser.css';

interface Props {
  readonly question: FileQuestion;
  readonly onAnswer: (path: string | null) => void;
}

/** The page's own file dialog, for a browser: it shows the machine where the engine runs. */
export function FileBrowserContainer({ question, onAnswer }: Props) {
  const engine = useEngine();
  const home = useApp((state) => state.info?.home);
  const { listing, error, wanted, show } = useListing(engine);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<{ readonly folder: string; readonly path: string | null } | null>(
    null,
  );
  const { purpose } = question;
  const rows = rowsOf(listing?.entries ?? [], purpose, isPath(typed) ? '' : typed);
  const marked = chosen !== null && chosen.folder === listing?.folder ? chosen.path : wanted;
  const active = rows.find(({ path }) => path === marked) ?? (typed === '' ? undefined : rows[0]);

  const goTo = (path: string | undefined) => {
    setTyped('');
    setChosen(null);
    show(path?.replace(/^~(?=$|[\\/])/u, home ?? '~'));
  };
  const select = (path: string | null) => setChosen({ folder: listing?.folder ?? '', path });
  const open = (entry: FileEntry) => {
    if (isAnswer(entry, purpose)) onAnswer(entry.path);
    else if (entry.kind === 'folder') goTo(entry.path);
  };
  const makeFolder = useAction(async (name: string) => {
    const { path } = await engine.call('files:make-folder', { folder: listing!.folder, name });
    goTo(path);
  });
  return (
    <FileBrowser
      question={question}
      listing={listing}
      error={error}
      rows={rows}
      active={active}
      typed={typed}
      actions={{
        type: setTyped,
        select,
        open,
        goTo,
        answer: onAnswer,
        makeFolder: makeFolder.run,
        enter: () => {
          if (isPath(typed)) goTo(typed.trim());
          else if (active) open(active);
        },
      }}
      main={mainAction(purpose, active, listing?.folder)}
    />
  );
}
