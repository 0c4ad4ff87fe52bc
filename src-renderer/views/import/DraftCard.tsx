import type { DatasetChoice, DatasetRole } from '../../../src-shared/domain/project.ts';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/feedback.tsx';
import { nameOf } from '../../components/file-browser/listing.ts';
import { choosing, suggestedName } from './choice.ts';
import { Choices, matrixFieldId } from './Choices.tsx';
import { DatasetHead } from './DatasetHead.tsx';
import { ImportForm } from './ImportForm.tsx';
import type { Draft } from './imports.ts';
import { PreviewBody } from './PreviewBody.tsx';
import { Warnings } from './Warnings.tsx';
import { Working } from './Working.tsx';

export interface DraftActions {
  /** Another choice inside the same data. */
  readonly change: (choice: DatasetChoice) => void;
  readonly keepGood: () => void;
  readonly again: () => void;
  readonly drop: () => void;
  readonly otherData: () => void;
  /** Asks for a table; undefined when none was chosen. */
  readonly chooseTable: (title: string) => Promise<string | null>;
  readonly edit: (changes: Partial<Pick<Draft, 'name' | 'storage'>>) => void;
  readonly takeIn: () => void;
  readonly stopImport: () => void;
}

interface Props {
  readonly role: DatasetRole;
  readonly draft: Draft;
  /** Whether it takes the place of a dataset of the project. */
  readonly replaces: boolean;
  readonly primary: boolean;
  readonly actions: DraftActions;
}

/** Chosen data on the way into the project: what is in them, what is to be decided, what looks wrong. */
export function DraftCard({ role, draft, replaces, primary, actions }: Props) {
  const { preview, phase, choice } = draft;
  const busy = phase === 'reading' || phase === 'importing';
  const setPositions = (table: string | null) => {
    if (table !== null) actions.change(choosing(choice, 'coordinates', table));
  };
  const beside = choice.coordinates === undefined ? preview?.tables[0] : undefined;
  return (
    <div className="card import-card">
      <DatasetHead
        name={preview === null ? '' : suggestedName(preview)}
        about={preview?.format}
        path={choice.path}
        actions={
          <Button
            kind="quiet"
            onClick={actions.drop}
            blocked={phase === 'importing' ? 'Stop the import first' : undefined}
          >
            {replaces ? 'Keep the present data' : 'Clear'}
          </Button>
        }
      />
      {phase === 'reading' && preview === null && (
        <div className={role === 'spatial' ? 'import-reserve has-map' : 'import-reserve'}>
          <Working words="Reading the data" progress={draft.progress} onStop={actions.drop} />
        </div>
      )}
      {draft.error !== null && <Failure draft={draft} actions={actions} />}
      {preview !== null && (
        <>
          <Choices
            role={role}
            draft={draft}
            preview={preview}
            disabled={busy}
            onChange={actions.change}
            chooseTable={actions.chooseTable}
          />
          {phase === 'reading' && <Working words="Reading the data" progress={draft.progress} />}
          {preview.known && (
            <Note kind="ok" title="Published data">
              {preview.known.title}
            </Note>
          )}
          <PreviewBody preview={preview} stale={phase === 'reading'} />
          <Warnings
            paths={[choice.path]}
            warnings={preview.warnings}
            remedies={{
              ...(preview.matrices.length > 1 && {
                matrix: {
                  label: 'Choose another matrix',
                  run: () => document.getElementById(matrixFieldId(role))?.querySelector('select')?.focus(),
                },
              }),
              ...(role === 'spatial' && {
                positions:
                  beside === undefined
                    ? {
                        label: 'Choose a table of positions',
                        run: () =>
                          void actions.chooseTable('Choose the table of positions').then(setPositions),
                      }
                    : { label: `Use ${nameOf(beside)}`, run: () => setPositions(beside) },
              }),
              data: { label: 'Choose other data', run: actions.otherData },
            }}
          />
          <ImportForm
            role={role}
            draft={draft}
            preview={preview}
            primary={primary}
            replaces={replaces}
            actions={actions}
          />
        </>
      )}
    </div>
  );
}

/** Why the choice cannot be read or taken in, and the ways on. */
function Failure({ draft, actions }: Pick<Props, 'draft' | 'actions'>) {
  const unread = draft.phase === 'failed';
  const canGoBack = unread && draft.good !== null;
  return (
    <Note
      kind="error"
      title={unread ? 'This cannot be read' : 'The data were not imported'}
      actions={
        <>
          {canGoBack && <Button onClick={actions.keepGood}>Go back to the last choice</Button>}
          {unread && <Button onClick={actions.again}>Try again</Button>}
          <Button onClick={actions.otherData}>Choose other data</Button>
        </>
      }
    >
      {draft.error}
    </Note>
  );
}
