import { useId, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { nameOf } from '../../components/file-browser/listing.ts';
import { projectFolder } from './new-project.ts';
import type { Start } from './use-start.ts';

export interface NewProjectForm {
  /** Folder in which the project's own folder is made. */
  readonly place: string;
  /** Data that are imported first. */
  readonly file: string | undefined;
  readonly onPlace: () => void;
  readonly onCancel: () => void;
}

/** Name and place of a new project. */
export function NewProject({ form, start }: { readonly form: NewProjectForm; readonly start: Start }) {
  const [name, setName] = useState('My project');
  const id = useId();
  const folder = projectFolder(form.place, name);
  const blocked = whyBlocked(name, form.place, start.busy);
  return (
    <form
      className="card start-new"
      aria-label="New project"
      onSubmit={(event) => {
        event.preventDefault();
        if (blocked === undefined) start.create(folder, name.trim());
      }}
    >
      <h2>New project</h2>
      {form.file !== undefined && (
        <p className="muted">
          Begins with <span className="mono">{nameOf(form.file)}</span>
        </p>
      )}
      <div className="field">
        <label htmlFor={id}>Name</label>
        <input
          id={id}
          className="input"
          autoFocus
          maxLength={200}
          value={name}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div className="start-place">
        <span>
          <span className="small muted">Folder</span>
          <span className="mono">{folder}</span>
        </span>
        <Button onClick={form.onPlace}>Change</Button>
      </div>
      <div className="row">
        <Button kind="primary" type="submit" blocked={blocked}>
          Make the project
        </Button>
        <Button kind="quiet" onClick={form.onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function whyBlocked(name: string, place: string, busy: string | null): string | undefined {
  if (busy !== null) return `${busy} …`;
  if (name.trim() === '') return 'Give the project a name';
  return place === '' ? 'Choose a folder' : undefined;
}
