import { access, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { settings, type Settings } from '../../src-shared/contract/calls/app.ts';
import { writeFileAtomically } from '../io/atomic-write.ts';
import { makeFolder } from '../io/make-folder.ts';
import { PROJECT_FILE } from '../project/read-project.ts';
import { configFolder } from '../io/config-folder.ts';

/** settings.json in the folder of the user's settings. Keys that an other version wrote are left out. */
const file = z.object({
  ...settings.shape,
  recent: z.array(z.object({ folder: z.string(), name: z.string(), opened: z.string() })),
});
type File = z.infer<typeof file>;

export interface RecentProject {
  readonly folder: string;
  readonly name: string;
  readonly opened: string;
  readonly present: boolean;
}

const NAME = 'settings.json';
const MOST_RECENT = 12;
const defaults: File = { theme: 'system', backend: 'auto', recent: [] };

export async function readSettings(): Promise<Settings> {
  const { theme, backend } = await read();
  return { theme, backend };
}

/** Throws a UserError when the settings cannot be written. */
export async function changeSettings(changes: Partial<Settings>): Promise<Settings> {
  const { theme, backend } = await edit((now) => ({ ...now, ...changes }));
  return { theme, backend };
}

/** Projects that were opened, the last one first, at most twelve. */
export async function recentProjects(): Promise<RecentProject[]> {
  const { recent } = await read();
  return Promise.all(
    recent.map(async (one) => ({
      ...one,
      present: await access(join(one.folder, PROJECT_FILE)).then(
        () => true,
        () => false,
      ),
    })),
  );
}

/** Puts a project first among the recent ones. A list that cannot be kept stops nobody from working. */
export async function addRecent({
  folder,
  name,
}: {
  readonly folder: string;
  readonly name: string;
}): Promise<void> {
  const first = { folder, name, opened: new Date().toISOString() };
  await edit(({ recent, ...rest }) => ({
    ...rest,
    recent: [first, ...recent.filter((one) => one.folder !== folder)].slice(0, MOST_RECENT),
  })).catch((error: unknown) => {
    process.stderr.write(`spagene: the list of recent projects was not saved: ${String(error)}\n`);
  });
}

/** Throws a UserError when the settings cannot be written. */
export async function forgetRecent(folder: string): Promise<void> {
  await edit(({ recent, ...rest }) => ({ ...rest, recent: recent.filter((one) => one.folder !== folder) }));
}

async function read(): Promise<File> {
  const path = join(configFolder(), NAME);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return defaults;
  try {
    return file.parse(JSON.parse(text));
  } catch {
    const kept = `${path}.damaged`;
    await rename(path, kept).catch(() => undefined);
    process.stderr.write(
      `spagene: ${path} was damaged and is now ${kept}; the settings are the usual ones again.\n`,
    );
    return defaults;
  }
}

let last: Promise<unknown> = Promise.resolve();

/** One change after the other, so that none is lost. */
function edit(change: (now: File) => File): Promise<File> {
  const next = last.then(async () => {
    const changed = change(await read());
    await makeFolder(configFolder());
    await writeFileAtomically(join(configFolder(), NAME), `${JSON.stringify(changed, null, 2)}\n`);
    return changed;
  });
  last = next.catch(() => undefined);
  return next;
}
