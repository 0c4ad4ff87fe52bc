import {
  selectBackend,
  type BackendChoice,
  type BackendInfo,
  type BackendOptions,
} from '../backend/select.ts';
import { noWebGpu } from '../backend/webgpu-status.ts';
import { trainerLine } from '../host/trainer.ts';
import { RemoteTrainer } from '../methods/remote-stage.ts';
import { trainIn } from '../methods/training-place.ts';

/** The window that trains, and its graphics card. */
interface Window {
  readonly trainer: RemoteTrainer;
  readonly device: string;
}

type Found = Window | { readonly problem: string };

/** Milliseconds in which the window has to say what card it has. */
const PATIENCE = 10_000;

let asked: Promise<Found | undefined> | undefined;

/** What the hidden window says of its graphics card; undefined where there is no window. Asked once per process. */
export function gpuWindow(): Promise<Found | undefined> {
  asked ??= (async () => {
    const line = await trainerLine();
    if (line === undefined) return undefined;
    const trainer = new RemoteTrainer(line);
    const found = await Promise.race([
      trainer.device().catch((): Found => ({ problem: 'the hidden window has ended' })),
      silence('the hidden window does not answer'),
    ]);
    return 'problem' in found ? found : { trainer, device: found.device };
  })();
  return asked;
}

function silence(problem: string): Promise<{ readonly problem: string }> {
  return new Promise((resolve) => void setTimeout(() => resolve({ problem }), PATIENCE).unref());
}

/**
 * `selectBackend`, and WebGPU too: then networks are trained in the hidden window, and all the rest (the methods to
 * compare with, imputing) is computed here, on the best backend of this process.
 *
 * @throws UserError when the backend that was asked for cannot be used here
 */
export async function startBackend(
  choice: BackendChoice,
  options: BackendOptions = {},
): Promise<BackendInfo> {
  if (choice !== 'webgpu') {
    trainIn(undefined);
    return selectBackend(choice, options);
  }
  const found = await gpuWindow();
  if (found === undefined || 'problem' in found) throw noWebGpu(found);
  trainIn(found.trainer);
  const rest = await selectBackend('auto', options);
  return {
    name: 'webgpu',
    label: `WebGPU (${found.device})`,
    threads: rest.threads,
    device: found.device,
    details: [
      `Networks are trained in a hidden window; all the rest is computed on ${rest.label}.`,
      ...rest.details,
    ],
  };
}
