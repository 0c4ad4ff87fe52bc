import type { JobRecord } from '../../../src-shared/domain/project.ts';
import { IconButton } from '../../components/Button.tsx';
import type { JobActions } from './use-job-actions.ts';
import { kindOf, nameOf } from './words.ts';

interface QueueListProps {
  /** Waiting jobs in the order in which they will run. */
  readonly jobs: readonly JobRecord[];
  readonly actions: Pick<JobActions, 'move' | 'remove'>;
  /** Why nothing can be changed; null when it can. */
  readonly readOnly: string | null;
  readonly onShow?: (job: JobRecord) => void;
}

/** Waiting jobs: earlier, later, away. */
export function QueueList({ jobs, actions, readOnly, onShow }: QueueListProps) {
  return (
    <ol className="queue">
      {jobs.map((job, i) => {
        const name = nameOf(job);
        return (
          <li key={job.id}>
            <span className="queue-place numeric muted">{i + 1}</span>
            <button type="button" className="queue-name" onClick={() => onShow?.(job)} title={name}>
              {name}
              <span className="muted small">{kindOf(job)}</span>
            </button>
            <IconButton
              icon="up"
              label={`Run ${name} earlier`}
              disabled={i === 0 || readOnly !== null}
              onClick={() => actions.move(job.id, jobs[i - 1]!.id)}
            />
            <IconButton
              icon="down"
              label={`Run ${name} later`}
              disabled={i === jobs.length - 1 || readOnly !== null}
              onClick={() => actions.move(job.id, jobs[i + 2]?.id ?? null)}
            />
            <IconButton
              icon="close"
              label={`Take ${name} out of the queue`}
              disabled={readOnly !== null}
              onClick={() => actions.remove(job)}
            />
          </li>
        );
      })}
    </ol>
  );
}

/** Jobs with these ids, in their order. */
export function inOrder(jobs: readonly JobRecord[], ids: readonly string[]): JobRecord[] {
  return ids.flatMap((id) => jobs.find((job) => job.id === id) ?? []);
}
