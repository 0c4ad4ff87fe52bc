import { Worker } from 'node:worker_threads';
import type { StopSignal, Warning } from '../../src-shared/contract/errors.ts';
import { throwIfStopped } from '../../src-shared/contract/errors.ts';
import { createPending, writeError, type PendingFile } from './atomic-write.ts';
import type { H5adContent } from './h5ad-file.ts';
import type { RowsByElement, WriterReply, WriterRequest } from './h5ad-writer-protocol.ts';
import type { Rows } from './h5ad-writer-stream.ts';
import { workerFile } from './worker-file.ts';

/**
 * Bytes that may wait for the writer. A matrix is compressed a band (64 MB) at a time, so that less would leave one
 * side idle while the other works.
 */
const BYTES_AHEAD = 96 * 2 ** 20;
/** Milliseconds between two looks at the stop signal while the writer is waited for. */
const LOOK = 100;

/** An AnnData file written by a thread of its own. Rows come in order and without gaps. */
export interface H5adThreadWriter {
  readonly warnings: readonly Warning[];
  /**
   * Hands rows over, arrays that own their memory without a copy: they must not be used afterwards. Waits for as long
   * as too much lies before the writer. Throws a UserError when an earlier write failed, StoppedError on the signal.
   */
  append(firstRow: number, rows: RowsByElement, stop?: StopSignal): Promise<void>;
  /** Puts the file in place. Throws a RangeError when rows are missing; nothing stays on disk then. */
  finish(): Promise<void>;
  /** Ends the thread wherever it is and removes what was written; does nothing after `finish`. */
  abort(): Promise<void>;
}

/** Like `createH5ad` of h5ad-writer.ts: appears under its name when finished, and the same errors. */
export async function createH5adInThread(path: string, content: H5adContent): Promise<H5adThreadWriter> {
  const pending = await createPending(path);
  const writer = new ThreadWriter(path, pending, new Worker(await workerFile('h5ad-writer-worker')));
  await writer.create(content);
  return writer;
}

class ThreadWriter implements H5adThreadWriter {
  warnings: readonly Warning[] = [];
  readonly #path: string;
  readonly #pending: PendingFile;
  readonly #worker: Worker;
  /** Bytes of each request that has not been answered. */
  readonly #waiting: number[] = [];
  #error: Error | undefined;
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(path: string, pending: PendingFile, worker: Worker) {
    [this.#path, this.#pending, this.#worker] = [path, pending, worker];
    worker.on('message', (reply: WriterReply) => this.#answered(reply));
    worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.#fail(new Error('the writer ended')));
  }

  async create(content: H5adContent): Promise<void> {
    try {
      this.#send({ call: 'create', file: this.#pending.temporary, content }, 0, []);
      await this.#until(() => this.#waiting.length === 0);
    } catch (error) {
      await this.abort();
      throw error;
    }
  }

  async append(firstRow: number, rows: RowsByElement, stop?: StopSignal): Promise<void> {
    const arrays = Object.values(rows).flatMap(arraysOf);
    const bytes = arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
    this.#send({ call: 'append', firstRow, rows }, bytes, transferable(arrays));
    const ahead = () => this.#waiting.reduce((sum, waiting) => sum + waiting, 0);
    await this.#until(() => ahead() <= BYTES_AHEAD, stop);
  }

  async finish(): Promise<void> {
    try {
      this.#send({ call: 'finish' }, 0, []);
      await this.#until(() => this.#waiting.length === 0);
      await this.#end();
      await this.#pending.commit();
    } catch (error) {
      await this.abort();
      throw writeError(error, this.#path);
    }
  }

  async abort(): Promise<void> {
    if (this.#ended) return;
    await this.#end();
    await this.#pending.discard().catch(() => undefined);
  }

  async #end(): Promise<void> {
    this.#ended = true;
    await this.#worker.terminate();
  }

  #send(request: WriterRequest, bytes: number, transfer: ArrayBuffer[]): void {
    if (this.#ended) throw new Error(`${this.#path} is not being written (any more)`);
    this.#waiting.push(bytes);
    this.#worker.postMessage(request, transfer);
  }

  #answered(reply: WriterReply): void {
    this.#waiting.shift();
    if ('error' in reply) {
      const error = reply.name === 'RangeError' ? new RangeError(reply.error) : new Error(reply.error);
      this.#fail(Object.assign(error, reply.code !== undefined && { code: reply.code }));
    } else if (reply.warnings) this.warnings = reply.warnings;
    this.#wake?.();
  }

  #fail(error: Error): void {
    this.#error ??= writeError(error, this.#path) as Error;
    this.#wake?.();
  }

  /** Waits for a condition of the thread's answers. */
  async #until(reached: () => boolean, stop?: StopSignal): Promise<void> {
    for (;;) {
      throwIfStopped(stop);
      if (this.#error !== undefined) throw this.#error;
      if (reached()) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}

type Values = Float32Array | Float64Array | Uint32Array | Int32Array;

function arraysOf(rows: Rows): Values[] {
  return ArrayBuffer.isView(rows) ? [rows] : [rows.indptr, rows.indices, rows.values];
}

/** Memory that changes hands: that of arrays which are the only ones to use it. */
function transferable(arrays: readonly Values[]): ArrayBuffer[] {
  return arrays
    .filter(({ byteLength, buffer }) => buffer instanceof ArrayBuffer && byteLength === buffer.byteLength)
    .map(({ buffer }) => buffer as ArrayBuffer);
}
