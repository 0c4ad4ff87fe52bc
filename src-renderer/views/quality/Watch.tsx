import type { EvaluationRecord, JobProgress } from '../../../src-shared/domain/project.ts';
import { Button } from '../../components/Button.tsx';
import { Note, ProgressBar } from '../../components/feedback.tsx';
import type { JobActions } from '../../frame/job-bar/use-job-actions.ts';
import { nameOf, percent } from '../../frame/job-bar/words.ts';
import { duration } from '../../lib/words.ts';
import { CellGrid } from './CellGrid.tsx';
import type { MethodOffer } from './StartForm.tsx';
import { useCells } from './use-cells.ts';

interface WatchProps {
  readonly evaluation: EvaluationRecord;
  readonly methods: readonly MethodOffer[];
  readonly progress: JobProgress | undefined;
  readonly actions: JobActions;
  readonly readOnly: string | null;
}

/** An evaluation that is not done: how far it is, and what came out so far. */
export function Watch({ evaluation, methods, progress, actions, readOnly }: WatchProps) {
  const { id, state } = evaluation;
  const { cells, error } = useCells(id);
  const titled = evaluation.methods.map((name) => ({
    name,
    title: methods.find((method) => method.name === name)?.title ?? name,
  }));
  return (
    <>
      <WatchNote evaluation={evaluation} />
      <div className="quality-watch">
        <div className="quality-progress">
          <ProgressBar
            share={progress?.share ?? (state === 'running' ? null : 0)}
            label={`Progress of ${nameOf(evaluation)}`}
          />
        </div>
        <span className="numeric quality-share">
          {progress === undefined ? '–' : percent(progress.share)}
        </span>
        <span className="numeric muted quality-left">
          {state === 'running' && progress?.secondsLeft != null
            ? `${duration(progress.secondsLeft)} left`
            : ''}
        </span>
        {state === 'running' && (
          <Button
            icon="pause"
            blocked={readOnly ?? undefined}
            disabled={actions.busy}
            onClick={() => actions.pause(id)}
          >
            Pause
          </Button>
        )}
        {(state === 'paused' || state === 'failed') && (
          <Button
            kind="primary"
            icon="play"
            blocked={readOnly ?? undefined}
            disabled={actions.busy}
            onClick={() => actions.resume(id)}
          >
            Resume
          </Button>
        )}
      </div>
      <p className="quality-stage muted">{progress?.stage ?? ' '}</p>
      {error !== null && <Note kind="error">{error}</Note>}
      <CellGrid methods={titled} folds={evaluation.folds} seeds={evaluation.seeds} cells={cells} />
    </>
  );
}

function WatchNote({ evaluation: { state, reason } }: { readonly evaluation: EvaluationRecord }) {
  if (state === 'queued') return <Note kind="info">It starts as soon as the jobs before it are done.</Note>;
  if (state === 'paused') {
    return (
      <Note kind="warning" title="Paused">
        {reason ?? 'What is done stays; Resume goes on with the rest.'}
      </Note>
    );
  }
  if (state === 'failed') {
    return (
      <Note kind="error" title="This evaluation failed">
        {reason ?? 'The engine gave no reason; the log may.'} What is done stays; Resume tries the rest again.
      </Note>
    );
  }
  return null;
}
