import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { useNativeKernels, type NativeKernels } from './kernels.ts';
import { projectFolder } from './native.ts';
import { startWasm } from './wasm.ts';

/** The addon, or why it cannot be used. */
export type BlasState =
  { readonly kernels: NativeKernels; readonly description: string } | { readonly problem: string };

const FILE = 'spagene-kernels.node';

/** Where the addon may lie: where SPAGENE_KERNELS says, built by setup:native, packaged with the app. */
function candidates(): string[] {
  const asked = process.env['SPAGENE_KERNELS'];
  if (asked !== undefined) return asked === '' ? [] : [asked];
  const resources = (process as { readonly resourcesPath?: string }).resourcesPath;
  return [
    join(projectFolder(), '.native', 'kernels', FILE),
    ...(resources === undefined ? [] : [join(resources, 'native', FILE)]),
  ];
}

let state: BlasState | undefined;

/** Loads the addon once per process; a library cannot be unloaded. */
export function loadBlas(coreType?: string): BlasState {
  if (state) return state;
  const file = candidates().find((path) => existsSync(path));
  if (file === undefined) return (state = { problem: 'its native kernels are not built' });
  // OpenBLAS reads it while it is loaded; what the user set stays.
  if (coreType !== undefined) process.env['OPENBLAS_CORETYPE'] ??= coreType;
  try {
    const kernels = createRequire(import.meta.url)(file) as NativeKernels;
    return (state = { kernels, description: kernels.description() });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0]! : String(cause);
    return (state = { problem: `its native kernels cannot be loaded (${reason})` });
  }
}

/**
 * Makes the WASM backend the current one, with products and sweeps by native kernels that work in place on its
 * memory. WASM itself gets one thread: the kernels divide the work among `threads` of their own.
 */
export async function startBlas(kernels: NativeKernels, threads: number): Promise<void> {
  await startWasm(1);
  kernels.setThreads(threads);
  useNativeKernels(kernels);
}
