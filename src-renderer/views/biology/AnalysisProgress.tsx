import type { AnalysisKind } from '../../../src-shared/domain/analysis.ts';
import { Button } from '../../components/Button.tsx';
import { Note, ProgressBar } from '../../components/feedback.tsx';
import type { JobActions } from '../../frame/job-bar/use-job-actions.ts';
import { nameOf, percent } from '../../frame/job-bar/words.ts';
import { counted, duration } from '../../lib/words.ts';
import { useProject } from '../../store/project.ts';
import { useBiology } from './biology-context.ts';
import type { Analyses, AnalysisOf } from './use-analyses.ts';

interface AnalysisProgressProps<K extends AnalysisKind> {
  readonly analyses: Analyses<K>;
  readonly analysis: AnalysisOf<K>;
  readonly actions: JobActions;
}

/** An analysis that waits, runs, rests or failed. */
export function AnalysisProgress<K extends AnalysisKind>(props: AnalysisProgressProps<K>) {
  const { analysis } = props;
  return (
    <section className="biology-progress" aria-label="Progress">
      <h2>{nameOf(analysis)}</h2>
      {analysis.state === 'failed' && <Failed {...props} />}
      {analysis.state === 'paused' && <Paused {...props} />}
      {(analysis.state === 'queued' || analysis.state === 'running') && <UnderWay {...props} />}
    </section>
  );
}

function UnderWay<K extends AnalysisKind>({
  analyses: { progress },
  analysis,
  actions,
}: AnalysisProgressProps<K>) {
  const { readOnly } = useBiology();
  const queue = useProject()?.queue ?? [];
  const before = queue.indexOf(analysis.id);
  const waits = before > 0 ? `It waits for ${counted(before, 'job')} before it.` : 'It starts in a moment.';
  const isRunning = analysis.state === 'running';
  return (
    <>
      <p className="muted" role="status">
        {isRunning ? (progress?.stage ?? 'Starting') : waits}
      </p>
      <div className="biology-progress-row">
        <ProgressBar
          share={progress?.share ?? (isRunning ? null : 0)}
          label={`Progress of ${nameOf(analysis)}`}
        />
        <span className="numeric">{progress === undefined ? '–' : percent(progress.share)}</span>
        <span className="numeric muted">
          {isRunning && progress?.secondsLeft != null ? `${duration(progress.secondsLeft)} left` : ''}
        </span>
        <Button
          icon="close"
          blocked={readOnly ?? undefined}
          disabled={actions.busy}
          onClick={() => actions.remove(analysis)}
        >
          Cancel
        </Button>
      </div>
    </>
  );
}

function Paused<K extends AnalysisKind>({ analysis, actions }: AnalysisProgressProps<K>) {
  const { readOnly } = useBiology();
  return (
    <Note
      kind="warning"
      title="Paused"
      actions={
        <Button
          icon="play"
          blocked={readOnly ?? undefined}
          disabled={actions.busy}
          onClick={() => actions.resume(analysis.id)}
        >
          Resume
        </Button>
      }
    >
      {analysis.reason ?? 'Resume goes on with it.'}
    </Note>
  );
}

function Failed<K extends AnalysisKind>({ analyses, analysis, actions }: AnalysisProgressProps<K>) {
  const { readOnly } = useBiology();
  const again = () => {
    analyses.start(analysis.parameters, analysis.name);
    actions.remove(analysis);
  };
  return (
    <Note
      kind="error"
      title="This analysis failed"
      actions={
        <Button
          icon="reset"
          blocked={readOnly ?? undefined}
          disabled={actions.busy || analyses.starting}
          onClick={again}
        >
          Try again
        </Button>
      }
    >
      {analysis.reason ?? 'The engine gave no reason; the log of the jobs may.'}
    </Note>
  );
}
