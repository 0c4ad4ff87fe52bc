import { afterEach, describe, expect, it } from 'vitest';
import { purpose } from '../../../src-shared/contract/calls/files.ts';
import { ElectronApp } from '../../helpers/electron-app.ts';
import { emptyProject } from '../../helpers/project-state.ts';

let app: ElectronApp;
afterEach(() => app.stop());

async function start(): Promise<void> {
  app = await ElectronApp.start();
  await app.connect();
}

describe('files:choose', () => {
  it('shows a dialog for every purpose', async () => {
    await start();
    for (const each of purpose.options) await app.ask('files:choose', { purpose: each });
    const asked = app.electron.dialog.asked as { title?: string; properties?: string[] }[];
    expect(asked).toHaveLength(purpose.options.length);
    expect(asked.map(({ title }) => title)).not.toContain(undefined);
    const kinds = asked.map(({ properties }) => properties![0]);
    expect(Object.fromEntries(purpose.options.map((name, i) => [name, kinds[i]]))).toEqual({
      'dataset-file': 'openFile',
      'dataset-folder': 'openDirectory',
      table: 'openFile',
      project: 'openDirectory',
      'new-project': 'createDirectory',
      folder: 'openDirectory',
      config: 'openFile',
      'gene-sets': 'openFile',
    });
  });

  it('answers the path after the engine may read it, and null when the dialog was closed', async () => {
    await start();
    await expect(app.ask('files:choose', { purpose: 'table' })).resolves.toMatchObject({
      value: { path: null },
    });
    app.electron.dialog.chosen = '/data/labels.csv';
    await expect(app.ask('files:choose', { purpose: 'table' })).resolves.toMatchObject({
      value: { path: '/data/labels.csv' },
    });
    const kinds = app.told.map(({ kind, path, request }) => path ?? request?.call ?? kind);
    // The request after the grant is what was waited for.
    expect(kinds.slice(kinds.indexOf('/data/labels.csv'))).toEqual(['/data/labels.csv', 'app:settings']);
  });

  it('refuses a purpose that does not exist', async () => {
    await start();
    await expect(app.ask('files:choose', { purpose: 'anything' })).resolves.toMatchObject({
      failure: { code: 'malformed' },
    });
    expect(app.electron.dialog.asked).toEqual([]);
  });
});

describe('files:reveal', () => {
  it('shows files of the open project and nothing else', async () => {
    await start();
    await expect(app.ask('files:reveal', { path: '/data/a/runs/x' })).resolves.toMatchObject({ ok: false });
    await app.open(emptyProject('/data/a'));
    await expect(app.ask('files:reveal', { path: '/data/a/runs/x' })).resolves.toMatchObject({ ok: true });
    for (const path of ['/data/b', '/data/a/../b', '/data'])
      await expect(app.ask('files:reveal', { path }), path).resolves.toMatchObject({
        failure: { code: 'usage' },
      });
    expect(app.electron.shell.shown).toEqual(['/data/a/runs/x']);
  });
});
