import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { channels } from '../../../src-main/channels.ts';
import { OPEN_TRAINER } from '../../../src-main/host/trainer.ts';
import { ElectronApp, settle } from '../../helpers/electron-app.ts';

type Process = ElectronApp['engine'];

/** Jobs that ask for the window that trains, as Electron's main process sees them. */
describe('the window that trains', () => {
  let app: ElectronApp;
  beforeEach(async () => {
    app = await ElectronApp.start();
    await app.connect();
  });
  afterEach(() => app.stop());

  const hidden = () => app.electron.BrowserWindow.all.filter(({ url }) => url.endsWith('gpu.html'));

  /** Starts a process as the engine does, and lets it ask. */
  async function job(number: number): Promise<Process> {
    const engine = app.electron.utilityProcess.forked[0]!.process;
    engine.emit('message', { kind: 'spawn:start', child: number, entry: 'job-worker', args: [] });
    await settle();
    return app.electron.utilityProcess.forked.at(-1)!.process;
  }

  async function ask(process: Process): Promise<void> {
    process.emit('message', { kind: OPEN_TRAINER });
    await settle();
  }

  it('is not there until a job asks for it, and then is hidden, sandboxed and never slowed down', async () => {
    const process = await job(1);
    expect(hidden()).toEqual([]);
    await ask(process);
    expect(hidden()).toHaveLength(1);
    expect(hidden()[0]!.url).toBe('app://spagene/gpu.html');
    expect(hidden()[0]!.options).toMatchObject({
      show: false,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        backgroundThrottling: false,
        preload: expect.stringMatching(/gpu-preload\.cjs$/u) as string,
      },
    });
    expect(hidden()[0]!.done).toEqual([]);
  });

  it('is joined with the job by a port', async () => {
    const process = await job(1);
    await ask(process);
    const [near] = process.ports as [MessagePort];
    const { channel, port: far } = hidden()[0]!.webContents.ports[0]!;
    expect(channel).toBe(channels.trainer);
    const heard = once(far, 'message');
    near.postMessage({ kind: 'hello', numbers: Float32Array.of(1, 2) });
    expect(await heard).toEqual([{ kind: 'hello', numbers: Float32Array.of(1, 2) }]);
  });

  it('serves several jobs, and goes when the last of them has ended', async () => {
    const [one, two] = [await job(1), await job(2)];
    await ask(one);
    await ask(two);
    const [window] = hidden();
    expect(hidden()).toHaveLength(1);
    expect(window!.webContents.ports).toHaveLength(2);
    one.emit('exit', 0);
    await settle();
    expect(hidden()).toHaveLength(1);
    two.emit('exit', 0);
    await settle();
    expect(hidden()).toEqual([]);
    expect(app.electron.BrowserWindow.all).toHaveLength(1);
  });

  it('is made anew for the next job after it has crashed', async () => {
    await ask(await job(1));
    hidden()[0]!.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    await settle();
    expect(hidden()).toEqual([]);
    await ask(await job(2));
    expect(hidden()).toHaveLength(1);
  });

  it('gives a job whose window cannot be loaded a line that is closed', async () => {
    const load = vi.spyOn(app.electron.BrowserWindow.prototype, 'loadURL');
    load.mockRejectedValue(new Error('ERR_FILE_NOT_FOUND'));
    try {
      const process = await job(1);
      const closed = new Promise((resolve) => {
        process.once('test:posted', () => process.ports[0]!.once('close', () => resolve('closed')).ref());
      });
      await ask(process);
      await expect(closed).resolves.toBe('closed');
    } finally {
      load.mockRestore();
    }
  });
});
