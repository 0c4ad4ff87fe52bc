import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { restoreRemovedNodeUtils } from './compat.ts';

/** The native backend as far as this program asks it. */
interface NativeBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_Version: string };
}

export interface NativeStart {
  readonly onGpu: boolean;
  /** Version of libtensorflow. */
  readonly tensorflow: string;
  /** The npm package that was loaded. */
  readonly package: string;
}

/** Whether the native backend can be used, and why not. */
export type NativeState = NativeStart | { readonly problem: string };

const packages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];
const here = createRequire(import.meta.url);

/** The folder above this file that holds `node_modules` with tfjs-core: the project, or where it is installed. */
export function projectFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** The first line of an error; libraries put pages of advice behind it. */
function reasonOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!.trim();
}

/** Where a package of the native backend lies: `.native/`, made by setup:native, comes before node_modules. */
function findPackages(): { name: string; entry: string }[] {
  const places = [createRequire(join(projectFolder(), '.native', 'package.json')), here];
  const found: { name: string; entry: string }[] = [];
  for (const place of places) {
    for (const name of packages) {
      try {
        const entry = place.resolve(name);
        if (!found.some((other) => other.entry === entry)) found.push({ name, entry });
      } catch {
        // Not installed there.
      }
    }
  }
  return found;
}

/** Packages of the native backend that are installed, the first to be tried first; whether they work is not tried. */
export function nativePackages(): string[] {
  return findPackages().map(({ name }) => name);
}

function load(name: string, entry: string, threads: number): NativeState {
  const core = realpathSync(createRequire(entry).resolve('@tensorflow/tfjs-core'));
  if (core !== realpathSync(here.resolve('@tensorflow/tfjs-core'))) {
    // Its tensors and kernels would be of other classes than those of the rest of the program.
    return { problem: `${name} brings its own copy of tfjs-core` };
  }
  // libtensorflow reads it when its context is made; there is no call for it.
  process.env['TF_NUM_INTRAOP_THREADS'] ??= String(threads);
  setUpGpu(process.env);
  try {
    createRequire(entry)(entry);
    const backend = tf.findBackend('tensorflow') as unknown as NativeBackend;
    return { onGpu: backend.isUsingGpuDevice, tensorflow: backend.binding.TF_Version, package: name };
  } catch (cause) {
    return { problem: `${name} cannot be loaded (${reasonOf(cause)})` };
  }
}

/**
 * What libtensorflow and CUDA read when they are loaded; what the user set stays. Memory is taken as it is needed, not
 * all that the card has. Products are computed in float32: since Ampere, TF32 would round their factors to three digits.
 */
export function setUpGpu(environment: Record<string, string | undefined>): void {
  environment['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
  environment['NVIDIA_TF32_OVERRIDE'] ??= '0';
}

let state: NativeState | undefined;

/**
 * Loads tfjs-node-gpu or tfjs-node, whichever works first, once per process.
 * libtensorflow cannot be unloaded, so what a later call asks has no effect.
 */
export function loadNative(threads: number, mayUseGpu: boolean): NativeState {
  if (state) return state;
  if (!mayUseGpu) process.env['CUDA_VISIBLE_DEVICES'] = '-1';
  restoreRemovedNodeUtils();
  const current = tf.engine().backendName as string | undefined;
  const problems: string[] = [];
  for (const { name, entry } of findPackages()) {
    const result = load(name, entry, threads);
    if (!('problem' in result)) return (state = result);
    problems.push(result.problem);
  }
  if (current !== undefined) void tf.setBackend(current);
  return (state = { problem: problems.join('; ') || 'tfjs-node is not installed' });
}
