import type { FileEntry } from '../../../src-shared/contract/calls/files.ts';
import type { Result } from '../../../src-shared/contract/handlers.ts';
import type { Purpose } from './file-question.ts';

export type Listing = Result<'files:list'>;

/** Rows that are shown at once; more are found by typing. */
export const MOST_ROWS = 500;

export function takesFiles(purpose: Purpose): boolean {
  return purpose === 'dataset-file' || purpose === 'dataset-folder' || !takesFolders(purpose);
}

export function takesFolders(purpose: Purpose): boolean {
  return purpose !== 'table' && purpose !== 'config' && purpose !== 'gene-sets';
}

/** Whether the purpose is to make something new in a folder, which may have to be made first. */
export function makesFolders(purpose: Purpose): boolean {
  return purpose === 'new-project' || purpose === 'folder';
}

/** Whether opening an entry means to choose it: a file that is wanted, or a folder that is known for what is wanted. */
export function isAnswer(entry: FileEntry, purpose: Purpose): boolean {
  if (entry.kind === 'file') return takesFiles(purpose);
  if (entry.hint === undefined) return false;
  const isProject = /project/iu.test(entry.hint);
  if (purpose === 'project') return isProject;
  return (purpose === 'dataset-file' || purpose === 'dataset-folder') && !isProject;
}

/** Folders first, each by name as a person sorts; where only folders can be chosen, files are left out. */
export function rowsOf(entries: readonly FileEntry[], purpose: Purpose, typed: string): FileEntry[] {
  const wanted = typed.trim().toLowerCase();
  const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  return entries
    .filter(
      ({ kind, name }) => (kind === 'folder' || takesFiles(purpose)) && name.toLowerCase().includes(wanted),
    )
    .sort((a, b) => Number(a.kind === 'file') - Number(b.kind === 'file') || order.compare(a.name, b.name));
}

export interface Crumb {
  readonly name: string;
  readonly path: string;
}

/** The folders that lead to a path, its root first; of either kind of system. */
export function crumbsOf(path: string): Crumb[] {
  const windows = /^[a-z]:/iu.test(path);
  const separator = windows ? '\\' : '/';
  const names = path.split(/[\\/]/u).filter(Boolean);
  const root = windows ? [] : [{ name: '/', path: '/' }];
  const below = names.map((name, i) => {
    const joined = names.slice(0, i + 1).join(separator);
    return { name, path: windows ? (i === 0 ? `${joined}\\` : joined) : `/${joined}` };
  });
  return [...root, ...below];
}

/** The folder that holds a path; undefined at the root. */
export function parentOf(path: string): string | undefined {
  return crumbsOf(path).at(-2)?.path;
}

/** Last part of a path. */
export function nameOf(path: string): string {
  return crumbsOf(path).at(-1)?.name ?? path;
}

/** Whether what is typed is a path and not a part of a name. */
export function isPath(typed: string): boolean {
  return /^(?:\/|~[\\/]|[a-z]:[\\/])/iu.test(typed.trim());
}

/** A path below another, in the other's style. */
export function below(folder: string, name: string): string {
  const separator = /^[a-z]:/iu.test(folder) ? '\\' : '/';
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`;
}

/** What the dialog's button does: choose a path, look into a folder, or nothing yet. */
export type MainAction =
  | { readonly does: 'choose'; readonly label: string; readonly path: string }
  | { readonly does: 'open'; readonly label: string; readonly path: string }
  | { readonly does: 'wait'; readonly label: string; readonly why: string };

/** @param active the selected entry @param folder the folder that is shown */
export function mainAction(
  purpose: Purpose,
  active: FileEntry | undefined,
  folder: string | undefined,
): MainAction {
  const choose = (label: string, path: string): MainAction => ({ does: 'choose', label, path });
  if (active?.kind === 'file') return choose('Choose this file', active.path);
  if (active !== undefined) {
    const wanted = isAnswer(active, purpose) || makesFolders(purpose);
    return wanted
      ? choose('Choose this folder', active.path)
      : { does: 'open', label: 'Open folder', path: active.path };
  }
  if (folder !== undefined && takesFolders(purpose)) return choose('Choose the folder shown', folder);
  return { does: 'wait', label: 'Choose this file', why: 'Select a file first' };
}
