import type { Place } from '../../src-shared/contract/errors.ts';
import type { CallName } from '../../src-shared/contract/handlers.ts';
import type { Failure, FailureCode } from '../../src-shared/contract/messages.ts';

/** `up`: calls are answered; `lost`: tried again until it is up. */
export type LinkStatus = 'connecting' | 'up' | 'lost';

/** A call that was refused or failed; the message is a sentence to be shown. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: FailureCode;
  readonly place: Place;

  constructor(failure: Failure) {
    super(failure.message);
    this.code = failure.code;
    this.place = failure.place ?? {};
  }
}

/** What a transport tells the client. */
export interface TransportEvents {
  status(status: LinkStatus): void;
  /** A push, not yet parsed. */
  push(message: unknown): void;
}

/** What carries messages: a WebSocket, or Electron's IPC and MessagePort. */
export interface Transport {
  start(events: TransportEvents): void;
  /** Resolves to the Response, not yet parsed. Rejects with an EngineError of code `gone` when there is no link. */
  request(call: CallName, args: unknown): Promise<unknown>;
  close(): void;
}

/** For a call that has nobody to answer it. */
export function gone(message: string): EngineError {
  return new EngineError({ code: 'gone', message });
}
