import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  throwIfStopped,
  UserError,
  type StopSignal,
  type Warning,
} from '../../../src-shared/contract/errors.ts';
import { allJobs } from '../../../src-shared/domain/jobs.ts';
import type {
  DatasetChoice,
  DatasetRecord,
  DatasetRole,
  ProjectState,
} from '../../../src-shared/domain/project.ts';
import type { ProjectHandle } from '../context.ts';
import { copyDataset } from './copy.ts';
import { withPairPreset } from './known.ts';
import { overlapOf } from './overlap.ts';
import { recordOf } from './record-of.ts';
import type { Report } from './survey.ts';

export interface ImportRequest {
  readonly role: DatasetRole;
  readonly choice: DatasetChoice;
  readonly storage: 'linked' | 'copied';
  readonly name?: string;
}

/** A dataset that was taken in; `replaced` is the trash name of the one before. */
export type ImportedDataset = DatasetRecord & { readonly replaced?: string };

/**
 * Takes a dataset into the project in place of the one that has its role, which goes to the trash.
 * @throws UserError when it cannot be read, is the same as the other one, or cannot be copied; StoppedError
 */
export async function importDataset(
  project: ProjectHandle,
  { role, choice, storage, name }: ImportRequest,
  signal?: StopSignal,
  report?: Report,
): Promise<ImportedDataset> {
  refuseReadOnly(project);
  const found = await recordOf(choice, role, signal, report);
  refuseSameData(found, project.state);
  refuseWhileInUse(project.state, role);
  report?.('Comparing the genes', null);
  const shared = await sharedWith(found, project.state, signal);
  const named = {
    ...found,
    ...(name === undefined ? {} : { name }),
    warnings: [...found.warnings, ...shared.warnings],
  };
  throwIfStopped(signal);
  if (storage === 'linked') return replace(project, named, shared.count);
  const copy = await copyDataset(named, join(project.folder, 'datasets'), signal, report);
  try {
    throwIfStopped(signal);
    return await replace(project, copy.record, shared.count);
  } catch (error) {
    await rm(copy.folder, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

/**
 * Points the project's dataset to where its files are now.
 * @throws UserError when the project has none of this role, or the contents differ from those imported
 */
export async function relinkDataset(
  project: ProjectHandle,
  { role, choice }: Pick<ImportRequest, 'role' | 'choice'>,
  signal?: StopSignal,
  report?: Report,
): Promise<DatasetRecord> {
  refuseReadOnly(project);
  const old = project.state[role];
  if (old === null)
    throw new UserError(`The project has no ${nouns[role]} that could have moved; import one.`, {}, 'usage');
  const found = await recordOf(withOldParts(choice, old), role, signal, report);
  const hashes = (record: DatasetRecord) => new Set(record.files.map(({ sha256 }) => sha256));
  const now = hashes(found);
  const missing = old.files.filter(({ sha256 }) => !now.has(sha256));
  if (missing.length > 0)
    throw new UserError(
      `${choice.path} is not the ${nouns[role]} of this project: ${missing[0]!.path} had other contents when it was imported. Choose the file that was moved, or import this one as new data.`,
      { file: choice.path },
    );
  throwIfStopped(signal);
  const kept: DatasetRecord = { ...old, storage: 'linked', choice: found.choice, files: found.files };
  await project.change((state) => ({ ...state, [role]: kept }));
  return kept;
}

const nouns = { spatial: 'spatial dataset', reference: 'reference' } as const;

/** What was chosen inside the file stays as it was, unless the user says otherwise. */
function withOldParts(choice: DatasetChoice, { choice: old }: DatasetRecord): DatasetChoice {
  const { matrix, section } = old;
  return {
    ...(matrix === undefined ? {} : { matrix }),
    ...(section === undefined ? {} : { section }),
    ...choice,
  };
}

async function replace(
  project: ProjectHandle,
  record: DatasetRecord,
  sharedGenes: number | null,
): Promise<ImportedDataset> {
  const before = project.state[record.role];
  const replaced = before === null ? undefined : await project.trash('datasets', record.role);
  await project.change((state) => {
    const next = { ...state, [record.role]: record, sharedGenes };
    return { ...next, ...withPairPreset(next.spatial, next.reference) };
  });
  return { ...(project.state[record.role] ?? record), ...(replaced !== undefined && { replaced }) };
}

function refuseReadOnly({ state }: ProjectHandle): void {
  if (state.readOnly !== null) throw new UserError(state.readOnly, { file: state.folder }, 'usage');
}

function refuseSameData(record: DatasetRecord, state: ProjectState): void {
  const other = state[record.role === 'spatial' ? 'reference' : 'spatial'];
  if (other === null) return;
  const path = record.choice.path;
  const hash = record.files[0]?.sha256;
  if (other.choice.path !== path && (hash === undefined || other.files[0]?.sha256 !== hash)) return;
  throw new UserError(
    `${path} is already the ${nouns[other.role]} of this project; a gene can only be imputed from other cells, so choose another file for the ${nouns[record.role]}.`,
    { file: path },
  );
}

/** A copy that a running job reads must stay where it is. */
function refuseWhileInUse(state: ProjectState, role: DatasetRole): void {
  const busy = allJobs(state).find((job) => job.state === 'running');
  if (busy === undefined || state[role]?.storage !== 'copied') return;
  throw new UserError(
    `"${busy.name}" is computing on the present ${nouns[role]}; pause it or wait until it is done, then import the new one.`,
    {},
    'usage',
  );
}

/** How many genes the project's two datasets share; a warning where they are too few to train. */
async function sharedWith(
  record: DatasetRecord,
  state: ProjectState,
  signal?: StopSignal,
): Promise<{ readonly count: number | null; readonly warnings: Warning[] }> {
  const other = state[record.role === 'spatial' ? 'reference' : 'spatial'];
  if (other === null) return { count: null, warnings: [] };
  const [spatial, reference] = record.role === 'spatial' ? [record, other] : [other, record];
  try {
    const overlap = await overlapOf(spatial.choice, reference.choice, signal);
    if (overlap.problem === null) return { count: overlap.shared.length, warnings: [] };
    return { count: 0, warnings: [{ code: 'no-shared-genes', message: overlap.problem }] };
  } catch (error) {
    throwIfStopped(signal);
    if (!(error instanceof UserError)) throw error;
    // The other dataset may be out of reach; that is told where it is used.
    return { count: null, warnings: [] };
  }
}
