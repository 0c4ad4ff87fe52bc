import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Gives `util.isNullOrUndefined` and `util.isArray` back. Node 23 removed them and
 * tfjs-node 4.22.0 still calls them (github tensorflow/tfjs issue 8609). Call before loading it.
 */
export function restoreRemovedNodeUtils(): void {
  const target = util as unknown as Record<string, unknown>;
  target['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  target['isArray'] ??= Array.isArray;
}

/**
 * Silences TensorFlow's own log (CPU features, oneDNN) and tfjs' advice to install tfjs-node.
 * libtensorflow reads the environment when it is loaded, so call this first; what the user set stays.
 */
export function quietTensorflow(): void {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // Production mode also leaves out tfjs' checks of every argument of every operation.
  tf.enableProdMode();
}

const crashEvents = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Runs `load` and takes away the crash handlers it leaves on `process`: Emscripten's (in
 * tfjs-backend-wasm) throw again from inside the handler, which turns every error of this program
 * into exit code 7 (github emscripten-core/emscripten issues 4643 and 7855).
 */
export async function withoutCrashHandlers<T>(load: () => Promise<T>): Promise<T> {
  const before = crashEvents.map((event) => new Set(process.rawListeners(event)));
  try {
    return await load();
  } finally {
    crashEvents.forEach((event, i) => {
      for (const listener of process.rawListeners(event)) {
        if (!before[i]!.has(listener)) {
          process.removeListener(event, listener as (...values: unknown[]) => void);
        }
      }
    });
  }
}
