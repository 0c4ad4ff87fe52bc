import type { EventName, EventOf } from '../../src-shared/contract/events.ts';
import type { Handlers } from '../../src-shared/contract/handlers.ts';
import type { Spawn } from '../host/child.ts';
import { appHandlers } from './app-handlers.ts';
import type { PathAccess } from './context.ts';
import { datasetHandlers } from './dataset-handlers.ts';
import { fileHandlers } from './file-handlers.ts';
import { jobHandlers } from './job-handlers.ts';
import { mapHandlers } from './map-handlers.ts';
import { openProjectService } from './open-project.ts';
import { projectHandlers } from './project-handlers.ts';
import { resultHandlers } from './result-handlers.ts';
import { TicketedWork } from './work.ts';

export interface EngineOptions {
  readonly version: string;
  readonly shell: 'electron' | 'browser';
  readonly spawn: Spawn;
  emit<K extends EventName>(event: K, payload: EventOf<K>): void;
}

export interface Engine {
  readonly handlers: Handlers;
  readonly access: PathAccess;
  /** Stops work, pauses jobs with a checkpoint, closes the project. */
  close(): Promise<void>;
}

/** Everything that a page can ask for, over one project that is open at a time. */
export function createEngine(options: EngineOptions): Engine {
  const work = new TicketedWork((progress) => options.emit('work:progress', progress));
  const service = openProjectService({ ...options, work });
  return {
    handlers: {
      ...appHandlers(service),
      ...fileHandlers(service),
      ...projectHandlers(service),
      ...datasetHandlers(service),
      ...jobHandlers(service),
      ...mapHandlers(service),
      ...resultHandlers(service),
    },
    access: service.access,
    close: async () => {
      work.cancelAll();
      await service.close();
    },
  };
}
