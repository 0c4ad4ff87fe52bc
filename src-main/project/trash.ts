import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import { jobLists } from '../../src-shared/domain/jobs.ts';
import type { DatasetRecord, DatasetRole, JobRecord, ProjectState } from '../../src-shared/domain/project.ts';
import { restoreDataset, storeDataset } from './dataset-file.ts';
import { removeGeneIndex } from './gene-index.ts';
import { groupFile } from './groups.ts';
import { fingerprint } from './ledger.ts';
import type { OpenProject } from './open-project.ts';
import { isInside } from './stored-path.ts';
import {
  forgetTrash,
  readTrashRecord,
  trashName,
  trashPiece,
  writeTrashRecord,
  type TrashRecord,
} from './trash-folder.ts';

/** What can be taken away and brought back. */
export type Item =
  | { readonly kind: JobRecord['kind'] | 'group'; readonly id: string }
  | { readonly kind: 'dataset'; readonly role: DatasetRole };

/**
 * Moves an item's files into the project's trash and takes its record out of the state.
 *
 * @returns a name to restore it by
 * @throws UserError when there is no such item, or it cannot be moved; then everything is as before
 */
export async function trashItem(project: OpenProject, item: Item): Promise<string> {
  const { folder } = project;
  if (project.state.readOnly !== null) throw new UserError(project.state.readOnly, { file: folder }, 'usage');
  const name = trashName(item.kind, item.kind === 'dataset' ? item.role : item.id);
  const record = describe(project, item);
  await writeTrashRecord(folder, name, record);
  try {
    await project.change((state) => without(state, item));
  } catch (error) {
    await forgetTrash(folder, name).catch(() => undefined);
    throw error;
  }
  // Moved last: should the program end before, files lie where nothing points to them, and can still be restored.
  try {
    await moveAll(toTrash(folder, name, record));
  } catch (error) {
    await project.change((state) => withBack(project, state, record));
    await forgetTrash(folder, name).catch(() => undefined);
    throw error;
  }
  if (item.kind === 'dataset' && item.role === 'spatial') await removeGeneIndex(folder);
  return name;
}

/** Brings back what was taken away. Throws a UserError when it is gone, or something else has its place. */
export async function restoreItem(project: OpenProject, name: string): Promise<void> {
  const { folder } = project;
  if (project.state.readOnly !== null) throw new UserError(project.state.readOnly, { file: folder }, 'usage');
  const record = await readTrashRecord(folder, name);
  checkPlaceIsFree(project.state, record);
  await moveAll(fromTrash(folder, name, record));
  try {
    await project.change((state) => withBack(project, state, record));
  } catch (error) {
    await moveAll(toTrash(folder, name, record));
    throw error;
  }
  await forgetTrash(folder, name).catch(() => undefined);
}

function describe(project: OpenProject, item: Item): TrashRecord {
  const { state, ledger, folder } = project;
  const trashed = new Date().toISOString();
  if (item.kind === 'dataset') {
    const found = state[item.role] ?? missing(`${item.role} dataset`);
    const other = state[item.role === 'spatial' ? 'reference' : 'spatial'];
    const record = storeDataset(folder, found, ledger);
    const rest = { sharedGenes: state.sharedGenes, fingerprint: fingerprint(state) };
    return { kind: 'dataset', trashed, pieces: copiedPieces(folder, found, other), record, ...rest };
  }
  if (item.kind === 'group') {
    const position = state.groups.findIndex(({ id }) => id === item.id);
    const record = state.groups[position] ?? missing(`group "${item.id}"`);
    return { kind: 'group', trashed, pieces: [groupFile(item.id).split(sep).join('/')], position, record };
  }
  const list = jobLists[item.kind];
  const jobs: readonly JobRecord[] = state[list];
  const position = jobs.findIndex(({ id }) => id === item.id);
  const record = jobs[position] ?? missing(`${item.kind} "${item.id}"`);
  const made = ledger.madeWith(record);
  const rest = {
    trashed,
    pieces: [`${list}/${item.id}`],
    position,
    ...(made === undefined ? {} : { madeWith: made }),
  };
  return { kind: record.kind, record, ...rest } as TrashRecord;
}

function missing(what: string): never {
  throw new UserError(`There is no ${what} in this project (any more).`);
}

