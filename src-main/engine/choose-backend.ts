import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { backendNames, type BackendChoice, type BackendName } from '../../src-shared/domain/backends.ts';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { loadBlas } from '../backend/blas.ts';
import { nativePackages } from '../backend/native.ts';
import { selectBackend } from '../backend/select.ts';
import { writeFileAtomically } from '../io/atomic-write.ts';
import { configFolder } from '../io/config-folder.ts';
import { makeFolder } from '../io/make-folder.ts';
import { stepSeconds, widthOf, type Width } from './calibrate.ts';
import { gpuWindow } from './start-backend.ts';

const FILE = 'fastest-backend.json';

/** What was measured on this machine, by what it was measured with. */
const measured = z.record(
  z.string(),
  z.strictObject({ name: z.enum(backendNames), seconds: z.record(z.string(), z.number().positive()) }),
);
type Measured = z.infer<typeof measured>;

/**
 * What `auto` means for a configuration: of what can compute here (native TensorFlow, the native kernels, WebGPU in the
 * app's window) the one whose training steps are fastest, measured once, in seconds, and remembered; a GPU that
 * native TensorFlow can use comes first. Other choices stay what they are.
 */
export async function chooseBackend(
  choice: BackendChoice,
  parameters: Hyperparameters,
): Promise<BackendChoice> {
  if (choice !== 'auto') return choice;
  const window = await gpuWindow();
  const webGpu = window !== undefined && !('problem' in window) ? realCard(window.device) : undefined;
  const blas = loadBlas();
  const candidates: BackendName[] = [
    ...(nativePackages().length > 0 ? (['native'] as const) : []),
    ...('problem' in blas ? [] : (['blas'] as const)),
  ];
  // Plain WASM is always there, and slower than both.
  if (candidates.length === 0) candidates.push('wasm');
  if (webGpu !== undefined) candidates.push('webgpu');
  if (candidates.length === 1) return choice;
  const width = widthOf(parameters);
  const key = [keyOf(width), ...(webGpu === undefined ? [] : [webGpu])].join(' · ');
  const known = await remembered(candidates, key);
  if (known !== undefined) return known;
  // Whether TensorFlow has a GPU is known once it is loaded; then there is nothing to compare.
  if (candidates.includes('native') && (await selectBackend('auto')).name === 'gpu') return 'gpu';
  return fastestOf(candidates, key, (name) =>
    name === 'webgpu' ? inTime(stepSeconds(name, width)) : stepSeconds(name, width),
  );
}

/** The name of a graphics card; undefined for one that is computed in software, which is slower than any of these. */
export function realCard(device: string): string | undefined {
  return /swiftshader|llvmpipe|software|basic render/iu.test(device) ? undefined : device;
}

/** What was found fastest before, for networks of a width and on whatever graphics card; undefined without any. */
export async function rememberedFastest(width: Width): Promise<BackendName | undefined> {
  const own = keyOf(width);
  const found = Object.entries(await readMeasured()).find(([key]) => key.startsWith(own));
  return found?.[1].name;
}

/**
 * The candidate whose steps take the fewest seconds; what was found before under the same key is taken as it is.
 *
 * @param measure seconds of a step on a candidate; a UserError says that it cannot be used after all
 */
export async function fastestOf(
  candidates: readonly BackendName[],
  key: string,
  measure: (name: BackendName) => Promise<number>,
): Promise<BackendName> {
  const known = await remembered(candidates, key);
  if (known !== undefined) return known;
  const seconds: Record<string, number> = {};
  for (const candidate of candidates) {
    try {
      seconds[candidate] = await measure(candidate);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  const [best] = candidates
    .filter((name) => seconds[name] !== undefined)
    .sort((a, b) => seconds[a]! - seconds[b]!);
  if (best === undefined) return 'wasm';
  await remember(key, { name: best, seconds });
  return best;
}

async function remembered(candidates: readonly BackendName[], key: string): Promise<BackendName | undefined> {
  const name = (await readMeasured())[key]?.name;
  return name !== undefined && candidates.includes(name) ? name : undefined;
}

/** Seconds that WebGPU's steps may be measured for: what takes longer is slower than the processor. */
const MOST_SECONDS = 20;

function inTime(measured: Promise<number>): Promise<number> {
  const late = new UserError(`The graphics card did not train a few steps in ${MOST_SECONDS} seconds.`);
  return Promise.race([
    measured,
    new Promise<never>((_, reject) => void setTimeout(() => reject(late), 1000 * MOST_SECONDS).unref()),
  ]);
}

/** Another processor, another number of cores or other libraries are measured anew. */
function keyOf(width: Width): string {
  const cores = process.env['SPAGENE_THREADS'] ?? String(availableParallelism());
  const blas = loadBlas();
  const libraries = [...nativePackages(), ...('problem' in blas ? [] : [blas.description])];
  return [width, `${cores} × ${cpus()[0]?.model.trim() ?? ''}`, ...libraries].join(' · ');
}

async function readMeasured(): Promise<Measured> {
  try {
    return measured.parse(JSON.parse(await readFile(join(configFolder(), FILE), 'utf8')));
  } catch {
    return {};
  }
}

async function remember(key: string, found: Measured[string]): Promise<void> {
  try {
    await makeFolder(configFolder());
    const all = { ...(await readMeasured()), [key]: found };
    await writeFileAtomically(join(configFolder(), FILE), `${JSON.stringify(all, null, 2)}\n`);
  } catch {
    // Measured again the next time; the choice is as good.
  }
}
