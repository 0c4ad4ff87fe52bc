import type { EventName, EventOf } from '../../src-shared/contract/events.ts';
import type { Request, Response } from '../../src-shared/contract/messages.ts';

/** What a host tells the engine's process. `start` comes first, also after a crash. */
export type ToEngine =
  | {
      readonly kind: 'start';
      readonly shell: 'electron' | 'browser';
      readonly version: string;
      /** Project that was open when the process before this one ended; opened before anything is answered. */
      readonly folder: string | null;
      readonly granted: readonly string[];
    }
  | { readonly kind: 'request'; readonly request: Request }
  /** The user picked this path in a dialog of the system. */
  | { readonly kind: 'grant'; readonly path: string }
  /** Pause the jobs with a checkpoint, close the project, exit. */
  | { readonly kind: 'shutdown' };

/** What the engine's process tells its host. Requests and responses may also go over a port of their own. */
export type FromEngine =
  { readonly kind: 'ready' } | { readonly kind: 'response'; readonly response: Response } | EngineEvent;

export type EngineEvent = {
  readonly [K in EventName]: { readonly kind: 'event'; readonly event: K; readonly payload: EventOf<K> };
}[EventName];

/** `kind` of a message from outside; undefined where it has none. */
export function kindOf(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return undefined;
  return typeof message.kind === 'string' ? message.kind : undefined;
}
