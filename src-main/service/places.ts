import { access, readdir, readFile, stat } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';

/** A place that a file dialog offers to start from. */
export interface Place {
  readonly name: string;
  readonly path: string;
}

/** The user's folder for documents: as the system says, else `Documents` where there is one, else the home folder. */
export async function documentsFolder(): Promise<string> {
  const home = homedir();
  const told = process.platform === 'linux' ? await xdgDocuments(home) : undefined;
  const cloud = process.platform === 'win32' ? process.env['OneDrive'] : undefined;
  const candidates = [
    told,
    join(home, 'Documents'),
    cloud === undefined ? undefined : join(cloud, 'Documents'),
  ];
  for (const folder of candidates) {
    if (folder !== undefined && (await isFolder(folder))) return folder;
  }
  return home;
}

async function xdgDocuments(home: string): Promise<string | undefined> {
  const config = process.env['XDG_CONFIG_HOME'] ?? join(home, '.config');
  const text = await readFile(join(config, 'user-dirs.dirs'), 'utf8').catch(() => '');
  return /^XDG_DOCUMENTS_DIR="(.+)"$/mu.exec(text)?.[1]?.replace(/^\$HOME/u, home);
}

/** Home, documents, the open project, and disks that are connected. */
export async function places(project: string | undefined): Promise<Place[]> {
  const home = homedir();
  const documents = await documentsFolder();
  const known: Place[] = [
    { name: 'Home', path: home },
    ...(documents === home ? [] : [{ name: 'Documents', path: documents }]),
    ...(project === undefined ? [] : [{ name: 'This project', path: project }]),
  ];
  return [...known, ...(await disks())];
}

async function disks(): Promise<Place[]> {
  if (process.platform === 'win32') return drives();
  const user = userInfo().username;
  const roots =
    process.platform === 'darwin' ? ['/Volumes'] : ['/media', `/media/${user}`, `/run/media/${user}`, '/mnt'];
  const found: Place[] = [{ name: 'Computer', path: '/' }];
  for (const root of roots) {
    const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
    for (const { name } of entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))) {
      if (name !== user || root !== '/media') found.push({ name, path: join(root, name) });
    }
  }
  return found;
}

/** Letters that answer soon; a network drive that is away would keep everyone waiting. */
async function drives(): Promise<Place[]> {
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
  const answers = await Promise.all(
    letters.map(async (letter) => {
      const late = new Promise<false>((resolve) => void setTimeout(resolve, 500, false).unref());
      const there = access(`${letter}:\\`).then(
        () => true,
        () => false,
      );
      return (await Promise.race([there, late])) ? [{ name: `${letter}:`, path: `${letter}:\\` }] : [];
    }),
  );
  return answers.flat();
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
