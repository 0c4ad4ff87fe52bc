import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import { dirname, join } from 'node:path';
import vm from 'node:vm';
import { Worker } from 'node:worker_threads';
import type { Transferable } from 'node:worker_threads';

/** tfjs-backend-wasm's build starts this many workers, whatever number of threads is asked for. */
const poolSize = 8;
/** The main thread takes part, and a worker cannot be added while it waits for the others. */
export const mostWasmThreads = poolSize;

/** Threads to use: what was asked for, else SPAGENE_THREADS, else all available cores; 1 to 8 for WASM. */
export function threadsToUse(asked?: number): number {
  const fromEnvironment = Number(process.env['SPAGENE_THREADS'] ?? Number.NaN);
  const count = asked ?? (Number.isInteger(fromEnvironment) ? fromEnvironment : os.availableParallelism());
  return Math.max(1, Math.floor(count));
}

/** The folder of the tfjs-backend-wasm that this program loads. */
export function wasmPackage(): string {
  return dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
}

/** The script that Emscripten made for its workers, which the package keeps as a string in a module. */
function workerScript(folder: string): string {
  const file = join(folder, 'wasm-out', 'tfjs-backend-wasm-threaded-simd.worker.js');
  const module = { exports: {} as { wasmWorkerContents?: string } };
  vm.runInNewContext(readFileSync(file, 'utf8'), { module });
  // The string went through a template literal, which turned the script's own "\n" into line ends.
  return module.exports.wasmWorkerContents!.replaceAll('\n', '\\n');
}

interface WorkerMessage {
  readonly cmd?: string;
}

/** A worker that Emscripten's pool starts: takes its module from a file, and never keeps the process open. */
class PoolWorker extends Worker {
  readonly #moduleFile: string;
  readonly #failed: (cause: unknown) => void;

  constructor(script: string, moduleFile: string, failed: (cause: unknown) => void) {
    super(script, { eval: true, execArgv: [] });
    this.#moduleFile = moduleFile;
    this.#failed = failed;
    super.on('error', failed);
    super.unref();
  }

  /** Emscripten would hold the process open while a thread exists; its threads wait for ever. */
  override ref(): void {
    super.unref();
  }

  /** Emscripten's own error listener throws outside anybody's reach. */
  override on(event: string, listener: (...values: never[]) => void): this {
    if (event === 'error') return super.on('error', this.#failed);
    return super.on(event, listener as (...values: unknown[]) => void);
  }

  override postMessage(message: WorkerMessage, transfer?: readonly Transferable[]): void {
    const loads = message.cmd === 'load';
    super.postMessage(loads ? { ...message, urlOrBlob: this.#moduleFile } : message, transfer);
  }
}

/** Stands in for a worker of the pool that no thread will use: says that it is loaded, and costs nothing. */
class UnusedWorker extends EventEmitter {
  postMessage(message: WorkerMessage): void {
    if (message.cmd === 'load') queueMicrotask(() => this.emit('message', { cmd: 'loaded' }));
  }

  ref(): void {
    // Nothing holds the process open.
  }

  unref(): void {
    // Nothing holds the process open.
  }

  terminate(): void {
    // Nothing runs.
  }
}

/**
 * Runs `start` (which initialises the threaded WASM module) with a global `Worker` that works in Node.
 *
 * tfjs hands its workers a blob: URL that worker_threads cannot open, and therefore switches threads off
 * (github tensorflow/tfjs issue 3830). The script and the module also lie in the package as files.
 *
 * @param threads threads including the calling one, 2 to 8
 * @throws whatever a worker fails with, or an Error when they are not up after 20 seconds
 */
export async function withPoolWorkers<T>(threads: number, start: () => Promise<T>): Promise<T> {
  const folder = wasmPackage();
  const script = workerScript(folder);
  const moduleFile = join(folder, 'wasm-out', 'tfjs-backend-wasm-threaded-simd.js');
  const earlier = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  const { cpus } = os;
  // The module allows itself half of the processors that it sees.
  os.cpus = () => Array.from({ length: 2 * threads }, () => cpus()[0]!);
  let started = 0;
  let timer: NodeJS.Timeout | undefined;
  const failure = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the worker threads did not start within 20 s')), 20_000);
    // The pool hands out its last workers first, so the first ones are those without a thread.
    const makeWorker = function () {
      started++;
      return started <= poolSize - (threads - 1)
        ? new UnusedWorker()
        : new PoolWorker(script, moduleFile, reject);
    };
    // Emscripten sets global.Worker to worker_threads' own; the empty setter keeps ours.
    Object.defineProperty(globalThis, 'Worker', {
      configurable: true,
      get: () => makeWorker,
      set: () => undefined,
    });
  });
  try {
    return await Promise.race([start(), failure]);
  } finally {
    clearTimeout(timer);
    os.cpus = cpus;
    Reflect.deleteProperty(globalThis, 'Worker');
    if (earlier) Object.defineProperty(globalThis, 'Worker', earlier);
  }
}
