import { useId } from 'react';
import type { DatasetPreview } from '../../../src-shared/domain/preview.ts';
import type { DatasetRole } from '../../../src-shared/domain/project.ts';
import { Button } from '../../components/Button.tsx';
import { Segmented } from '../../components/fields.tsx';
import { suggestedName } from './choice.ts';
import type { DraftActions } from './DraftCard.tsx';
import type { Draft } from './imports.ts';
import { Working } from './Working.tsx';
import { roleWords } from './words.ts';

interface Props {
  readonly role: DatasetRole;
  readonly draft: Draft;
  readonly preview: DatasetPreview;
  readonly primary: boolean;
  readonly replaces: boolean;
  readonly actions: DraftActions;
}

const storages = [
  { value: 'linked', label: 'Link' },
  { value: 'copied', label: 'Copy' },
] as const;

const storageWords: Readonly<Record<Draft['storage'], string>> = {
  linked: 'The data stay where they are; SpaGene notices when they are moved or changed.',
  copied: 'The project holds its own copy, so that it can be moved to another machine.',
};

/** Name and storage, and the button that takes the data in. */
export function ImportForm({ role, draft, preview, primary, replaces, actions }: Props) {
  const id = useId();
  const { phase, storage } = draft;
  if (phase === 'importing') {
    return <Working words="Importing" progress={draft.progress} onStop={actions.stopImport} />;
  }
  const what = roleWords[role].title.toLowerCase();
  return (
    <form
      className="import-form"
      aria-label={`Import the ${what}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (phase === 'ready') actions.takeIn();
      }}
    >
      <div className="field">
        <label htmlFor={id}>Name in the project</label>
        <input
          id={id}
          className="input"
          maxLength={200}
          placeholder={suggestedName(preview)}
          value={draft.name}
          onChange={(event) => actions.edit({ name: event.target.value })}
        />
      </div>
      <div className="field">
        <span className="import-label">Storage</span>
        <Segmented
          label="Storage"
          value={storage}
          options={storages}
          onChange={(value) => actions.edit({ storage: value })}
        />
        <span className="field-hint">{storageWords[storage]}</span>
      </div>
      <div className="row">
        <Button
          kind={primary ? 'primary' : 'plain'}
          type="submit"
          blocked={phase === 'ready' ? undefined : blockedWords[phase]}
        >
          {replaces ? `Replace the ${what}` : `Import the ${what}`}
        </Button>
      </div>
    </form>
  );
}

const blockedWords = {
  reading: 'The data are being read',
  failed: 'The choice above cannot be read',
} as const;
