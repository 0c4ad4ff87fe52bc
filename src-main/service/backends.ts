import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { backendChoice, type Settings } from '../../src-shared/contract/calls/app.ts';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { BackendStatus } from '../backend/select.ts';
import { mostWasmThreads, threadsToUse } from '../backend/wasm-threads.ts';
import { rememberedFastest } from '../engine/choose-backend.ts';
import type { Spawn } from '../host/child.ts';
import { kindOf } from '../host/protocol.ts';
import { writeFileAtomically } from '../io/atomic-write.ts';
import { makeFolder } from '../io/make-folder.ts';
import { configFolder } from '../io/config-folder.ts';

export type BackendChoice = z.infer<typeof backendChoice>;

/** Milliseconds that trying all backends may take. */
const PATIENCE = 60_000;
const CACHE = 'backends.json';

/** What the process that tries the backends says in the end. */
export type BackendsAnswer = { readonly kind: 'backends' } & (
  { readonly backends: readonly BackendStatus[] } | { readonly problem: string }
);

const titles: Readonly<Record<BackendChoice['name'], string>> = {
  gpu: 'GPU',
  webgpu: 'WebGPU',
  native: 'native CPU',
  blas: 'BLAS',
  wasm: 'WASM',
  cpu: 'plain JavaScript',
};

let asked: Promise<BackendChoice[]> | undefined;

/** What can be computed on here; found out once, in a process of its own. Throws a UserError when that fails. */
export function backendChoices(spawn: Spawn): Promise<BackendChoice[]> {
  asked ??= probe(spawn).then(
    async (found) => {
      await keep(found);
      return found;
    },
    (error: unknown) => {
      asked = undefined;
      throw error;
    },
  );
  return asked;
}

/** What is computed on with these settings, as far as it is known without trying: "native CPU · 2 threads". */
export async function backendLabel({ backend }: Settings): Promise<string> {
  const name = backend === 'auto' ? await likelyBackend() : backend;
  if (name === 'gpu' || name === 'webgpu' || name === 'cpu') return titles[name];
  const threads = name === 'wasm' ? Math.min(threadsToUse(), mostWasmThreads) : threadsToUse();
  return `${titles[name]} · ${threads} thread${threads === 1 ? '' : 's'}`;
}

async function likelyBackend(): Promise<BackendChoice['name']> {
  const text = await readFile(join(configFolder(), CACHE), 'utf8').catch(() => '[]');
  const found = backendChoice.array().safeParse(safeJson(text));
  const usable = found.data?.filter(({ available, name }) => available && name !== 'cpu') ?? [];
  // Of two native ones the faster is taken, once a run has measured them.
  const faster = await rememberedFastest('narrow');
  const best = usable.find(({ name }) => name === faster)?.name ?? usable[0]?.name;
  const native = hasNative() || best === 'blas';
  // What was found last may have been installed or taken away since.
  if (best !== undefined && (best === 'wasm') !== native) return best;
  return native ? 'native' : 'wasm';
}

/** Whether a built native backend lies where it would be loaded from. */
function hasNative(): boolean {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  const places = [createRequire(join(folder, '.native', 'package.json')), createRequire(import.meta.url)];
  return places.some((place) =>
    ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'].some((name) => {
      try {
        return existsSync(join(dirname(place.resolve(`${name}/package.json`)), 'lib'));
      } catch {
        return false;
      }
    }),
  );
}

function isBackendsAnswer(message: unknown): message is BackendsAnswer {
  return kindOf(message) === 'backends';
}

function probe(spawn: Spawn): Promise<BackendChoice[]> {
  return new Promise((resolve, reject) => {
    const child = spawn('backends-worker');
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(
        new UserError(
          `The backends could not be tried: ${why}. Restart SpaGene, or take WASM.`,
          {},
          'internal',
        ),
      );
    };
    const timer = setTimeout(() => {
      child.kill();
      fail('they did not answer within a minute');
    }, PATIENCE);
    child.onMessage((message) => {
      // It also asks the host for a line to the window that trains.
      if (!isBackendsAnswer(message)) return;
      clearTimeout(timer);
      if ('problem' in message) fail(message.problem);
      else resolve(message.backends.map(choiceOf));
    });
    child.onExit((how) => fail(`their process ended (${how})`));
  });
}

function choiceOf({ name, usable, reason, advice }: BackendStatus): BackendChoice {
  if (usable)
    return { name, label: name === 'wasm' ? reason : `${titles[name]} (${reason})`, available: true };
  const why = advice === '' ? reason : `${reason}. ${advice}`;
  return { name, label: titles[name], available: false, reason: why };
}

/** Kept for the label at the next start; whether that works changes nothing now. */
async function keep(found: readonly BackendChoice[]): Promise<void> {
  try {
    await makeFolder(configFolder());
    await writeFileAtomically(join(configFolder(), CACHE), JSON.stringify(found, null, 2));
  } catch {
    // The label is guessed then.
  }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
