import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FileEntry } from '../../../../src-shared/contract/calls/files.ts';
import { FileBrowserHost } from '../../../../src-renderer/components/file-browser/FileBrowserHost.tsx';
import type { FileQuestion } from '../../../../src-renderer/components/file-browser/file-question.ts';
import { EngineError } from '../../../../src-renderer/engine/client.ts';
import { EngineContext } from '../../../../src-renderer/engine/context.ts';
import { useChooseFile } from '../../../../src-renderer/lib/choose-file.ts';
import { useApp } from '../../../../src-renderer/store/store.ts';
import { dialogsOpen } from '../../helpers/dialog.ts';
import { fakeEngine } from '../../helpers/fake-engine.ts';

/** A disk: every folder with what lies in it; a name with a trailing slash is a folder. */
const disk: Readonly<Record<string, readonly string[]>> = {
  '/home/ann': ['data/', 'notes.txt'],
  '/home/ann/data': ['osmFISH/', 'xenium run/', 'a.csv', 'b.csv'],
  '/home/ann/data/osmFISH': [],
  '/home/ann/data/xenium run': ['cells.csv.gz'],
  '/home': ['ann/'],
};

function entryOf(folder: string, name: string): FileEntry {
  const plain = name.replace('/', '');
  return {
    name: plain,
    path: `${folder}/${plain}`,
    kind: name.endsWith('/') ? 'folder' : 'file',
    bytes: 1234,
    modified: '2026-01-01T00:00:00.000Z',
    ...(name.startsWith('xenium') && { hint: 'Xenium' }),
  };
}

function ask(question: FileQuestion) {
  const answers: (string | null)[] = [];
  const engine = fakeEngine({
    'files:list': ({ folder = '/home/ann' }) => {
      const names = disk[folder];
      if (names === undefined) throw new EngineError({ code: 'input', message: `${folder} is not there.` });
      return {
        folder,
        parent: folder === '/home' ? null : folder.slice(0, folder.lastIndexOf('/')),
        places: [{ name: 'Home', path: '/home/ann' }],
        entries: names.map((name) => entryOf(folder, name)),
        truncated: false,
      };
    },
    'files:picked': () => ({}),
    'files:make-folder': ({ folder, name }) => ({ path: `${folder}/${name}` }),
  });
  function Asker() {
    const choose = useChooseFile();
    return (
      <button type="button" onClick={() => void choose(question).then((path) => answers.push(path))}>
        ask
      </button>
    );
  }
  render(
    <EngineContext value={engine.client}>
      <Asker />
      <FileBrowserHost />
    </EngineContext>,
  );
  fireEvent.click(screen.getByText('ask'));
  return { engine, answers };
}

const filter = () => screen.findByRole('combobox');
const options = () => screen.queryAllByRole('option').map((option) => option.title);
const selected = () =>
  screen.queryAllByRole('option').find((option) => option.getAttribute('aria-selected') === 'true')?.title;
const key = (name: string) => fireEvent.keyDown(document.activeElement!, { key: name });

/** The dialog opens where the last one was left. */
async function goHome() {
  fireEvent.click(await screen.findByRole('button', { name: 'Home' }));
  await waitFor(() => expect(options()).toContain('data'));
}

beforeAll(dialogsOpen);
beforeEach(() => useApp.setState({ info: null }));
afterEach(cleanup);

