import type { EventName, EventOf } from '../../src-shared/contract/events.ts';
import type { Handlers } from '../../src-shared/contract/handlers.ts';
import type { Spawn } from '../host/child.ts';
import { OpenAnalyses } from './analysis/open-analyses.ts';
import { analysisHandlers } from './analysis-handlers.ts';
import { appHandlers } from './app-handlers.ts';
import type { PathAccess } from './context.ts';
import { datasetHandlers } from './dataset-handlers.ts';
import { fileHandlers } from './file-handlers.ts';
import { geneSetHandlers } from './gene-set-handlers.ts';
import { jobHandlers } from './job-handlers.ts';
import { jobDesk } from './jobs/job-desk.ts';
import { OpenMap } from './map/open-map.ts';
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
  const jobs = jobDesk(service);
  const map = new OpenMap(service);
  const analyses = new OpenAnalyses(service, map);
  return {
    handlers: {
      ...appHandlers(service),
      ...fileHandlers(service),
      ...projectHandlers(service),
      ...datasetHandlers(service),
      ...jobHandlers(service, jobs),
      ...mapHandlers(service, {}, map, analyses),
      ...resultHandlers(service),
      ...analysisHandlers(service, jobs, analyses),
      ...geneSetHandlers(service),
    },
    access: service.access,
    close: async () => {
      work.cancelAll();
      await service.close();
    },
  };
}
