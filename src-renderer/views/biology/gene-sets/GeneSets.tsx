import type { ReactNode } from 'react';
import { Button } from '../../../components/Button.tsx';
import { Note } from '../../../components/feedback.tsx';
import { Field } from '../../../components/fields.tsx';
import { counted } from '../../../lib/words.ts';
import { saveProblem, STARTER, type Draft } from './drafts.ts';
import './gene-sets.css';

export interface CollectionEntry {
  readonly key: string;
  readonly name: string;
  /** Null while it is not known. */
  readonly sets: number | null;
  readonly isChanged: boolean;
}

interface GeneSetsProps {
  readonly collections: readonly CollectionEntry[];
  readonly chosen: string;
  readonly draft: Draft | null;
  /** Why the project cannot be changed. */
  readonly readOnly: string | null;
  readonly busy: boolean;
  readonly onChoose: (key: string) => void;
  readonly onNew: () => void;
  readonly onImport: () => void;
  readonly onName: (name: string) => void;
  readonly onCopy: () => void;
  readonly onSave: () => void;
  readonly onRevert: () => void;
  /** The sets of the collection and the one that is edited. */
  readonly children: ReactNode;
}

/** Collections of gene sets: those that come with SpaGene, and those of the project. */
export function GeneSets(props: GeneSetsProps) {
  const { collections, chosen, draft, readOnly, busy } = props;
  return (
    <div className="gene-sets">
      <nav className="gene-sets-list" aria-label="Collections">
        <ul>
          {collections.map(({ key, name, sets, isChanged }) => (
            <li key={key}>
              <button
                type="button"
                aria-current={key === chosen ? 'true' : undefined}
                onClick={() => props.onChoose(key)}
              >
                <span>{name}</span>
                <span className="muted small numeric">
                  {isChanged ? 'not saved' : sets === null ? '' : counted(sets, 'set')}
                </span>
              </button>
            </li>
          ))}
        </ul>
        <Button icon="plus" blocked={readOnly ?? undefined} onClick={props.onNew}>
          New collection
        </Button>
        <Button icon="file" blocked={readOnly ?? undefined} disabled={busy} onClick={props.onImport}>
          Import a .gmt file
        </Button>
      </nav>
      <div className="gene-sets-main">
        {draft && <Head {...props} draft={draft} />}
        {draft?.notes.map((note) => (
          <Note key={note} kind="info">
            {note}
          </Note>
        ))}
        {props.children}
      </div>
    </div>
  );
}

function Head(props: GeneSetsProps & { readonly draft: Draft }) {
  const { draft, chosen, readOnly, busy, onName, onCopy, onSave, onRevert } = props;
  if (chosen === STARTER) {
    return (
      <div className="gene-sets-head">
        <p className="muted">
          These sets come with SpaGene and cannot be changed. Copy them to edit a collection of your own.
        </p>
        <Button icon="copy" blocked={readOnly ?? undefined} onClick={onCopy}>
          Copy to the project
        </Button>
      </div>
    );
  }
  return (
    <div className="gene-sets-head">
      <Field label="Name of the collection">
        {({ id }) => (
          <input
            id={id}
            className="input"
            maxLength={100}
            readOnly={readOnly !== null}
            value={draft.name}
            onChange={(event) => onName(event.target.value)}
          />
        )}
      </Field>
      {draft.isChanged && (
        <Button kind="quiet" icon="undo" onClick={onRevert}>
          Discard changes
        </Button>
      )}
      <Button kind="primary" blocked={readOnly ?? saveProblem(draft)} disabled={busy} onClick={onSave}>
        Save in the project
      </Button>
    </div>
  );
}
