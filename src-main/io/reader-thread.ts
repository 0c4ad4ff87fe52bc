import { Worker } from 'node:worker_threads';
import type { Reply, Request } from './hdf5-protocol.ts';
import { workerFile } from './worker-file.ts';

/** Milliseconds that one call may take before the file counts as damaged, and bytes a second on top for large reads. */
const PATIENCE = 5000;
const SLOWEST = 25e6;
/** Milliseconds that a thread without a file is kept. */
const IDLE = 2000;

interface Pending {
  readonly resolve: (result: Reply['result']) => void;
  readonly reject: (error: Error) => void;
}

let idle: ReaderThread | undefined;
let built: Promise<string> | undefined;

/** One thread that runs reader-worker.ts, with a watchdog over every call. Calls are answered one after another. */
export class ReaderThread {
  readonly #worker: Worker;
  #turn: Promise<unknown> = Promise.resolve();
  #pending: Pending | undefined;
  #ended: Error | undefined;

  private constructor(file: string) {
    // What the library prints about damaged files is kept from the terminal; a stream that is read would also
    // keep the process alive.
    this.#worker = new Worker(file, {
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    });
    this.#worker.on('message', (reply: Reply) => {
      const pending = this.#settle();
      if (reply.error === undefined) pending?.resolve(reply.result ?? null);
      else pending?.reject(new Error(reply.error));
    });
    this.#worker.on('error', (error) => this.end(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', () => this.end(new Error('the reader ended')));
    this.#worker.unref();
  }

  /** A thread that holds no file: the idle one, or a new one. */
  static async take(): Promise<ReaderThread> {
    const thread = idle;
    idle = undefined;
    if (thread && !thread.#ended) return thread;
    built ??= workerFile('reader-worker');
    return new ReaderThread(await built);
  }

  /** Sends one request; rejects when the library fails, or has not answered in time for a read of `bytes` bytes. */
  ask(request: Request, bytes = 0, patience = PATIENCE): Promise<Reply['result']> {
    const result = this.#turn.then(() => this.#send(request, patience + (bytes / SLOWEST) * 1000));
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Closes the file and keeps the thread for the next one; a thread that fails in this is ended. */
  async giveBack(): Promise<void> {
    if (this.#ended) return;
    try {
      await this.ask({ call: 'close' });
    } catch {
      this.end();
    }
    keep(this);
  }

  end(reason = new Error('the reader was ended')): void {
    if (this.#ended) return;
    this.#ended = reason;
    void this.#worker.terminate();
    this.#settle()?.reject(reason);
  }

  #settle(): Pending | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    this.#worker.unref();
    return pending;
  }

  #send(request: Request, limit: number): Promise<Reply['result']> {
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(this.#ended);
        return;
      }
      const late = (): void => this.end(new Error('the library did not answer'));
      // When this thread was busy itself, the answer may be waiting behind the timer: look once more.
      const timer = setTimeout(() => setImmediate(() => setImmediate(() => this.#pending && late())), limit);
      const done = <T>(then: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(timer);
          then(value);
        };
      };
      this.#pending = { resolve: done(resolve), reject: done(reject) };
      this.#worker.ref();
      this.#worker.postMessage(request);
    });
  }
}

/** Keeps one thread a while for the next file; its heap never shrinks, so it does not stay. A second one is ended. */
function keep(thread: ReaderThread): void {
  if (idle) {
    thread.end();
    return;
  }
  idle = thread;
  setTimeout(() => {
    if (idle !== thread) return;
    idle = undefined;
    thread.end();
  }, IDLE).unref();
}
