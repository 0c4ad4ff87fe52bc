/**
 * A process that works for us, however it was started: forked by Node, or a utility process of Electron. Messages are
 * structured clones: typed arrays arrive as typed arrays.
 */
export interface Child {
  readonly pid: number | undefined;
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once: `how` is "code 1" or a signal's name. */
  onExit(listener: (how: string) => void): void;
  kill(): void;
}

/** Entry points in dist/ that may be started as processes. */
export type Entry = 'engine-process' | 'job-worker' | 'evaluate-worker' | 'backends-worker';

/** Starts `dist/<entry>.js`. */
export type Spawn = (entry: Entry, args?: readonly string[]) => Child;
