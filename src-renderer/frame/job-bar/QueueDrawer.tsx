import { useEffect, useRef } from 'react';
import type { JobRecord } from '../../../src-shared/domain/project.ts';
import { IconButton } from '../../components/Button.tsx';
import { formatMoment } from '../../lib/moment.ts';
import { LogView } from './LogView.tsx';
import { QueueList } from './QueueList.tsx';
import type { JobActions } from './use-job-actions.ts';
import type { Log } from './use-log.ts';
import { kindOf, nameOf, stateOf } from './words.ts';

interface QueueDrawerProps {
  /** The job whose log is shown: the running one, else the newest. */
  readonly shown: JobRecord | undefined;
  readonly waiting: readonly JobRecord[];
  readonly recent: readonly JobRecord[];
  readonly log: Log;
  readonly actions: JobActions;
  readonly readOnly: string | null;
  readonly onShow: (job: JobRecord) => void;
  readonly onClose: () => void;
}

/** What runs, what waits and what was done last, and the log. */
export function QueueDrawer({
  shown,
  waiting,
  recent,
  log,
  actions,
  readOnly,
  onShow,
  onClose,
}: QueueDrawerProps) {
  const root = useRef<HTMLElement>(null);
  useEffect(() => root.current?.focus(), []);
  return (
    <section
      ref={root}
      className="drawer"
      role="dialog"
      aria-label="Jobs and log"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="drawer-head">
        <h2>Jobs and log</h2>
        <IconButton icon="close" label="Close jobs and log" onClick={onClose} />
      </div>
      <div className="drawer-jobs">
        <h3>Waiting</h3>
        {waiting.length === 0 ? (
          <p className="muted small">Nothing waits. What is started while a job runs waits here.</p>
        ) : (
          <QueueList jobs={waiting} actions={actions} readOnly={readOnly} onShow={onShow} />
        )}
        <h3>Lately</h3>
        {recent.length === 0 && <p className="muted small">No job has ended yet.</p>}
        <ul className="drawer-recent">
          {recent.map((job) => (
            <li key={job.id}>
              <button type="button" className="queue-name" onClick={() => onShow(job)}>
                {nameOf(job)}
                <span className="muted small">
                  {kindOf(job)} · {stateOf(job)}
                  {job.finished !== null && ` ${formatMoment(job.finished)}`}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div className="drawer-log">
        <h3>{shown === undefined ? 'Log' : `Log of ${nameOf(shown)}`}</h3>
        {shown?.warnings.map(({ code, message }, i) => (
          <p key={`${code} ${i}`} className="drawer-warning small">
            {message}
          </p>
        ))}
        {shown === undefined ? <p className="muted small">No job yet.</p> : <LogView log={log} label="Log" />}
      </div>
    </section>
  );
}
