import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Push, Response } from '../../src-shared/contract/messages.ts';
import type { ProjectState } from '../../src-shared/domain/project.ts';
import { ElectronApp, settle } from '../helpers/electron-app.ts';
import { root } from '../helpers/spagene.ts';
import { WorkerProcess } from '../helpers/worker-process.ts';

const built = existsSync(join(root, 'dist', 'engine-process.js'));

/** Electron's side as it is, and the engine as it is built; only Electron between them is a stand-in. */
describe.skipIf(!built)('the desktop app with its real engine (needs dist/: npm run build)', () => {
  let app: ElectronApp;
  beforeAll(async () => {
    app = await ElectronApp.start([], ({ utilityProcess }) => {
      utilityProcess.make = (file) =>
        new WorkerProcess(pathToFileURL(join(root, 'dist', basename(file))).href);
    });
    await app.connect();
  });
  afterAll(async () => {
    for (const { process } of app.electron.utilityProcess.forked) process.kill();
    await settle();
    app.stop();
  });

  /** The next push that fits. */
  async function pushed(fits: (push: Push) => boolean): Promise<Push> {
    for (;;) {
      const found = app.pushes.find(fits);
      if (found !== undefined) return found;
      await once(app.contents, 'test:sent');
    }
  }

  async function value<T>(answer: Promise<Response>): Promise<T> {
    const response = await answer;
    if (!response.ok) throw new Error(response.failure.message);
    return response.value as T;
  }

  const overPort = async (call: string, args: unknown): Promise<Response> => {
    const { port } = app.contents.ports.at(-1)!;
    const answered = new Promise<Response>((resolve) => port.once('message', resolve));
    port.postMessage({ id: 77, call, args });
    return answered;
  };

  it('answers the page', async () => {
    const info = await value<{ shell: string; version: string }>(app.ask('app:info', {}));
    expect(info).toMatchObject({ shell: 'electron', version: '9.9.9' });
  });

  it('makes a project where the user said, and nowhere else', async () => {
    const folder = join(app.home, 'Cortex');
    await expect(app.ask('project:create', { folder, name: 'Cortex' })).resolves.toMatchObject({ ok: false });
    app.electron.dialog.chosen = folder;
    await value(app.ask('files:choose', { purpose: 'new-project' }));
    const project = await value<ProjectState>(app.ask('project:create', { folder, name: 'Cortex' }));
    expect(project.name).toBe('Cortex');
    await pushed(({ event }) => event === 'project:changed');
    expect(app.window.title).toBe('Cortex – SpaGene Desktop');
  });

  it('makes the example, and hands its vectors over the port as typed arrays', async () => {
    const folder = join(app.home, 'Example');
    app.electron.dialog.chosen = folder;
    await value(app.ask('files:choose', { purpose: 'new-project' }));
    const project = await value<ProjectState>(app.ask('project:example', { folder }));
    expect(project.spatial?.cells).toBeGreaterThan(0);
    const { id, ...response } = await overPort('map:positions', {});
    expect(id).toBe(77);
    const { xy } = (response as { value: { xy: Float32Array } }).value;
    expect(xy).toBeInstanceOf(Float32Array);
    expect(xy).toHaveLength(2 * project.spatial!.cells);
  });

  it('gives the page no way round main: only vectors are asked for over the port', async () => {
    await expect(overPort('files:picked', { path: '/etc' })).resolves.toMatchObject({ ok: false });
    await expect(overPort('project:close', {})).resolves.toMatchObject({ ok: false });
  });

  it('opens the same project again after the engine has died, and hands out a new port', async () => {
    const ports = app.contents.ports.length;
    app.engine.kill();
    const { payload } = await pushed(({ event }) => event === 'engine:restarted');
    expect((payload as { message: string }).message).toMatch(/started again/u);
    await settle();
    expect(app.contents.ports).toHaveLength(ports + 1);
    const { project } = await value<{ project: ProjectState | null }>(app.ask('project:current', {}));
    expect(project?.folder).toBe(join(app.home, 'Example'));
    await expect(overPort('map:positions', {})).resolves.toMatchObject({ ok: true });
  });

  it('lets the engine end by itself when the app ends', async () => {
    const ended = once(app.engine, 'exit');
    app.electron.app.quit();
    await expect(ended).resolves.toEqual([0]);
    await settle();
    expect(app.electron.app.hasQuit).toBe(true);
  });
});
