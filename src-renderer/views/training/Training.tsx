import type { JobProgress, JobRecord, RunRecord } from '../../../src-shared/domain/project.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState, Note } from '../../components/feedback.tsx';
import { QueueList } from '../../frame/job-bar/QueueList.tsx';
import type { JobActions } from '../../frame/job-bar/use-job-actions.ts';
import type { Log } from '../../frame/job-bar/use-log.ts';
import { nameOf } from '../../frame/job-bar/words.ts';
import type { LossStore } from '../../store/losses.ts';
import { LossGrid } from './LossGrid.tsx';
import { RunDetails } from './RunDetails.tsx';
import { RunHeader, type TrainingPlace } from './RunHeader.tsx';
import { RunList } from './RunList.tsx';
import { RunNotices } from './RunNotices.tsx';
import { parametersOf } from './runs.ts';
import type { TermChart } from './terms.ts';
import type { TrainingView } from './view-state.ts';

export interface TrainingProps {
  /** In the order of the list. */
  readonly runs: readonly RunRecord[];
  readonly run: RunRecord;
  /** Runs whose curves are drawn, the shown one first. */
  readonly drawn: readonly RunRecord[];
  readonly waiting: readonly JobRecord[];
  readonly progress: Readonly<Record<string, JobProgress>>;
  readonly place: TrainingPlace | null;
  readonly store: LossStore;
  /** Why the curves could not be had; null otherwise. */
  readonly lossError: string | null;
  readonly view: TrainingView;
  /** The network that is shown, from 0. */
  readonly member: number;
  readonly log: Log;
  readonly actions: JobActions;
  readonly readOnly: string | null;
  readonly csv: (chart: TermChart) => Promise<string>;
  readonly onShow: (id: string) => void;
  readonly onCompare: (id: string) => void;
  readonly onView: (part: Partial<TrainingView>) => void;
  readonly onChange: (part: { readonly name?: string; readonly notes?: string }) => void;
  readonly onMap: () => void;
  readonly onSameSettings: () => void;
}

export function Training(props: TrainingProps) {
  const { run, drawn, store, view, member, log, readOnly, csv, onView, onChange } = props;
  const parameters = parametersOf(run);
  const members = parameters['ensemble.members'];
  return (
    <div className="training">
      <Side {...props} />
      <div className="training-main">
        <RunHeader
          run={run}
          progress={props.progress[run.id]}
          place={props.place}
          members={members}
          actions={props.actions}
          readOnly={readOnly}
          onRename={(name) => onChange({ name })}
        />
        <RunNotices
          run={run}
          place={placeInQueue(props)}
          actions={props.actions}
          readOnly={readOnly}
          onMap={props.onMap}
          onSameSettings={props.onSameSettings}
        />
        {props.lossError !== null && (
          <Note kind="error" actions={<Button onClick={() => store.again(run.id)}>Ask again</Button>}>
            {props.lossError}
          </Note>
        )}
        <LossGrid
          store={store}
          runs={drawn.map((each) => ({ id: each.id, name: nameOf(each) }))}
          view={view}
          member={member}
          members={members}
          score={run.score}
          running={run.state === 'running'}
          panel={drawn.some((each) => parametersOf(each)['lambda.panel'] > 0)}
          csv={csv}
          onView={onView}
        />
        <RunDetails run={run} log={log} readOnly={readOnly} onNotes={(notes) => onChange({ notes })} />
      </div>
    </div>
  );
}

function placeInQueue({ waiting, run }: TrainingProps): number | undefined {
  const at = waiting.findIndex(({ id }) => id === run.id);
  return at < 0 ? undefined : at + 1;
}

/** All runs, and the jobs that wait. */
function Side({ runs, run, drawn, waiting, progress, actions, readOnly, onShow, onCompare }: TrainingProps) {
  return (
    <aside className="training-side" aria-label="Runs">
      <div className="training-side-head">
        <h2>Runs</h2>
        <span className="muted small">tick to compare</span>
      </div>
      <RunList
        runs={runs}
        shown={run.id}
        drawn={drawn.map(({ id }) => id)}
        progress={progress}
        onShow={onShow}
        onCompare={onCompare}
      />
      {waiting.length > 0 && (
        <section aria-label="Waiting jobs">
          <h2>Waiting</h2>
          <QueueList
            jobs={waiting}
            actions={actions}
            readOnly={readOnly}
            onShow={(job) => {
              if (job.kind === 'run') onShow(job.id);
            }}
          />
        </section>
      )}
    </aside>
  );
}

/** Nothing has been trained yet. */
export function NoRuns({ onModel }: { readonly onModel: () => void }) {
  return (
    <EmptyState
      icon="train"
      title="Nothing has been trained yet"
      actions={
        <Button kind="primary" icon="model" onClick={onModel}>
          Choose a model
        </Button>
      }
    >
      Choose a preset and start a run; its loss curves, held-out score and time left are shown here while it
      trains.
    </EmptyState>
  );
}
