import { useState } from 'react';
import type { JobRecord } from '../../src-shared/domain/project.ts';
import { Button } from '../components/Button.tsx';
import { Icon } from '../components/icons.tsx';
import { duration } from '../lib/words.ts';
import { jobsOf, useProject } from '../store/project.ts';
import { useApp } from '../store/store.ts';
import { QueueDrawer } from './job-bar/QueueDrawer.tsx';
import { inOrder } from './job-bar/QueueList.tsx';
import { RunningJob } from './job-bar/RunningJob.tsx';
import { useJobActions, type JobActions } from './job-bar/use-job-actions.ts';
import { useLog } from './job-bar/use-log.ts';
import { nameOf, stateOf, viewOf } from './job-bar/words.ts';
import './job-bar.css';

/** Ended jobs that the drawer lists. */
const RECENT = 8;

/** What runs, wherever the reader is in the app; opens the queue and the log. */
export function JobBar() {
  const project = useProject();
  const overlay = useApp((state) => state.overlay);
  const setOverlay = useApp((state) => state.setOverlay);
  const goTo = useApp((state) => state.goTo);
  const actions = useJobActions();
  const jobs = jobsOf(project);
  const running = jobs.find(({ state }) => state === 'running');
  const progress = useApp((state) => (running === undefined ? undefined : state.progress[running.id]));
  if (project === null) return null;
  const waiting = inOrder(jobs, project.queue);
  const open = overlay === 'queue';
  const show = (job: JobRecord) => goTo(viewOf(job), { job: job.id });
  return (
    <footer className="job-bar" aria-label="Jobs">
      {running ? (
        <RunningJob
          job={running}
          progress={progress}
          actions={actions}
          readOnly={project.readOnly}
          onShow={() => show(running)}
        />
      ) : (
        <Idle jobs={jobs} actions={actions} readOnly={project.readOnly} onShow={show} />
      )}
      <Warnings count={running?.warnings.length ?? 0} onOpen={() => setOverlay('queue')} />
      <button
        type="button"
        className="button button-quiet job-bar-open"
        aria-expanded={open}
        onClick={() => setOverlay(open ? null : 'queue')}
      >
        <span className="numeric">{waiting.length > 0 ? `${waiting.length} waiting` : 'Jobs and log'}</span>
        <Icon name={open ? 'down' : 'up'} size={16} />
      </button>
      {open && (
        <Drawer
          jobs={jobs}
          waiting={waiting}
          actions={actions}
          readOnly={project.readOnly}
          onClose={() => setOverlay(null)}
        />
      )}
    </footer>
  );
}

function Warnings({ count, onOpen }: { readonly count: number; readonly onOpen: () => void }) {
  if (count === 0) return null;
  return (
    <button type="button" className="button button-quiet job-bar-warnings" onClick={onOpen}>
      <Icon name="warning" size={16} />
      <span className="numeric">
        {count} {count === 1 ? 'warning' : 'warnings'}
      </span>
    </button>
  );
}

interface IdleProps {
  readonly jobs: readonly JobRecord[];
  readonly actions: JobActions;
  readonly readOnly: string | null;
  readonly onShow: (job: JobRecord) => void;
}

/** Says quietly that nothing runs, and what can go on or was done last. */
function Idle({ jobs, actions, readOnly, onShow }: IdleProps) {
  const job = lately(jobs)[0];
  return (
    <>
      <span className="muted">No job runs</span>
      {job && (
        <button type="button" className="job-bar-name" onClick={() => onShow(job)}>
          {nameOf(job)}
        </button>
      )}
      {job && (
        <span className="job-bar-stage muted numeric">
          {stateOf(job)}
          {job.seconds > 0 && ` · took ${duration(job.seconds)}`}
        </span>
      )}
      {job?.state === 'paused' && (
        <Button
          icon="play"
          blocked={readOnly ?? undefined}
          disabled={actions.busy}
          onClick={() => actions.resume(job.id)}
        >
          Resume
        </Button>
      )}
      <span className="job-bar-space" />
    </>
  );
}

interface DrawerProps extends Omit<IdleProps, 'onShow'> {
  readonly waiting: readonly JobRecord[];
  readonly onClose: () => void;
}

/** The drawer with the log of the job that was chosen in it. */
function Drawer({ jobs, waiting, actions, readOnly, onClose }: DrawerProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const recent = lately(jobs).slice(0, RECENT);
  const shown =
    jobs.find(({ id }) => id === chosen) ??
    jobs.find(({ state }) => state === 'running') ??
    recent[0] ??
    waiting[0];
  const log = useLog(shown?.id ?? null);
  return (
    <QueueDrawer
      shown={shown}
      waiting={waiting}
      recent={recent}
      log={log}
      actions={actions}
      readOnly={readOnly}
      onShow={(job) => setChosen(job.id)}
      onClose={onClose}
    />
  );
}

/** Jobs that ended or rest, the newest first. */
function lately(jobs: readonly JobRecord[]): JobRecord[] {
  return jobs
    .filter(({ state }) => state === 'finished' || state === 'failed' || state === 'paused')
    .sort((a, b) => (b.finished ?? b.created).localeCompare(a.finished ?? a.created));
}
