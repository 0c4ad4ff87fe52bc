import { dialog, shell, type OpenDialogOptions } from 'electron';
import { UserError } from '../src-shared/contract/errors.ts';
import type { Args, Handlers } from '../src-shared/contract/handlers.ts';
import { holds } from './picked-paths.ts';
import type { MainWindow } from './window.ts';

type Purpose = Args<'files:choose'>['purpose'];

const tables = ['csv', 'tsv', 'txt', 'gz', 'parquet'];
const matrices = ['h5ad', 'loom', 'h5', 'hdf5', 'mtx', ...tables];

const questions: Readonly<Record<Exclude<Purpose, 'new-project'>, OpenDialogOptions>> = {
  'dataset-file': file('Choose the data', 'Counts', matrices),
  'dataset-folder': { title: 'Choose the folder of the data', properties: ['openDirectory'] },
  table: file('Choose a table', 'Tables', tables),
  project: { title: 'Open a project: choose its folder', properties: ['openDirectory'] },
  folder: { title: 'Choose a folder', properties: ['openDirectory', 'createDirectory'] },
  config: file('Choose a configuration', 'Configurations', ['json']),
  'gene-sets': file('Choose gene sets', 'Gene sets', ['gmt']),
};

function file(title: string, name: string, extensions: string[]): OpenDialogOptions {
  const filters = [
    { name, extensions },
    { name: 'All files', extensions: ['*'] },
  ];
  return { title, properties: ['openFile'], filters };
}

export interface FileCallOptions {
  readonly window: MainWindow;
  /** Folder of the open project. */
  readonly folder: () => string | null;
  /** Lets the engine read a path that the user picked, and waits until it knows. */
  readonly grant: (path: string) => Promise<void>;
  /** Whether the user picked a path, or a folder that holds it. */
  readonly picked: (path: string) => boolean;
}

/** The calls about files that main answers itself. */
export function fileCalls({
  window,
  folder,
  grant,
  picked,
}: FileCallOptions): Pick<Handlers, 'files:choose' | 'files:picked' | 'files:reveal'> {
  return {
    'files:choose': async ({ purpose, name }) => {
      const path = await choose(window, purpose, name);
      if (path !== null) await grant(path);
      return { path };
    },
    // The page may say which path it means, but not take one that the user never picked.
    'files:picked': async ({ path }) => {
      if (!picked(path))
        throw refused(`${path} was not chosen by you in this window; choose or drop it.`, path);
      await grant(path);
      return {};
    },
    'files:reveal': ({ path }) => {
      const project = folder();
      if ((project === null || !holds(project, path)) && !picked(path))
        return Promise.reject(refused(`${path} is not a file of the open project.`, path));
      shell.showItemInFolder(path);
      return Promise.resolve({});
    },
  };
}

async function choose({ window }: MainWindow, purpose: Purpose, name = ''): Promise<string | null> {
  if (purpose === 'new-project') {
    const options = {
      title: 'New project',
      buttonLabel: 'Create',
      nameFieldLabel: 'Project folder',
      defaultPath: name === '' ? 'My project' : name,
      properties: ['createDirectory' as const, 'showOverwriteConfirmation' as const],
    };
    const asked =
      window === undefined ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options);
    const { canceled, filePath } = await asked;
    return canceled || filePath === '' ? null : filePath;
  }
  const options = { ...questions[purpose], ...(name === '' ? {} : { message: name }) };
  const asked =
    window === undefined ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options);
  const { canceled, filePaths } = await asked;
  return canceled ? null : (filePaths[0] ?? null);
}

function refused(message: string, path: string): UserError {
  return new UserError(message, { file: path }, 'usage');
}
