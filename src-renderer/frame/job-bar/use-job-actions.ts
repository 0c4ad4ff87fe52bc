import type { JobRecord } from '../../../src-shared/domain/project.ts';
import type { EngineClient } from '../../engine/client.ts';
import { useEngine } from '../../engine/context.ts';
import { messageOf } from '../../engine/message-of.ts';
import { useAction } from '../../engine/use-call.ts';
import { useApp } from '../../store/store.ts';
import { nameOf } from './words.ts';

export interface JobActions {
  readonly pause: (id: string) => void;
  readonly resume: (id: string) => void;
  readonly finishEarly: (id: string) => void;
  /** Takes a job away, stopping it where it runs; offers Undo. */
  readonly remove: (job: JobRecord) => void;
  /** Puts a waiting job before another, or last. */
  readonly move: (id: string, before: string | null) => void;
  /** Something was asked for and is not answered yet. */
  readonly busy: boolean;
}

/** What can be done with jobs; refusals become notices. */
export function useJobActions(): JobActions {
  const engine = useEngine();
  const pause = useAction((id: string) => engine.call('job:pause', { id }));
  const resume = useAction((id: string) => engine.call('job:resume', { id }));
  const finishEarly = useAction((id: string) => engine.call('job:finish-early', { id }));
  const move = useAction((id: string, before: string | null) => engine.call('job:move', { id, before }));
  const remove = useAction((job: JobRecord) => removed(engine, job));
  return {
    pause: pause.run,
    resume: resume.run,
    finishEarly: finishEarly.run,
    remove: remove.run,
    move: move.run,
    busy: [pause, resume, finishEarly, move, remove].some(({ busy }) => busy),
  };
}

async function removed(engine: EngineClient, job: JobRecord): Promise<void> {
  const { id, kind, state } = job;
  const active = state === 'queued' || state === 'running';
  const { trash } = await (active
    ? engine.call('job:cancel', { id })
    : engine.call('project:remove', { kind, id }));
  const { notify } = useApp.getState();
  const restore = () => {
    engine
      .call('project:restore', { trash })
      .catch((error: unknown) => notify({ kind: 'error', message: messageOf(error) }));
  };
  const message = `${nameOf(job)} was ${active ? 'stopped and ' : ''}removed.`;
  notify({ kind: 'info', message, action: { label: 'Undo', run: restore } });
}