/** What lies directly under datasets/ and holds files of one dataset and none of the other. */
function copiedPieces(folder: string, record: DatasetRecord, other: DatasetRecord | null): string[] {
  const home = join(folder, 'datasets');
  const top = ({ path }: { readonly path: string }): string[] =>
    isInside(home, path) && path !== home ? [relative(home, path).split(sep)[0]!] : [];
  const ofOther = new Set(other?.files.flatMap(top) ?? []);
  const own = new Set(record.files.flatMap(top).filter((name) => !ofOther.has(name)));
  return [...own].map((name) => `datasets/${name}`);
}

function without(state: ProjectState, item: Item): ProjectState {
  if (item.kind === 'dataset') return { ...state, [item.role]: null, sharedGenes: null };
  const others = <T extends { readonly id: string }>(all: T[]): T[] => all.filter(({ id }) => id !== item.id);
  if (item.kind === 'group') return { ...state, groups: others(state.groups) };
  const queue = state.queue.filter((id) => id !== item.id);
  const list = jobLists[item.kind];
  return { ...state, queue, [list]: others<JobRecord>(state[list]) };
}

function checkPlaceIsFree(state: ProjectState, record: TrashRecord): void {
  if (record.kind === 'dataset') {
    const { role } = record.record;
    if (state[role] === null) return;
    const what = role === 'spatial' ? 'spatial dataset' : 'reference';
    throw new UserError(
      `The project has another ${what} now; remove it first to bring the earlier one back.`,
    );
  }
  const all: readonly { readonly id: string }[] =
    record.kind === 'group' ? state.groups : state[jobLists[record.kind]];
  if (all.some(({ id }) => id === record.record.id)) throw new UserError('This was brought back already.');
}

function withBack(project: OpenProject, state: ProjectState, entry: TrashRecord): ProjectState {
  // Something else may have taken the place while the files moved.
  checkPlaceIsFree(state, entry);
  if (entry.kind === 'dataset') {
    const record = restoreDataset(project.folder, entry.record, project.ledger);
    const next = { ...state, [record.role]: record };
    return fingerprint(next) === entry.fingerprint ? { ...next, sharedGenes: entry.sharedGenes } : next;
  }
  if (entry.kind === 'group')
    return { ...state, groups: state.groups.toSpliced(entry.position, 0, entry.record) };
  if (entry.madeWith !== undefined) project.ledger.noteMadeWith(entry.record, entry.madeWith);
  const list = jobLists[entry.kind];
  const jobs: readonly JobRecord[] = state[list];
  return { ...state, [list]: jobs.toSpliced(entry.position, 0, atRest(entry.record)) };
}

/** A job that waited when it was removed is in no queue any more. */
function atRest<J extends JobRecord>(job: J): J {
  if (job.state !== 'queued' && job.state !== 'running') return job;
  return { ...job, state: 'paused', reason: 'It was removed before it was done; resume it to go on.' };
}

interface Move {
  readonly from: string;
  readonly to: string;
}

function toTrash(folder: string, name: string, { pieces }: TrashRecord): Move[] {
  return pieces.map((piece, i) => ({
    from: join(folder, ...piece.split('/')),
    to: trashPiece(folder, name, i),
  }));
}

function fromTrash(folder: string, name: string, record: TrashRecord): Move[] {
  return toTrash(folder, name, record).map(({ from, to }) => ({ from: to, to: from }));
}

/** Moves what is there; when one cannot be moved, those before it go back. */
async function moveAll(moves: readonly Move[]): Promise<void> {
  const moved: Move[] = [];
  try {
    for (const move of moves) {
      if ((await stat(move.from).catch(() => undefined)) === undefined) continue;
      await mkdir(dirname(move.to), { recursive: true });
      await rename(move.from, move.to);
      moved.push(move);
    }
  } catch (error) {
    for (const { from, to } of moved.reverse()) await rename(to, from).catch(() => undefined);
    const { code } = error as NodeJS.ErrnoException;
    const path = moves[moved.length]?.from ?? '';
    throw new UserError(
      `${path} cannot be moved (${String(code)}); close the programs that use it and try again.`,
      { file: path },
      'input',
      error,
    );
  }
}
