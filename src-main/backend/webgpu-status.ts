import { UserError } from '../../src-shared/contract/errors.ts';
import type { BackendStatus } from './select.ts';

const ADVICE =
  'Start SpaGene with its own window (npm start, where Electron is installed), or take --backend native or wasm.';
const NO_WINDOW = 'it computes in a hidden window of the desktop app, and this process has none';

/** The line of `spagene backends`; `found` is what the hidden window said, undefined where there is no such window. */
export function webGpuStatus(
  found?: { readonly device: string } | { readonly problem: string },
): BackendStatus {
  if (found !== undefined && 'device' in found)
    return { name: 'webgpu', usable: true, reason: `${found.device}, in a hidden window`, advice: '' };
  const reason = found?.problem ?? NO_WINDOW;
  return { name: 'webgpu', usable: false, reason, advice: found === undefined ? ADVICE : '' };
}

/** Why WebGPU cannot be computed on, as an error. */
export function noWebGpu(found?: { readonly problem: string }): UserError {
  const { reason, advice } = webGpuStatus(found);
  const rest = advice === '' ? 'Take --backend native or wasm.' : advice;
  return new UserError(`The webgpu backend cannot be used here: ${reason}. ${rest}`, {}, 'usage');
}
