import type { JobProgress, JobRecord } from '../../../src-shared/domain/project.ts';
import { IconButton } from '../../components/Button.tsx';
import { ProgressBar } from '../../components/feedback.tsx';
import { duration } from '../../lib/words.ts';
import type { JobActions } from './use-job-actions.ts';
import { nameOf, percent } from './words.ts';

interface RunningJobProps {
  readonly job: JobRecord;
  readonly progress: JobProgress | undefined;
  readonly actions: JobActions;
  readonly readOnly: string | null;
  readonly onShow: () => void;
}

/** The job that runs, on one line whose parts keep their places. */
export function RunningJob({ job, progress, actions, readOnly, onShow }: RunningJobProps) {
  const name = nameOf(job);
  const early = finishBlocked(job, progress);
  return (
    <>
      <button type="button" className="job-bar-name" onClick={onShow} title={`Show ${name}`}>
        {name}
      </button>
      <span className="job-bar-stage muted" title={progress?.stage}>
        {progress?.stage ?? 'Starting'}
      </span>
      <div className="job-bar-progress">
        <ProgressBar share={progress?.share ?? null} label={`Progress of ${name}`} />
      </div>
      <span className="job-bar-share numeric">{progress === undefined ? '' : percent(progress.share)}</span>
      <span className="job-bar-left numeric muted">
        {progress?.secondsLeft == null ? '' : `${duration(progress.secondsLeft)} left`}
      </span>
      {job.kind === 'analysis' ? (
        <IconButton
          icon="close"
          label={readOnly ?? `Cancel ${name}`}
          disabled={readOnly !== null || actions.busy}
          onClick={() => actions.remove(job)}
        />
      ) : (
        <IconButton
          icon="pause"
          label={readOnly ?? `Pause ${name}`}
          disabled={readOnly !== null || actions.busy}
          onClick={() => actions.pause(job.id)}
        />
      )}
      {job.kind === 'run' && (
        <IconButton
          icon="stop"
          label={early ?? `Finish ${name} now and keep the result so far`}
          disabled={readOnly !== null || actions.busy || early !== undefined}
          onClick={() => actions.finishEarly(job.id)}
        />
      )}
    </>
  );
}

/** Why a run cannot be ended with a result yet; undefined when it can. */
export function finishBlocked(job: JobRecord, progress: JobProgress | undefined): string | undefined {
  if (job.state !== 'running') return 'Only a running job can be finished early.';
  if (progress?.canFinishEarly === true) return undefined;
  return 'There is no usable network yet; finishing is possible once the first one translates.';
}
