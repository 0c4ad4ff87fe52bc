import type { DatasetPreview } from '../../../src-shared/domain/preview.ts';
import type { DatasetRecord } from '../../../src-shared/domain/project.ts';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/feedback.tsx';
import { formatMoment } from '../../lib/moment.ts';
import { DatasetHead } from './DatasetHead.tsx';
import { Facts } from './Facts.tsx';
import type { Asked } from './imports.ts';
import { PreviewBody } from './PreviewBody.tsx';
import { Warnings } from './Warnings.tsx';
import { Working } from './Working.tsx';

export interface ImportedActions {
  readonly replace: () => void;
  readonly remove: () => void;
  /** Says where the moved files are. */
  readonly findAgain: () => void;
  /** Reads the data again for their picture. */
  readonly show: () => void;
}

interface Props {
  readonly record: DatasetRecord;
  readonly shown: Asked<DatasetPreview> | null;
  /** Why the project cannot be changed; undefined when it can. */
  readonly blocked: string | undefined;
  readonly busy: boolean;
  readonly actions: ImportedActions;
}

/** A dataset of the project: what is in it, and whether it is still there. */
export function ImportedCard({ record, shown, blocked, busy, actions }: Props) {
  const { choice, storage, format, imported } = record;
  const where = storage === 'copied' ? 'copied into the project' : 'linked';
  const stopped = blocked ?? (busy ? 'Wait a moment' : undefined);
  return (
    <div className="card import-card">
      <DatasetHead
        name={record.name}
        about={`${format} · ${where} ${formatMoment(imported)}`}
        path={choice.path}
        actions={
          <>
            <Button kind="quiet" blocked={stopped} onClick={actions.replace}>
              Replace
            </Button>
            <Button kind="quiet" blocked={stopped} onClick={actions.remove}>
              Remove
            </Button>
          </>
        }
      />
      <Picture record={record} shown={shown} blocked={stopped} actions={actions} />
      <Warnings
        paths={[choice.path]}
        warnings={record.warnings}
        remedies={{ data: { label: 'Choose other data', run: actions.replace } }}
      />
    </div>
  );
}

function Picture({ record, shown, blocked, actions }: Omit<Props, 'busy'>) {
  if (shown?.value) return <PreviewBody preview={shown.value} stale={false} />;
  return (
    <>
      <Facts data={record} preview={null} />
      {shown === null && (
        <div className="row">
          <Button onClick={actions.show}>Show map and plots</Button>
          <span className="small muted">Reads the data once, which takes a while for this size.</span>
        </div>
      )}
      {shown?.phase === 'reading' && (
        <div className={record.unit === null ? 'import-reserve' : 'import-reserve has-map'}>
          <Working words="Reading the data" progress={shown.progress} />
        </div>
      )}
      {shown?.phase === 'failed' && (
        <Note
          kind="error"
          title="These data cannot be read now"
          actions={
            <>
              <Button blocked={blocked} onClick={actions.findAgain}>
                Find it again
              </Button>
              <Button onClick={actions.show}>Try again</Button>
            </>
          }
        >
          {shown.error}
        </Note>
      )}
    </>
  );
}
