import type { RunRecord } from '../../../src-shared/domain/project.ts';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/feedback.tsx';
import type { JobActions } from '../../frame/job-bar/use-job-actions.ts';
import { BlendLine } from './BlendLine.tsx';

interface RunNoticesProps {
  readonly run: RunRecord;
  readonly place: number | undefined;
  readonly actions: JobActions;
  readonly readOnly: string | null;
  readonly onMap: () => void;
  readonly onSameSettings: () => void;
}

/** What the run came to, or what stands in its way, with the button that helps. */
export function RunNotices({ run, place, actions, readOnly, onMap, onSameSettings }: RunNoticesProps) {
  return (
    <>
      {run.state === 'queued' && (
        <Note kind="info" title={place === 1 ? 'Next to run' : 'Waiting'}>
          {place === undefined || place === 1
            ? 'It starts as soon as the job that runs is done.'
            : `${place === 2 ? '1 job is' : `${place - 1} jobs are`} before it; change the order in the list of waiting jobs.`}
        </Note>
      )}
      {run.state === 'paused' && (
        <Note kind="warning" title="Paused">
          {run.reason ?? 'Resume goes on from where it stopped, with the same values.'}
        </Note>
      )}
      {run.state === 'failed' && (
        <Note
          kind="error"
          title="This run failed"
          actions={
            <>
              <Button kind="primary" icon="model" onClick={onSameSettings}>
                Change its settings
              </Button>
              <Button icon="play" blocked={readOnly ?? undefined} onClick={() => actions.resume(run.id)}>
                Try to go on
              </Button>
            </>
          }
        >
          {run.reason ?? 'The engine gave no reason; the log below may.'}
        </Note>
      )}
      {run.state === 'finished' && <Finished run={run} onMap={onMap} onSameSettings={onSameSettings} />}
      {run.stale && (
        <Note kind="warning" title="The data have changed since">
          This run belongs to the data as they were. Train again to have a result for the present ones.
        </Note>
      )}
      <Warnings run={run} />
    </>
  );
}

function Finished({ run, onMap, onSameSettings }: Pick<RunNoticesProps, 'run' | 'onMap' | 'onSameSettings'>) {
  return (
    <Note
      kind="ok"
      title={run.early ? 'Finished early: the result is of what was trained until then' : 'Finished'}
      actions={
        <>
          <Button kind="primary" icon="map" onClick={onMap}>
            Show on the map
          </Button>
          <Button icon="model" onClick={onSameSettings}>
            Train again with other settings
          </Button>
        </>
      }
    >
      {run.trust ??
        'How far single genes can be trusted is not known for this run; an evaluation measures it.'}
      <BlendLine id={run.id} />
    </Note>
  );
}

function Warnings({ run: { warnings } }: { readonly run: RunRecord }) {
  if (warnings.length === 0) return null;
  return (
    <details className="training-warnings" open={warnings.length <= 2}>
      <summary>
        {warnings.length} {warnings.length === 1 ? 'warning' : 'warnings'}
      </summary>
      <ul>
        {warnings.map(({ code, message }, i) => (
          <li key={`${code} ${i}`}>{message}</li>
        ))}
      </ul>
    </details>
  );
}
