import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { FileEntry } from '../../src-shared/contract/calls/files.ts';
import { UserError } from '../../src-shared/contract/errors.ts';
import { folderHint } from '../io/vendor-folder.ts';
import { PROJECT_FILE } from '../project/read-project.ts';

/** Most entries of a folder that are listed. */
export const MOST_ENTRIES = 2000;
/** Milliseconds for looking into the folders of a folder, which may be many or on a slow disk. */
const HINTS = 400;

const hidden = /^(?:\.|\$RECYCLE\.BIN$|System Volume Information$|desktop\.ini$|Thumbs\.db$)/iu;

/**
 * What lies in a folder, hidden files left out, folders first, by name. Throws a UserError when it cannot be listed.
 */
export async function listFolder(
  folder: string,
): Promise<{ readonly entries: FileEntry[]; readonly truncated: boolean }> {
  const found = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw notListed(folder, error);
  });
  const shown = found.filter(({ name }) => !hidden.test(name));
  const kinds = await Promise.all(
    shown.map(async (entry) => ({ name: entry.name, kind: await kindOf(folder, entry) })),
  );
  const order = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const usable = kinds
    .filter((one): one is { name: string; kind: FileEntry['kind'] } => one.kind !== undefined)
    .sort((a, b) => Number(a.kind === 'file') - Number(b.kind === 'file') || order.compare(a.name, b.name));
  const listed = usable.slice(0, MOST_ENTRIES);
  const entries = (await Promise.all(listed.map((one) => describe(folder, one)))).filter(
    (one) => one !== undefined,
  );
  return { entries: await withHints(entries), truncated: usable.length > listed.length };
}

async function kindOf(
  folder: string,
  entry: { name: string; isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean },
): Promise<FileEntry['kind'] | undefined> {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (!entry.isSymbolicLink()) return undefined;
  const target = await stat(join(folder, entry.name)).catch(() => undefined);
  if (target?.isDirectory() === true) return 'folder';
  return target?.isFile() === true ? 'file' : undefined;
}

async function describe(
  folder: string,
  { name, kind }: { readonly name: string; readonly kind: FileEntry['kind'] },
): Promise<FileEntry | undefined> {
  const path = join(folder, name);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  const bytes = kind === 'file' ? found.size : 0;
  return { name, path, kind, bytes, modified: found.mtime.toISOString() };
}

/** Says of folders what they are, as long as the time lasts. */
async function withHints(entries: readonly FileEntry[]): Promise<FileEntry[]> {
  const end = performance.now() + HINTS;
  const result: FileEntry[] = [];
  for (const entry of entries) {
    const hint = entry.kind === 'folder' && performance.now() < end ? hintOf(entry.path) : undefined;
    result.push(hint === undefined ? entry : { ...entry, hint });
    if (entry.kind === 'folder' && result.length % 20 === 0) await turn();
  }
  return result;
}

function hintOf(folder: string): string | undefined {
  return existsSync(join(folder, PROJECT_FILE)) ? 'project' : folderHint(folder);
}

function notListed(folder: string, cause: unknown): UserError {
  const { code } = cause as NodeJS.ErrnoException;
  const what: Readonly<Record<string, string>> = {
    ENOENT: 'is not there (any more)',
    ENOTDIR: 'is a file, not a folder',
    EACCES: 'may not be opened by you; ask whoever owns it, or choose another folder',
    EPERM: 'may not be opened by you; ask whoever owns it, or choose another folder',
  };
  return new UserError(
    `${folder} ${what[code ?? ''] ?? `cannot be listed (${String(code)})`}.`,
    { file: folder },
    'input',
    cause,
  );
}
