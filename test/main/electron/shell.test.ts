import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { channels } from '../../../src-main/channels.ts';
import { ElectronApp, settle } from '../../helpers/electron-app.ts';
import { emptyProject, runRecord } from '../../helpers/project-state.ts';

let running: ElectronApp | undefined;

async function start(...parameters: Parameters<typeof ElectronApp.start>): Promise<ElectronApp> {
  running = await ElectronApp.start(...parameters);
  return running;
}

afterEach(() => {
  running?.stop();
  running = undefined;
});

describe('the start', () => {
  it('sets up sandbox and scheme before Electron is ready, then opens one window on the page', async () => {
    const app = await start();
    expect(app.electron.app.early).toEqual(['enableSandbox', 'registerSchemesAsPrivileged', 'ready']);
    expect(app.electron.BrowserWindow.all).toHaveLength(1);
    expect(app.window.url).toBe('app://spagene/');
    expect(app.window.done).toEqual([]);
    app.window.emit('ready-to-show');
    expect(app.window.done).toEqual(['show']);
  });

  it('keeps its files in the settings folder', async () => {
    const app = await start();
    expect(app.electron.app.paths.get('userData')).toBe(join(app.home, 'desktop'));
  });

  it('shows a window whose page cannot be loaded', async () => {
    const app = await start();
    app.contents.emit('did-fail-load');
    expect(app.window.done).toEqual(['show']);
  });

  it('starts one engine as a utility process and tells it the shell and the version', async () => {
    const app = await start();
    const [forked] = app.electron.utilityProcess.forked;
    expect(app.electron.utilityProcess.forked).toHaveLength(1);
    expect(forked?.file.endsWith(join('dist', 'engine-process.js'))).toBe(true);
    expect(forked?.options).toMatchObject({ stdio: 'pipe', serviceName: 'SpaGene engine' });
    expect(app.told[0]).toMatchObject({ kind: 'start', shell: 'electron', version: '9.9.9', folder: null });
  });

  it('leaves the work to the first start, and tells it what was to be opened', async () => {
    const app = await start([process.cwd()], ({ app }) => (app.first = false));
    expect(app.electron.app.lockData).toEqual({ paths: [process.cwd()] });
    expect(app.electron.app.hasQuit).toBe(true);
    expect(app.electron.BrowserWindow.all).toEqual([]);
    expect(app.electron.utilityProcess.forked).toEqual([]);
  });
});

describe('the line between page and engine', () => {
  it('answers a request, and pushes with numbers from 1 for every page that connects', async () => {
    const app = await start();
    await app.connect();
    await expect(app.ask('project:current', {})).resolves.toEqual({
      id: 1,
      ok: true,
      value: { project: null },
    });
    await app.open(emptyProject('/data/a'));
    await app.open(null);
    expect(app.pushes.map(({ seq, event }) => [seq, event])).toEqual([
      [1, 'project:changed'],
      [2, 'project:changed'],
    ]);
    await app.connect();
    await app.open(null);
    expect(app.pushes.slice(2).map(({ seq }) => seq)).toEqual([1]);
  });

  it('hands the two ends of one line to the page and to the engine', async () => {
    const app = await start();
    await app.connect();
    const [toPage] = app.contents.ports;
    const [toEngine] = app.engine.ports;
    expect(toPage?.channel).toBe(channels.port);
    const heard = new Promise((resolve) => toEngine?.once('message', resolve));
    toPage?.port.postMessage({ vector: new Float32Array([1, 2]) });
    await expect(heard).resolves.toEqual({ vector: new Float32Array([1, 2]) });
  });

  it('starts a dead engine again with its project, tells the page, and then hands out a new line', async () => {
    const app = await start();
    await app.connect();
    await app.open(emptyProject('/data/a'));
    const order: string[] = [];
    app.contents.on('test:sent', () => {
      const [sent, ports] = [app.pushes.at(-1)?.event ?? '', app.contents.ports.length];
      order.push(`${sent} ${ports}`);
    });
    app.engine.emit('exit', 139);
    await settle();
    expect(app.electron.utilityProcess.forked).toHaveLength(2);
    expect(app.told[0]).toMatchObject({ kind: 'start', folder: '/data/a' });
    expect(order).toEqual(['engine:restarted 1', 'engine:restarted 2']);
    expect(app.engine.ports).toHaveLength(1);
  });

  it('logs what the engine prints', async () => {
    const app = await start();
    app.engine.stderr.emit('data', Buffer.from('spagene: something\n'));
    const log = readFileSync(join(app.home, 'desktop', 'logs', 'spagene.log'), 'utf8');
    expect(log).toMatch(/^\d{4}-\d\d-\d\dT\S+ engine-process 4711 spagene: something\n$/u);
  });
});

