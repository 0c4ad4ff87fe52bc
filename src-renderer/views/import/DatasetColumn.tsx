import { useEffect } from 'react';
import type { DatasetRole } from '../../../src-shared/domain/project.ts';
import { Button } from '../../components/Button.tsx';
import { useEngine } from '../../engine/context.ts';
import { useProject } from '../../store/project.ts';
import { DraftCard } from './DraftCard.tsx';
import { EmptyDataset } from './EmptyDataset.tsx';
import { ImportedCard } from './ImportedCard.tsx';
import { keyOf, useImports } from './imports.ts';
import { showRecord } from './record-work.ts';
import { readsAtOnce } from './size.ts';
import { useDataset } from './use-dataset.ts';
import { roleWords } from './words.ts';

interface Props {
  readonly role: DatasetRole;
  /** Whether the next step is here. */
  readonly primary: boolean;
}

/** One of the two datasets with its heading. */
export function DatasetColumn({ role, primary }: Props) {
  const { title, about } = roleWords[role];
  return (
    <section className="import-column" aria-labelledby={`import-${role}`}>
      <header>
        <h2 id={`import-${role}`}>{title}</h2>
        <p className="muted">{about}</p>
      </header>
      <Dataset role={role} primary={primary} />
    </section>
  );
}

/** Chosen, in the project, or nothing yet. */
function Dataset({ role, primary }: Props) {
  const engine = useEngine();
  const project = useProject()!;
  const draft = useImports((state) => state.drafts[role]);
  const shown = useImports((state) => state.shown[role]);
  const record = project[role];
  const blocked = project.readOnly ?? undefined;
  const work = useDataset(role, record);
  useEffect(() => {
    if (record !== null && draft === null && readsAtOnce(record)) void showRecord(engine, record);
  }, [engine, record, draft]);
  if (draft !== null) {
    return (
      <DraftCard
        role={role}
        draft={draft}
        replaces={record !== null}
        primary={primary}
        actions={work.draft}
      />
    );
  }
  if (record !== null && !work.replacing) {
    return (
      <ImportedCard
        record={record}
        shown={shown?.key === keyOf(record) ? shown : null}
        blocked={blocked}
        busy={work.busy}
        actions={work.imported}
      />
    );
  }
  return (
    <>
      <EmptyDataset
        role={role}
        primary={primary}
        blocked={blocked}
        onFile={() => work.ask('dataset-file')}
        onFolder={() => work.ask('dataset-folder')}
        onPath={work.read}
      />
      {record !== null && (
        <div className="row">
          <Button kind="quiet" onClick={work.keep}>
            Keep {record.name}
          </Button>
        </div>
      )}
    </>
  );
}
