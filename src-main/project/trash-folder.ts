import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../src-shared/contract/errors.ts';
import { moment } from '../../src-shared/contract/schemas.ts';
import { analysisRecord, evaluationRecord, groupRecord, runRecord } from '../../src-shared/domain/project.ts';
import { writeError, writeFileAtomically } from '../io/atomic-write.ts';
import { storedDataset } from './dataset-file.ts';

/** What was taken away stays for days in `.trash/<name>/`: record.json, and under items/ what lay in the project. */
const TRASH = '.trash';
const RECORD = 'record.json';
const KEPT_DAYS = 30;

const common = {
  trashed: moment,
  /** Files and folders, relative to the project with `/`; each lies under items/ with its place in this list. */
  pieces: z.array(z.string().regex(/^(?:runs|evaluations|analyses|groups|datasets)\/(?!\.{1,2}$)[^/\\]+$/u)),
};
const job = { position: z.number(), madeWith: z.string().exactOptional() };

export const trashRecord = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, ...job, kind: z.literal('run'), record: runRecord }),
  z.strictObject({ ...common, ...job, kind: z.literal('evaluation'), record: evaluationRecord }),
  z.strictObject({ ...common, ...job, kind: z.literal('analysis'), record: analysisRecord }),
  z.strictObject({ ...common, position: z.number(), kind: z.literal('group'), record: groupRecord }),
  z.strictObject({
    ...common,
    kind: z.literal('dataset'),
    record: storedDataset,
    /** Shared genes, and of which pair of datasets. */
    sharedGenes: z.number().nullable(),
    fingerprint: z.string(),
  }),
]);
export type TrashRecord = z.infer<typeof trashRecord>;

export function trashName(kind: string, id: string): string {
  return `${kind}-${id}-${Date.now().toString(36)}${randomBytes(3).toString('hex')}`;
}

export function trashPlace(folder: string, name: string): string {
  if (!/^[a-z0-9][a-z0-9-]*$/u.test(name)) throw gone(name);
  return join(folder, TRASH, name);
}

export function trashPiece(folder: string, name: string, index: number): string {
  return join(trashPlace(folder, name), 'items', String(index));
}

/** Makes the place of a new entry. Throws a UserError when it cannot be written. */
export async function writeTrashRecord(folder: string, name: string, record: TrashRecord): Promise<void> {
  const place = trashPlace(folder, name);
  try {
    await mkdir(join(folder, TRASH)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
    await mkdir(place);
    await mkdir(join(place, 'items'));
  } catch (error) {
    throw writeError(error, place);
  }
  await writeFileAtomically(join(place, RECORD), `${JSON.stringify(record, null, 2)}\n`);
}

/** Throws a UserError when there is no such entry (any more). */
export async function readTrashRecord(folder: string, name: string): Promise<TrashRecord> {
  const text = await readFile(join(trashPlace(folder, name), RECORD), 'utf8').catch((error: unknown) => {
    throw gone(name, error);
  });
  try {
    return trashRecord.parse(JSON.parse(text));
  } catch (error) {
    const path = join(trashPlace(folder, name), RECORD);
    const message = `This cannot be brought back: ${path} is damaged; what was removed lies beside it in items/.`;
    throw new UserError(message, { file: path }, 'input', error);
  }
}

function gone(name: string, cause?: unknown): UserError {
  const message = `There is nothing called "${name.slice(0, 80)}" in the trash of this project (any more).`;
  return new UserError(message, {}, 'input', cause);
}

export async function forgetTrash(folder: string, name: string): Promise<void> {
  await rm(trashPlace(folder, name), { recursive: true, force: true });
}

/** Removes what was taken away more than 30 days ago. */
export async function emptyTrash(folder: string, now = Date.now()): Promise<void> {
  for (const name of await readdir(join(folder, TRASH)).catch(() => [])) {
    const trashed = await readTrashRecord(folder, name).then(
      (record) => Date.parse(record.trashed),
      async () => (await stat(join(folder, TRASH, name)).catch(() => undefined))?.mtimeMs ?? now,
    );
    if (now - trashed > KEPT_DAYS * 86_400_000) {
      await rm(join(folder, TRASH, name), { recursive: true, force: true });
    }
  }
}
