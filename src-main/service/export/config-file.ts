import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { present } from '../../../src-shared/contract/present.ts';
import type { InputRequest } from '../../../src-shared/domain/impute-request.ts';
import { savedInputs } from '../../engine/saved-inputs.ts';
import { writeFileAtomically } from '../../io/atomic-write.ts';
import type { ProjectHandle } from '../context.ts';

const runConfig = z.looseObject({ inputs: savedInputs.extend({ counts: z.boolean() }) });
const begun = z.object({ backend: z.object({ name: z.string(), threads: z.number() }) });

/** Writes the configuration of a run for `spagene impute --config`. @returns the command that repeats the run */
export async function repeatRun(from: string, to: string, project: ProjectHandle): Promise<string> {
  const path = join(from, 'config.json');
  if (!existsSync(path)) {
    throw new UserError('This run has not begun, so it has no configuration yet; let it start first.', {
      file: path,
    });
  }
  const content = await readFile(path, 'utf8');
  const parsed = runConfig.safeParse(JSON.parse(content));
  if (!parsed.success) throw new UserError(`${path} is damaged; start the run anew.`, { file: path });
  await writeFileAtomically(to, content);
  const inputs = await inputsOf(parsed.data.inputs, project);
  return commandOf({ ...inputs, counts: parsed.data.inputs.counts }, to, await backendOf(from));
}

/** Where the data were, or, for a project that has moved, where they are. */
async function inputsOf(saved: z.infer<typeof savedInputs>, project: ProjectHandle): Promise<InputRequest> {
  const paths = [saved.spatial, saved.reference, saved.coordinates].filter((path) => path !== undefined);
  return paths.every((path) => existsSync(path)) ? present(saved) : project.inputs();
}

async function backendOf(from: string): Promise<z.infer<typeof begun>['backend'] | undefined> {
  const path = join(from, 'begun.json');
  if (!existsSync(path)) return undefined;
  return begun.safeParse(JSON.parse(await readFile(path, 'utf8'))).data?.backend;
}

function commandOf(
  inputs: InputRequest & { readonly counts: boolean },
  config: string,
  backend: z.infer<typeof begun>['backend'] | undefined,
): string {
  const flags: readonly (readonly [string, string | undefined])[] = [
    ['spatial', inputs.spatial],
    ['coordinates', inputs.coordinates],
    ['reference', inputs.reference],
    ['spatial-matrix', inputs.spatialMatrix],
    ['reference-matrix', inputs.referenceMatrix],
    ['reference-labels', inputs.referenceLabels],
    ['section', inputs.section],
    ['config', config],
    ['backend', backend?.name],
    ['out', `${basename(config, '.json')}-repeated`],
  ];
  const given = flags.flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, shellWord(value)],
  );
  // With another number of threads the native backend adds up in another order.
  const threads = backend?.name === 'native' ? `SPAGENE_THREADS=${backend.threads} ` : '';
  return `${threads}spagene impute ${[...given, ...(inputs.counts ? ['--counts'] : [])].join(' ')}`;
}

/** A word that a POSIX shell takes as it stands. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) && !text.startsWith('-')
    ? text
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
