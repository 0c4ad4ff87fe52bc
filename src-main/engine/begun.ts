import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { BackendInfo } from '../backend/select.ts';
import type { InputFile } from './inputs.ts';
import type { RunFolder } from './run-folder.ts';

const NAME = 'begun.json';

/** What a run began with; a resumed one must find the same. */
const begun = z.object({
  backend: z.object({
    name: z.enum(['gpu', 'webgpu', 'native', 'wasm', 'cpu']),
    threads: z.number().int().min(1),
  }),
  files: z.array(z.object({ role: z.string(), path: z.string(), sha256: z.string() })),
});

type Begun = z.infer<typeof begun>;

async function read(folder: RunFolder): Promise<Begun | undefined> {
  const path = join(folder.path, NAME);
  if (!existsSync(path)) return undefined;
  const parsed = begun.safeParse(await folder.readJson(NAME));
  if (parsed.success) return parsed.data;
  throw new UserError(`${path} is damaged; start the run again in another folder.`, { file: path });
}

/** The backend and threads that a run began with; undefined when it has not got that far. */
export async function beganOn(folder: RunFolder): Promise<Begun['backend'] | undefined> {
  return (await read(folder))?.backend;
}

/** Keeps what a new run begins with; throws a UserError when a resumed run's inputs have changed. */
export async function checkSameInputs(
  folder: RunFolder,
  files: readonly InputFile[],
  { name, threads }: BackendInfo,
): Promise<void> {
  const saved = await read(folder);
  if (saved === undefined) {
    await folder.writeJson(NAME, { backend: { name, threads }, files });
    return;
  }
  const changed = files.find((file, i) => saved.files[i]?.sha256 !== file.sha256);
  if (changed === undefined && saved.files.length === files.length) return;
  const path = changed?.path ?? saved.files.at(-1)!.path;
  throw new UserError(
    `${path} is not the file that the run in ${folder.path} began with; put it back, or start a new run.`,
    { file: path },
  );
}
