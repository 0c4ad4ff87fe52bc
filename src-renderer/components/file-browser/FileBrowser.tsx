import { useRef, type KeyboardEvent } from 'react';
import type { FileEntry } from '../../../src-shared/contract/calls/files.ts';
import { Button } from '../Button.tsx';
import { Dialog } from '../Dialog.tsx';
import { Note } from '../feedback.tsx';
import { Breadcrumbs } from './Breadcrumbs.tsx';
import { EntryList, optionId } from './EntryList.tsx';
import type { FileQuestion } from './file-question.ts';
import { makesFolders, takesFiles, type Listing, type MainAction } from './listing.ts';
import { NewFolder } from './NewFolder.tsx';

export interface FileBrowserActions {
  readonly type: (typed: string) => void;
  readonly select: (path: string | null) => void;
  /** Chooses an entry that is wanted, else looks into it. */
  readonly open: (entry: FileEntry) => void;
  /** Shows a folder; home when undefined. */
  readonly goTo: (path: string | undefined) => void;
  readonly enter: () => void;
  readonly answer: (path: string | null) => void;
  readonly makeFolder: (name: string) => void;
}

interface Props {
  readonly question: FileQuestion;
  readonly listing: Listing | null;
  readonly error: string | null;
  readonly rows: readonly FileEntry[];
  readonly active: FileEntry | undefined;
  readonly typed: string;
  readonly main: MainAction;
  readonly actions: FileBrowserActions;
}

const LIST = 'file-browser-list';

export function FileBrowser(props: Props) {
  const { question, listing, error, rows, active, typed, main, actions } = props;
  const keys = useKeys(props);
  return (
    <Dialog
      title={question.title}
      wide
      onClose={() => actions.answer(null)}
      footer={
        <>
          <span
            className="file-browser-chosen small muted mono"
            title={main.does === 'wait' ? undefined : main.path}
          >
            <bdi>{main.does === 'wait' ? '' : main.path}</bdi>
          </span>
          <Button kind="quiet" onClick={() => actions.answer(null)}>
            Cancel
          </Button>
          <Button
            kind="primary"
            blocked={main.does === 'wait' ? main.why : undefined}
            onClick={() => {
              if (main.does === 'choose') actions.answer(main.path);
              if (main.does === 'open') actions.goTo(main.path);
            }}
          >
            {main.label}
          </Button>
        </>
      }
    >
      <div className="file-browser">
        <Places listing={listing} onGo={actions.goTo} />
        <div className="file-browser-main">
          {question.note !== undefined && <Note kind="info">{question.note}</Note>}
          <Breadcrumbs folder={listing?.folder} onGo={actions.goTo} />
          <div className="file-browser-tools">
            <input
              className="input"
              role="combobox"
              aria-label="Filter by name"
              aria-controls={LIST}
              aria-expanded="true"
              aria-autocomplete="list"
              aria-activedescendant={active && optionId(rows.indexOf(active))}
              placeholder="Type to filter, or type a path"
              spellCheck={false}
              autoComplete="off"
              ref={focusFirst}
              value={typed}
              onChange={(event) => actions.type(event.target.value)}
              onKeyDown={keys}
            />
            {makesFolders(question.purpose) && listing !== null && (
              <NewFolder name={question.name} onMake={actions.makeFolder} />
            )}
          </div>
          {error !== null && <Note kind="error">{error}</Note>}
          <EntryList
            id={LIST}
            listing={listing}
            rows={rows}
            active={active}
            filtered={typed !== ''}
            onSelect={actions.select}
            onOpen={actions.open}
            onLook={(entry) => actions.goTo(entry.path)}
          />
          <p className="small muted">
            {takesFiles(question.purpose) ? 'Enter chooses or opens' : 'Enter opens'}, → looks into a folder,
            Backspace goes up.
          </p>
        </div>
      </div>
    </Dialog>
  );
}

/** A dialog gives the focus to what has this attribute, which React does not set. */
function focusFirst(input: HTMLInputElement | null): void {
  input?.setAttribute('autofocus', '');
}

/** The keys of the list, pressed while the filter has the focus. */
function useKeys({ listing, rows, active, typed, actions }: Props) {
  const page = useRef(10);
  return (event: KeyboardEvent) => {
    const at = active === undefined ? -1 : rows.indexOf(active);
    const to = (index: number) => {
      const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
      if (row) actions.select(row.path);
    };
    const up = listing?.parent ?? undefined;
    const moves: Partial<Record<string, () => void>> = {
      ArrowDown: () => to(at + 1),
      ArrowUp: () => to(at - 1),
      PageDown: () => to(at + page.current),
      PageUp: () => to(at - page.current),
      Enter: actions.enter,
      ...(active?.kind === 'folder' && typed === '' && { ArrowRight: () => actions.goTo(active.path) }),
      ...(typed === '' && up !== undefined && { Backspace: () => actions.goTo(up) }),
    };
    const move = moves[event.key];
    if (move === undefined || event.nativeEvent.isComposing) return;
    event.preventDefault();
    move();
  };
}

function Places({
  listing,
  onGo,
}: {
  readonly listing: Listing | null;
  readonly onGo: (path: string) => void;
}) {
  return (
    <nav className="file-browser-places" aria-label="Places">
      {listing?.places.map((place) => (
        <button
          key={place.path}
          type="button"
          title={place.path}
          aria-current={place.path === listing.folder ? 'true' : undefined}
          onClick={() => onGo(place.path)}
        >
          {place.name}
        </button>
      ))}
    </nav>
  );
}
