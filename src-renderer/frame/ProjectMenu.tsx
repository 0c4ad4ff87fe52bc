import { useState } from 'react';
import type { ProjectState } from '../../src-shared/domain/project.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { Icon } from '../components/icons.tsx';
import { useEngine } from '../engine/context.ts';
import { useAction } from '../engine/use-call.ts';

/** Name of the project; opens its details: rename, notes, folder, close. */
export function ProjectMenu({ project }: { readonly project: ProjectState }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="topbar-project"
        aria-haspopup="dialog"
        title={project.folder}
        onClick={() => setOpen(true)}
      >
        <span className="topbar-name">{project.name}</span>
        {project.readOnly !== null && <span className="badge">read-only</span>}
        <Icon name="down" size={14} />
      </button>
      {open && <ProjectDialog project={project} onClose={() => setOpen(false)} />}
    </>
  );
}

function ProjectDialog({
  project,
  onClose,
}: {
  readonly project: ProjectState;
  readonly onClose: () => void;
}) {
  const engine = useEngine();
  const [name, setName] = useState(project.name);
  const [notes, setNotes] = useState(project.notes);
  const save = useAction(async () => {
    const trimmed = name.trim();
    await engine.call('project:change', { ...(trimmed !== '' && { name: trimmed }), notes });
    onClose();
  });
  const close = useAction(async () => {
    await engine.call('project:close', {});
    onClose();
  });
  const readOnly = project.readOnly !== null;
  return (
    <Dialog
      title="Project"
      onClose={onClose}
      footer={
        <>
          <Button kind="quiet" onClick={() => close.run()} disabled={close.busy}>
            Close project
          </Button>
          <Button kind="primary" onClick={() => save.run()} blocked={project.readOnly ?? undefined}>
            Save
          </Button>
        </>
      }
    >
      <div className="stack">
        {readOnly && <p className="muted">{project.readOnly}</p>}
        <label className="field">
          <span>Name</span>
          <input
            className="input"
            data-first
            value={name}
            maxLength={200}
            readOnly={readOnly}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label className="field">
          <span>Notes</span>
          <textarea
            className="textarea"
            value={notes}
            maxLength={20_000}
            readOnly={readOnly}
            onChange={(event) => setNotes(event.target.value)}
          />
        </label>
        <p className="small muted">
          Everything is saved as you go in <span className="mono">{project.folder}</span>
        </p>
      </div>
    </Dialog>
  );
}