describe('the file dialog of the page', () => {
  it('is walked with the keyboard alone, and the choice is told to the engine', async () => {
    const { engine, answers } = ask({ purpose: 'dataset-file', title: 'Choose data' });
    await filter();
    await goHome();
    (await filter()).focus();
    key('ArrowDown');
    expect(selected()).toBe('data');
    key('Enter');
    await waitFor(() => expect(options()).toEqual(['osmFISH', 'xenium run', 'a.csv', 'b.csv']));
    key('Backspace');
    await waitFor(() => expect(options()).toEqual(['data', 'notes.txt']));
    fireEvent.change(await filter(), { target: { value: 'DAT' } });
    expect(options()).toEqual(['data']);
    key('Enter');
    await waitFor(() => expect(options()).toContain('b.csv'));
    expect(await filter()).toHaveProperty('value', '');
    for (let i = 0; i < 9; i += 1) key('ArrowDown');
    expect(selected()).toBe('b.csv');
    key('ArrowUp');
    key('Enter');
    await waitFor(() => expect(answers).toEqual(['/home/ann/data/a.csv']));
    expect(engine.calls('files:picked')).toEqual([{ path: '/home/ann/data/a.csv' }]);
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('chooses a folder that is known for its data, and looks into it on the right arrow', async () => {
    const { answers } = ask({ purpose: 'dataset-folder', title: 'Choose data' });
    fireEvent.change(await filter(), { target: { value: '/home/ann/data' } });
    key('Enter');
    await waitFor(() => expect(options()).toContain('xenium run'));
    fireEvent.click(screen.getByTitle('xenium run'));
    key('ArrowRight');
    await waitFor(() => expect(options()).toEqual(['cells.csv.gz']));
    key('Backspace');
    await waitFor(() => expect(options()).toContain('xenium run'));
    fireEvent.click(screen.getByTitle('xenium run'));
    key('Enter');
    await waitFor(() => expect(answers).toEqual(['/home/ann/data/xenium run']));
  });

  it('takes a typed path of a file, and says why one cannot be shown', async () => {
    ask({ purpose: 'table', title: 'Choose a table' });
    fireEvent.change(await filter(), { target: { value: '/home/ann/data/b.csv' } });
    key('Enter');
    await waitFor(() => expect(selected()).toBe('b.csv'));
    fireEvent.change(await filter(), { target: { value: '/nowhere/at/all' } });
    key('Enter');
    expect(await screen.findByRole('alert')).toHaveProperty('textContent', '/nowhere/at/all is not there.');
    expect(selected()).toBe('b.csv');
  });

  it('makes a folder for a new project and chooses it', async () => {
    const { engine, answers } = ask({ purpose: 'folder', title: 'Where?' });
    await filter();
    await goHome();
    fireEvent.click(screen.getByRole('button', { name: 'New folder' }));
    const name = screen.getByLabelText('Name of the new folder');
    fireEvent.change(name, { target: { value: 'Mine' } });
    Object.assign(disk, { '/home/ann/Mine': [] });
    fireEvent.keyDown(name, { key: 'Enter' });
    await waitFor(() =>
      expect(engine.calls('files:make-folder')).toEqual([{ folder: '/home/ann', name: 'Mine' }]),
    );
    await screen.findByText('Nothing to choose in this folder.');
    fireEvent.click(screen.getByRole('button', { name: 'Choose the folder shown' }));
    await waitFor(() => expect(answers).toEqual(['/home/ann/Mine']));
  });

  it('answers null when it is closed, and tells the engine nothing', async () => {
    const { engine, answers } = ask({ purpose: 'table', title: 'Choose a table' });
    await filter();
    await act(async () => {
      fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
      await Promise.resolve();
    });
    await waitFor(() => expect(answers).toEqual([null]));
    expect(engine.calls('files:picked')).toEqual([]);
  });
});

describe('in Electron', () => {
  it('the dialog of the system is asked instead', async () => {
    useApp.setState({
      info: {
        version: '1',
        shell: 'electron',
        platform: 'linux',
        cores: 2,
        memoryBytes: 1,
        backendLabel: '',
        home: '/home/ann',
      },
    });
    const answers: (string | null)[] = [];
    const engine = fakeEngine({ 'files:choose': () => ({ path: '/x.csv' }) });
    function Asker() {
      const choose = useChooseFile();
      const question = { purpose: 'config', title: 'Choose', name: 'c.json' } as const;
      return (
        <button type="button" onClick={() => void choose(question).then((path) => answers.push(path))}>
          ask
        </button>
      );
    }
    render(
      <EngineContext value={engine.client}>
        <Asker />
      </EngineContext>,
    );
    fireEvent.click(screen.getByText('ask'));
    await waitFor(() => expect(answers).toEqual(['/x.csv']));
    expect(engine.calls('files:choose')).toEqual([{ purpose: 'config', name: 'c.json' }]);
  });
});