describe('the theme', () => {
  it('follows the settings: at the start, and when the page changes them', async () => {
    const app = await start();
    expect(app.electron.nativeTheme.themeSource).toBe('dark');
    expect(app.window.background).toBe('#12161a');
    await app.connect();
    await app.ask('app:change-settings', { theme: 'light' });
    expect(app.electron.nativeTheme.themeSource).toBe('light');
    expect(app.window.background).toBe('#f3f5f7');
  });
});

describe('a page that ends', () => {
  it('is loaded again, hears of it, and training went on', async () => {
    const app = await start();
    await app.connect();
    app.contents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 });
    await settle();
    expect(app.contents.asked).toEqual(['reload']);
    expect(app.engine.killed).toBe(false);
    const before = app.pushes.length;
    await app.open(emptyProject('/data/a'));
    expect(app.pushes).toHaveLength(before);
    await app.connect();
    expect(app.pushes.at(-1)).toMatchObject({ seq: 1, event: 'engine:restarted' });
    expect(app.contents.ports).toHaveLength(2);
  });

  it('is not loaded for ever: after three crashes in a minute the user is asked', async () => {
    const app = await start();
    app.electron.dialog.answer = () => 1;
    const { contents } = app;
    for (let i = 0; i < 4; i += 1) {
      contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
      await settle();
    }
    expect(contents.asked).toEqual(['reload', 'reload', 'reload']);
    expect(app.electron.dialog.asked).toMatchObject([{ buttons: ['Load again', 'Quit'] }]);
    await settle();
    expect(app.electron.app.hasQuit).toBe(true);
  });

  it('is ended and loaded again when it does not answer and the user says so', async () => {
    const app = await start();
    app.electron.dialog.answer = () => 1;
    app.window.emit('unresponsive');
    await settle();
    expect(app.electron.dialog.asked).toMatchObject([{ buttons: ['Wait', 'Load again'] }]);
    expect(app.contents.asked).toEqual(['crash']);
  });

  it('takes the question back when the page answers again', async () => {
    const app = await start();
    app.electron.dialog.answer = ({ signal }) =>
      new Promise((resolve) => signal?.addEventListener('abort', () => resolve(0)));
    app.window.emit('unresponsive');
    app.window.emit('unresponsive');
    await settle();
    expect(app.electron.dialog.asked).toHaveLength(1);
    app.window.emit('responsive');
    await settle();
    expect(app.contents.asked).toEqual([]);
    app.window.emit('unresponsive');
    await settle();
    expect(app.electron.dialog.asked).toHaveLength(2);
  });
});

