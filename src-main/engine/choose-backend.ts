import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { backendNames, type BackendChoice, type BackendName } from '../../src-shared/domain/backends.ts';
import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { loadBlas } from '../backend/blas.ts';
import { hasNativePackage } from '../backend/native.ts';
import { selectBackend } from '../backend/select.ts';
import { writeFileAtomically } from '../io/atomic-write.ts';
import { configFolder } from '../io/config-folder.ts';
import { makeFolder } from '../io/make-folder.ts';
import { stepSeconds, widthOf, type Width } from './calibrate.ts';

const FILE = 'fastest-backend.json';

/** What was measured on this machine, by what it was measured with. */
const measured = z.record(
  z.string(),
  z.strictObject({ name: z.enum(backendNames), seconds: z.record(z.string(), z.number().positive()) }),
);
type Measured = z.infer<typeof measured>;

/**
 * What `auto` means for a configuration: where native TensorFlow and the native kernels are both installed, the one
 * whose training steps are faster here, measured once in about two seconds and remembered; else what there is.
 * Other choices stay what they are.
 */
export async function chooseBackend(
  choice: BackendChoice,
  parameters: Hyperparameters,
): Promise<BackendChoice> {
  if (choice !== 'auto') return choice;
  const blas = loadBlas();
  if ('problem' in blas || !hasNativePackage()) return choice;
  return fastest(widthOf(parameters), blas.description);
}

/** What was found faster before, for networks of a width; undefined where nothing was measured. */
export async function rememberedFastest(width: Width): Promise<BackendName | undefined> {
  const blas = loadBlas();
  return 'problem' in blas ? undefined : (await readMeasured())[keyOf(width, blas.description)]?.name;
}

async function fastest(width: Width, description: string): Promise<BackendName> {
  const key = keyOf(width, description);
  const known = (await readMeasured())[key];
  if (known !== undefined) return known.name;
  // A GPU is faster than both; whether there is one is known once TensorFlow is loaded.
  const { name } = await selectBackend('auto');
  if (name !== 'native') return name;
  const seconds: Partial<Record<BackendName, number>> = {};
  for (const candidate of ['native', 'blas'] as const) {
    seconds[candidate] = await stepSeconds(candidate, width);
  }
  const best = seconds.blas! <= seconds.native! ? 'blas' : 'native';
  await remember(key, { name: best, seconds: seconds });
  return best;
}

/** Another processor, another number of cores or another library is measured anew. */
function keyOf(width: Width, description: string): string {
  const cores = process.env['SPAGENE_THREADS'] ?? String(availableParallelism());
  return [width, `${cores} × ${cpus()[0]?.model.trim() ?? ''}`, description].join(' · ');
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
