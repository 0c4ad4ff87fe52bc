import * as tf from '@tensorflow/tfjs-core';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { BackendChoice, BackendName } from '../../src-shared/domain/backends.ts';
import { loadBlas, startBlas, type BlasState } from './blas.ts';
import { quietTensorflow } from './compat.ts';
import { useNativeKernels } from './kernels.ts';
import { loadNative } from './native.ts';
import type { NativeState } from './native.ts';
import { threadsToUse } from './wasm-threads.ts';
import { noWebGpu, webGpuStatus } from './webgpu-status.ts';
import { runningWasm, startWasm } from './wasm.ts';

export type { BackendChoice, BackendName };

/** The backend that computes from now on. */
export interface BackendInfo {
  readonly name: BackendName;
  /** For people, such as "WASM · 2 threads". */
  readonly label: string;
  readonly threads: number;
  readonly device?: string;
  /** Facts worth a line in a report: versions, and what was switched off and why. */
  readonly details: readonly string[];
}

/** One line of `spagene backends`. */
export interface BackendStatus {
  readonly name: BackendName;
  readonly usable: boolean;
  /** What it is when it can be used; why not when it cannot. */
  readonly reason: string;
  /** What the user can do about it; empty when there is nothing to do. */
  readonly advice: string;
}

export interface BackendOptions {
  /** Threads to compute with; SPAGENE_THREADS, then all available cores, when left out. */
  readonly threads?: number;
}

const setUpAdvice = 'Run npm run setup:native, or take --backend wasm.';
const noBlas = (problem: string): string =>
  `The blas backend cannot be used here: ${problem}. ${setUpAdvice}`;
const gpuAdvice =
  'A GPU needs Linux or Windows (x64), an NVIDIA driver with CUDA 11, and tfjs-node-gpu (npm run setup:native); or take --backend native or wasm.';

/** Why the GPU cannot be used, undefined when it can. */
function gpuProblem(state: NativeState): string | undefined {
  if ('problem' in state) return state.problem;
  return state.onGpu ? undefined : `${state.package} finds no GPU it can use`;
}

/** Native TensorFlow, on the GPU or the CPU as libtensorflow decides; undefined when it is not there. */
async function startNative(state: NativeState, threads: number): Promise<BackendInfo | undefined> {
  if ('problem' in state || !(await tf.setBackend('tensorflow'))) return undefined;
  useNativeKernels(undefined);
  const details = [`${state.package}, TensorFlow ${state.tensorflow}`];
  return state.onGpu
    ? { name: 'gpu', label: `GPU (TensorFlow ${state.tensorflow})`, threads: 1, device: 'CUDA', details }
    : { name: 'native', label: `native CPU (TensorFlow ${state.tensorflow})`, threads, details };
}

async function startCpu(): Promise<BackendInfo> {
  useNativeKernels(undefined);
  await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  return { name: 'cpu', label: 'plain JavaScript (for tests)', threads: 1, details: [] };
}

const wasmLabel = (threads: number): string => `WASM · ${threads} thread${threads === 1 ? '' : 's'}`;

async function startWasmBackend(threads: number): Promise<BackendInfo> {
  useNativeKernels(undefined);
  const started = await startWasm(threads);
  return { name: 'wasm', label: wasmLabel(started.threads), ...started };
}

/** WASM's tensors with products and sweeps in native code; undefined where the addon is not there. */
async function startBlasBackend(blas: BlasState, threads: number): Promise<BackendInfo | undefined> {
  if ('problem' in blas) return undefined;
  await startBlas(blas.kernels, threads);
  const label = `BLAS · ${threads} thread${threads === 1 ? '' : 's'}`;
  return { name: 'blas', label, threads, details: [blas.description] };
}

/**
 * Loads a backend with the shims it needs and makes it tfjs' current one. `auto` takes the GPU, else
 * native TensorFlow on the CPU, else WASM with native kernels, else plain WASM, which is always there; never the
 * plain `cpu` backend. (Which of the two native ones is faster here is measured by engine/choose-backend.ts.)
 *
 * @throws UserError when the backend that was asked for cannot be used here
 */
export async function selectBackend(
  choice: BackendChoice,
  options: BackendOptions = {},
): Promise<BackendInfo> {
  const threads = threadsToUse(options.threads);
  quietTensorflow();
  if (choice === 'cpu') return startCpu();
  // Where there is a window for it, engine/start-backend.ts takes it.
  if (choice === 'webgpu') throw noWebGpu();
  if (choice === 'wasm') return startWasmBackend(threads);
  if (choice === 'blas') {
    const blas = loadBlas();
    if ('problem' in blas) throw new UserError(noBlas(blas.problem), {}, 'usage');
    return (await startBlasBackend(blas, threads))!;
  }
  const state = loadNative(threads, choice !== 'native');
  const problem = choice === 'gpu' ? gpuProblem(state) : 'problem' in state ? state.problem : undefined;
  if (choice !== 'auto' && problem !== undefined) {
    const advice = choice === 'gpu' ? gpuAdvice : setUpAdvice;
    throw new UserError(`The ${choice} backend cannot be used here: ${problem}. ${advice}`, {}, 'usage');
  }
  return (
    (await startNative(state, threads)) ??
    (await startBlasBackend(loadBlas(), threads)) ??
    startWasmBackend(threads)
  );
}

/** What can be used on this machine, why the others cannot, and what to do; leaves the current backend. */
export async function listBackends(): Promise<readonly BackendStatus[]> {
  const threads = threadsToUse();
  const current = tf.engine().backendName as string | undefined;
  quietTensorflow();
  const state = loadNative(threads, true);
  const noGpu = gpuProblem(state);
  const native = 'problem' in state ? undefined : `TensorFlow ${state.tensorflow} (${state.package})`;
  const blas = loadBlas();
  const wasm = runningWasm() ?? (await startWasm(threads));
  if (current !== undefined) await tf.setBackend(current);
  return [
    {
      name: 'gpu',
      usable: noGpu === undefined,
      reason: noGpu ?? native!,
      advice: noGpu === undefined ? '' : gpuAdvice,
    },
    webGpuStatus(),
    {
      name: 'native',
      usable: native !== undefined,
      reason: native ?? noGpu!,
      advice: native === undefined ? setUpAdvice : '',
    },
    {
      name: 'blas',
      usable: !('problem' in blas),
      reason: 'problem' in blas ? blas.problem : `WASM with ${blas.description}`,
      advice: 'problem' in blas ? setUpAdvice : '',
    },
    { name: 'wasm', usable: true, reason: [wasmLabel(wasm.threads), ...wasm.details].join('. '), advice: '' },
    { name: 'cpu', usable: true, reason: 'plain JavaScript, about 100 times slower; for tests', advice: '' },
  ];
}