describe('the end', () => {
  it('asks while a job runs, and stays when the user cancels', async () => {
    const app = await start();
    await app.open(emptyProject('/data/a', { runs: [runRecord()] }));
    app.electron.dialog.answer = () => 1;
    app.window.close();
    await settle();
    const [asked] = app.electron.dialog.asked;
    expect(asked).toMatchObject({ buttons: ['Pause the job and quit', 'Cancel'], cancelId: 1 });
    expect(asked).toHaveProperty('detail', expect.stringContaining('"First run"'));
    expect(app.told.some(({ kind }) => kind === 'shutdown')).toBe(false);
    expect(app.electron.app.hasQuit).toBe(false);
    expect(app.electron.BrowserWindow.all).toHaveLength(1);
    app.window.close();
    await settle();
    expect(app.electron.dialog.asked).toHaveLength(2);
  });

  it('tells the engine to save the job, waits for it, and ends', async () => {
    const app = await start();
    await app.open(emptyProject('/data/a', { runs: [runRecord()] }));
    const { engine } = app;
    engine.removeAllListeners('test:posted');
    app.electron.app.quit();
    await settle();
    expect(engine.posted.at(-1)).toEqual({ kind: 'shutdown' });
    expect(app.window.done).toContain('hide');
    expect(app.electron.app.hasQuit).toBe(false);
    engine.emit('exit', 0);
    await settle();
    expect(app.electron.app.hasQuit).toBe(true);
    expect(app.electron.utilityProcess.forked).toHaveLength(1);
  });

  it('asks nothing when no job runs', async () => {
    const app = await start();
    app.window.close();
    await settle();
    expect(app.electron.dialog.asked).toEqual([]);
    expect(app.electron.app.hasQuit).toBe(true);
  });

  it('saves without asking when the system ends', async () => {
    const app = await start();
    await app.open(emptyProject('/data/a', { runs: [runRecord()] }));
    const event = new app.electron.FakeEvent();
    app.electron.powerMonitor.emit('shutdown', event);
    await settle();
    expect(event.defaultPrevented).toBe(true);
    expect(app.electron.dialog.asked).toEqual([]);
    expect(app.electron.app.hasQuit).toBe(true);
  });

  it('remembers where the window was', async () => {
    const app = await start();
    app.window.bounds = { x: 50, y: 60, width: 1100, height: 700 };
    app.window.close();
    await settle();
    const { WindowState } = await import('../../../src-main/window-state.ts');
    const screen = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
    expect(new WindowState(join(app.home, 'desktop', 'window.json')).place([screen], screen)).toEqual({
      bounds: { x: 50, y: 60, width: 1100, height: 700 },
      maximized: false,
    });
  });
});

describe('what is opened from outside', () => {
  it('is kept until the page connects; a project file means its folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'spagene-opened-'));
    writeFileSync(join(folder, 'Cortex.spagene'), '');
    const app = await start([join(folder, 'Cortex.spagene')]);
    await app.connect();
    await settle();
    expect(app.pushes).toMatchObject([{ seq: 1, event: 'app:open', payload: { path: folder } }]);
    expect(app.told).toContainEqual({ kind: 'grant', path: folder });
  });

  it('comes to this window when the app is started a second time', async () => {
    const app = await start();
    await app.connect();
    app.window.minimized = true;
    app.electron.app.emit('second-instance', {}, [], '/', { paths: ['/data/b.h5ad'] });
    await settle();
    expect(app.window.done).toEqual(expect.arrayContaining(['restore', 'focus']));
    expect(app.pushes.at(-1)).toMatchObject({ event: 'app:open', payload: { path: '/data/b.h5ad' } });
  });

  it('is not taken from a second start that says something else', async () => {
    const app = await start();
    await app.connect();
    app.electron.app.emit('second-instance', {}, [], '/', { paths: [7] });
    await settle();
    expect(app.pushes).toEqual([]);
  });

  it('comes from the Finder of macOS', async () => {
    const app = await start();
    await app.connect();
    expect(app.electron.happen(app.electron.app, 'open-file', {}, '/data/c')).toBe(true);
    await settle();
    expect(app.pushes.at(-1)).toMatchObject({ event: 'app:open', payload: { path: '/data/c' } });
  });
});

describe('the project', () => {
  it('names the window and goes to the recent documents once', async () => {
    const app = await start();
    await app.open(emptyProject('/data/a'));
    await app.open(emptyProject('/data/a', { notes: 'x' }));
    expect(app.window.title).toBe('Cortex – SpaGene Desktop');
    expect(app.electron.app.recent).toEqual(['/data/a']);
    await app.open(null);
    expect(app.window.title).toBe('SpaGene Desktop');
  });
});
