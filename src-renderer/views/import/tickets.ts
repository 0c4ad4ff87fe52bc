import { useApp } from '../../store/store.ts';
import type { EngineClient } from '../../engine/client.ts';
import { messageOf } from '../../engine/message-of.ts';
import type { DatasetRecord } from '../../../src-shared/domain/project.ts';
import type { Progress } from './imports.ts';

/** Shows a record at once; the engine's push with the rest of the state follows. */
export function adopt(record: DatasetRecord): void {
  const { project, setProject } = useApp.getState();
  if (project !== null) setProject({ ...project, [record.role]: record });
}

/** Does something in the background; a refusal is shown as a notice. */
export function attempt(work: Promise<unknown>): void {
  work.catch((error: unknown) => useApp.getState().notify({ kind: 'error', message: messageOf(error) }));
}

/** Stops the work under a ticket. */
export function stop(engine: EngineClient, ticket: string): void {
  // What is over by now needs no stopping.
  engine.call('work:cancel', { ticket }).catch(() => undefined);
}

/** Does work under a ticket and hears of its progress meanwhile. */
export async function watched<T>(
  engine: EngineClient,
  ticket: string,
  told: (progress: Progress) => void,
  work: () => Promise<T>,
): Promise<T> {
  const end = engine.on('work:progress', (event) => {
    if (event.ticket === ticket) told({ stage: event.stage, share: event.share });
  });
  try {
    return await work();
  } finally {
    end();
  }
}
