/** What the caller can do about an error; the command line turns the kind into its exit code. */
export type ErrorKind = 'input' | 'usage' | 'stopped' | 'internal';

/** Where something is wrong: a file, an element inside it (dataset, column, layer), a row (1-based). */
export interface Place {
  readonly file?: string;
  readonly element?: string;
  readonly row?: number;
}

/**
 * An error that a user can act on. `message` is one clear sentence (or two) that says what is wrong,
 * where, and what to do; it is shown as it stands and never with a stack trace.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly kind: ErrorKind;
  readonly place: Place;

  constructor(message: string, place: Place = {}, kind: ErrorKind = 'input', cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.place = place;
  }
}

/** Thrown when the user stopped a job; what was computed until then is on disk. */
export class StoppedError extends UserError {
  constructor(message = 'Stopped.') {
    super(message, {}, 'stopped');
  }
}

/** What a job asks whether it should stop; an AbortSignal is one. */
export interface StopSignal {
  readonly aborted: boolean;
}

/** Throws {@link StoppedError} when the signal says stop. */
export function throwIfStopped(signal: StopSignal | undefined): void {
  if (signal?.aborted === true) throw new StoppedError();
}

/** Something suspicious that does not stop the work; kept with the result. */
export interface Warning {
  /** A stable name, such as `duplicate-genes`. */
  readonly code: string;
  readonly message: string;
  readonly place?: Place;
}
