import type { Spawn } from '../../src-main/host/child.ts';
import { dispatch } from '../../src-main/host/dispatch.ts';
import type { ToEngine } from '../../src-main/host/protocol.ts';
import type { Handlers } from '../../src-shared/contract/handlers.ts';
import { PlayedChild } from './played-child.ts';

/** An engine's process that is none: answers with these handlers, as the real one dispatches. */
export function engineInside(handlers: Partial<Handlers>): {
  readonly spawn: Spawn;
  readonly latest: () => PlayedChild;
} {
  let child = new PlayedChild();
  const spawn: Spawn = () => {
    const started = new PlayedChild();
    child = started;
    started.send = (message) => {
      const told = structuredClone(message) as ToEngine;
      if (told.kind === 'shutdown') started.end('code 0');
      if (told.kind !== 'request') return;
      void dispatch(handlers, told.request).then((response) => started.say({ kind: 'response', response }));
    };
    return started;
  };
  return { spawn, latest: () => child };
}
