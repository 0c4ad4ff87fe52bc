import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ElectronApp, settle } from '../helpers/electron-app.ts';
import { root } from '../helpers/spagene.ts';
import { WorkerProcess } from '../helpers/worker-process.ts';

const built = existsSync(join(root, 'dist', 'backends-worker.js'));

describe.skipIf(!built)('the backends of the desktop app (needs dist/: npm run build)', () => {
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

  it('are listed although the process that tries them asks for the window, which never answers here', async () => {
    const response = await app.ask('app:backends', {});
    expect(response).toMatchObject({ ok: true });
    const listed = (response as { value: { name: string; available: boolean; reason?: string }[] }).value;
    expect(listed.find(({ name }) => name === 'wasm')).toMatchObject({ available: true });
    const webGpu = listed.find(({ name }) => name === 'webgpu');
    expect(webGpu).toMatchObject({ available: false });
    expect(webGpu!.reason).toMatch(/the hidden window does not answer/u);
  });
});
