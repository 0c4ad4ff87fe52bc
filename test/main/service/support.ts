import { join } from 'node:path';
import { vi } from 'vitest';
import type { EventName, EventOf } from '../../../src-shared/contract/events.ts';
import type { Handlers } from '../../../src-shared/contract/handlers.ts';
import type { Spawn } from '../../../src-main/host/child.ts';
import { appHandlers } from '../../../src-main/service/app-handlers.ts';
import { fileHandlers } from '../../../src-main/service/file-handlers.ts';
import { openProjectService, type ProjectService } from '../../../src-main/service/open-project.ts';
import { projectHandlers } from '../../../src-main/service/project-handlers.ts';
import { TicketedWork } from '../../../src-main/service/work.ts';
import { temporaryFolder } from '../project/support.ts';

export interface Pushed {
  readonly event: EventName;
  readonly payload: unknown;
  readonly at: number;
}

type Mine = ReturnType<typeof appHandlers> &
  ReturnType<typeof fileHandlers> &
  ReturnType<typeof projectHandlers>;

/** The handlers of one file's tests, over a home and settings folder of their own. */
export interface Desk {
  readonly home: string;
  readonly service: ProjectService;
  readonly handlers: Pick<Handlers, keyof Mine>;
  readonly pushed: Pushed[];
}

/** Makes `os.homedir()` a temporary folder for the rest of the test file. */
export function ownHome(): string {
  const home = temporaryFolder();
  vi.stubEnv('HOME', home);
  vi.stubEnv('USERPROFILE', home);
  vi.stubEnv('XDG_CONFIG_HOME', join(home, '.config'));
  vi.stubEnv('OneDrive', '');
  vi.stubEnv('SPAGENE_HOME', join(home, 'settings'));
  return home;
}

export const noProcess: Spawn = () => {
  throw new Error('no process is started here');
};

export function newDesk(
  home: string,
  { shell = 'browser', spawn = noProcess }: { shell?: 'browser' | 'electron'; spawn?: Spawn } = {},
): Desk {
  const pushed: Pushed[] = [];
  const service = openProjectService({
    version: '1.2.3',
    shell,
    spawn,
    work: new TicketedWork(() => undefined),
    emit: <K extends EventName>(event: K, payload: EventOf<K>) =>
      void pushed.push({ event, payload, at: performance.now() }),
  });
  const handlers = { ...appHandlers(service), ...fileHandlers(service), ...projectHandlers(service) };
  return { home, service, handlers, pushed };
}
