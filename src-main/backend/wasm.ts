import { join, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { UserError } from '../../src-shared/contract/errors.ts';
import { withoutCrashHandlers } from './compat.ts';
import { registerWasmKernels } from './wasm-kernels.ts';
import { registerWasmMatMul } from './wasm-matmul.ts';
import { mostWasmThreads, wasmPackage, withPoolWorkers } from './wasm-threads.ts';

/** The part of Emscripten's module that holds the tensors. */
interface WasmModule {
  _malloc: (bytes: number) => number;
  _free: (address: number) => void;
}

export interface WasmStart {
  readonly threads: number;
  readonly details: readonly string[];
}

let running: WasmStart | undefined;
let askedThreads = 0;
let areKernelsRegistered = false;

/** The WASM backend if it was started before, whether it is the current one or not. */
export function runningWasm(): WasmStart | undefined {
  return running;
}

/**
 * Makes an allocation that does not fit an error: tfjs takes the null pointer of a full heap for an
 * address and overwrites what lies there.
 */
function guardMemory(module: WasmModule): void {
  // The first call replaces the property by the function itself.
  module._free(module._malloc(8));
  const allocate = module._malloc;
  module._malloc = (bytes) => {
    // The parameter has 32 bits: more would wrap around and get a small block.
    const address = bytes < 2 ** 32 ? allocate(bytes) : 0;
    if (address === 0 && bytes > 0) {
      throw new UserError(
        'The WASM backend ran out of its 4 GB of memory. Use the native backend (npm run setup:native), or a smaller batch, fewer genes or narrower layers.',
      );
    }
    return address;
  };
}

async function initialise(threads: number): Promise<number> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(join(wasmPackage(), 'dist') + sep);
  if (!areKernelsRegistered) {
    registerWasmKernels();
    registerWasmMatMul();
    areKernelsRegistered = true;
  }
  const factory = tf.findBackendFactory('wasm');
  if (tf.engine().registry['wasm'] !== undefined) {
    tf.removeBackend('wasm');
    tf.registerBackend('wasm', factory, 2);
  }
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1);
  wasm.setThreadsCount(threads);
  const start = (): Promise<boolean> => withoutCrashHandlers(() => tf.setBackend('wasm'));
  const isSet = threads > 1 ? await withPoolWorkers(threads, start) : await start();
  if (!isSet) throw new Error('tfjs-backend-wasm could not be initialised');
  guardMemory((tf.backend() as unknown as { wasm: WasmModule }).wasm);
  return threads > 1 ? wasm.getThreadsCount() : 1;
}

/**
 * Makes WASM the current backend, with the product kernels of wasm-matmul.ts and with worker threads.
 * A second call with the same number of threads keeps the running one; with another number it starts
 * anew, and tensors that lived there are gone. Falls back on one thread, saying so in the details.
 */
export async function startWasm(threads: number): Promise<WasmStart> {
  if (running && askedThreads === threads) {
    await tf.setBackend('wasm');
    return running;
  }
  askedThreads = threads;
  running = undefined;
  const wanted = Math.min(threads, mostWasmThreads);
  const details = wanted < threads ? [`WASM uses at most ${mostWasmThreads} threads.`] : [];
  try {
    running = { threads: await initialise(wanted), details };
  } catch (cause) {
    if (wanted === 1) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    running = {
      threads: await initialise(1),
      details: [...details, `Threads could not be started (${reason}), so WASM computes on one.`],
    };
  }
  return running;
}
