import { FuseV1Options } from '@electron/fuses';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channels } from '../../../src-main/channels.ts';
import { ElectronApp } from '../../helpers/electron-app.ts';
import { root } from '../../helpers/spagene.ts';

/**
 * Electron's security checklist, in its own order and numbering; what the app set up when src-main/main.ts ran is
 * looked at, not its source.
 */
let app: ElectronApp;
beforeAll(async () => {
  app = await ElectronApp.start();
  await app.connect();
});
afterAll(() => app.stop());

const preferences = () => app.window.options.webPreferences!;
const session = () => app.electron.session.defaultSession;
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(text('package.json')) as { devDependencies: Record<string, string> };

/** What main, the engine's processes and the preload script consist of once they are built. */
async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    write: false,
    packages: 'external',
    platform: 'node',
    format: entry.includes('preload') ? 'cjs' : 'esm',
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The permissions that Electron knows, from its own types. */
function permissions(): string[] {
  const types = text('node_modules/electron/electron.d.ts');
  const [, union] = /setPermissionCheckHandler\(handler: \(\(webContents: [^']*permission: ([^,]*),/u.exec(
    types,
  )!;
  return [...union!.matchAll(/'([^']+)'/gu)].map(([, name]) => name!);
}

async function serve(address: string): Promise<Response> {
  return session().protocol.handlers.get('app')!(new Request(address));
}

async function contentPolicy(): Promise<Map<string, string[]>> {
  const policy = (await serve('app://spagene/')).headers.get('Content-Security-Policy') ?? '';
  return new Map(
    policy.split('; ').map((rule) => {
      const [name, ...values] = rule.split(' ');
      return [name!, values];
    }),
  );
}

function isCancelled(url: string): boolean {
  let cancelled: boolean | undefined;
  session().webRequest.beforeRequest!({ url }, ({ cancel }) => (cancelled = cancel));
  return cancelled === true;
}

const elsewhere = [
  'http://example.com/',
  'https://example.com/a.js',
  'file:///etc/passwd',
  'app://other/',
  'data:text/html,x',
];

describe("Electron's security checklist", () => {
  it('1. loads only secure content', () => {
    expect(app.window.url).toBe('app://spagene/');
    for (const url of [
      'http://example.com/',
      'ws://example.com/',
      'https://example.com/',
      'file:///etc/passwd',
    ])
      expect(isCancelled(url), url).toBe(true);
    for (const url of ['app://spagene/main.js', 'blob:app://spagene/1', 'data:image/png;base64,'])
      expect(isCancelled(url), url).toBe(false);
    expect(text('src-renderer/index.html')).not.toMatch(/\b(?:http|https|ws|ftp):/u);
    for (const file of filesBelow(join(root, 'src-renderer')).filter((path) => /\.(?:css|html)$/u.test(path)))
      expect(readFileSync(file, 'utf8'), file).not.toMatch(/url\(\s*['"]?(?:https?:)?\/\//u);
  });

  it('2. gives no page Node.js', () => {
    const { nodeIntegration, nodeIntegrationInWorker, nodeIntegrationInSubFrames } = preferences();
    expect([nodeIntegration, nodeIntegrationInWorker, nodeIntegrationInSubFrames]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('3. isolates the contexts', () => {
    expect(preferences().contextIsolation).toBe(true);
  });

  it('4. runs every page in the sandbox', async () => {
    expect(app.electron.app.early.slice(0, 2)).toContain('enableSandbox');
    expect(app.electron.app.sandboxed).toBe(true);
    expect(preferences().sandbox).toBe(true);
    const required = [...(await bundled('src-main/preload.ts')).matchAll(/\brequire\("([^"]+)"\)/gu)];
    expect(required.map(([, name]) => name)).toEqual(['electron']);
  });

  it('5. answers every request for a permission itself, and grants only copying to its own page', () => {
    const names = permissions();
    expect(names).toEqual(
      expect.arrayContaining(['media', 'geolocation', 'notifications', 'usb', 'clipboard-read']),
    );
    const granted = (requestingUrl: string, isMainFrame: boolean) =>
      names.filter((name) => {
        let allowed: boolean | undefined;
        const details = { requestingUrl, isMainFrame };
        const answer = (yes: boolean) => (allowed = yes);
        session().permissionRequest!(app.contents as never, name as never, answer, details);
        const check = session().permissionCheck!(null, name as never, requestingUrl, details);
        expect(check, name).toBe(allowed);
        return allowed;
      });
    expect(granted('app://spagene/', true)).toEqual(['clipboard-sanitized-write']);
    expect(granted('app://spagene/', false)).toEqual([]);
    expect(granted('https://example.com/', true)).toEqual([]);
    expect(session().devicePermission!({} as never)).toBe(false);
    let streams: unknown = 'unanswered';
    session().displayMedia!({} as never, (given) => (streams = given));
    expect(streams).toBeNull();
  });

  it('6. keeps webSecurity on', () => {
    expect(preferences().webSecurity).toBe(true);
  });

  it('7. serves everything with a strict content policy', async () => {
    const policy = await contentPolicy();
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(policy.get('connect-src')).toEqual(["'self'"]);
    expect(policy.get('base-uri')).toEqual(["'none'"]);
    expect(policy.get('form-action')).toEqual(["'none'"]);
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
    const all = [...policy.values()].flat();
    for (const bad of ["'unsafe-eval'", '*', 'http:', 'https:', 'ws:', 'filesystem:'])
      expect(all).not.toContain(bad);
    const missing = await serve('app://spagene/no-such-file.js');
    expect(missing.status).toBe(404);
    expect(missing.headers.get('Content-Security-Policy')).not.toBeNull();
    expect(app.electron.protocol.schemes.some(({ privileges }) => privileges?.bypassCSP === true)).toBe(
      false,
    );
  });

  it('8. runs no insecure content', () => {
    expect(preferences().allowRunningInsecureContent).toBe(false);
  });

  it('9. enables no experimental features', () => {
    expect(preferences().experimentalFeatures).toBe(false);
  });

  it('10. enables no features of Blink', async () => {
    expect(preferences()).not.toHaveProperty('enableBlinkFeatures');
    expect(await bundled('src-main/main.ts')).not.toMatch(/enable-blink-features|appendSwitch/u);
  });

  it('11. has no webview that could open windows', () => {
    expect(preferences().webviewTag).toBe(false);
    for (const file of filesBelow(join(root, 'src-renderer')).filter((path) => /\.(?:tsx|html)$/u.test(path)))
      expect(readFileSync(file, 'utf8'), file).not.toMatch(/<webview|allowpopups/u);
  });

  it('12. lets no webview be attached', () => {
    expect(app.electron.happen(app.contents, 'will-attach-webview', {}, {}, {})).toBe(true);
  });

  it('13. lets no page lead elsewhere', () => {
    const { happen } = app.electron;
    for (const url of elsewhere) {
      expect(happen(app.contents, 'will-navigate', { url, isMainFrame: true }), url).toBe(true);
      expect(happen(app.contents, 'will-redirect', { url, isMainFrame: true }), url).toBe(true);
      expect(happen(app.contents, 'will-frame-navigate', { url, isMainFrame: true }), url).toBe(true);
    }
    const own = { url: 'app://spagene/' };
    expect(happen(app.contents, 'will-navigate', own)).toBe(false);
    expect(happen(app.contents, 'will-frame-navigate', { ...own, isMainFrame: true })).toBe(false);
    expect(happen(app.contents, 'will-frame-navigate', { ...own, isMainFrame: false })).toBe(true);
    expect(preferences().navigateOnDragDrop).toBe(false);
  });

  it('14. opens no other window, whichever page asks', () => {
    const other = new app.electron.FakeWebContents();
    app.electron.happen(app.electron.app, 'web-contents-created', {}, other);
    for (const contents of [app.contents, other])
      for (const url of [...elsewhere, 'app://spagene/', 'about:blank', 'https://zenodo.org/records/3967291'])
        expect(contents.windowOpen!({ url } as never), url).toEqual({ action: 'deny' });
    expect(app.electron.BrowserWindow.all).toHaveLength(1);
    expect(app.electron.happen(other, 'will-navigate', { url: 'https://example.com/' })).toBe(true);
  });

  it('15. hands the system only addresses that are written in the program', () => {
    const { shell } = app.electron;
    shell.external.length = 0;
    const hostile = [
      'https://zenodo.org.example.com/',
      'https://zenodo.org/',
      'file:///etc/passwd',
      'smb://x/y',
      'javascript:1',
    ];
    for (const url of [...elsewhere, ...hostile]) app.contents.windowOpen!({ url } as never);
    expect(shell.external).toEqual([]);
    app.contents.windowOpen!({ url: 'https://zenodo.org/records/3967291' } as never);
    expect(shell.external).toEqual(['https://zenodo.org/records/3967291']);
  });

  it('16. uses a current Electron, exactly the one that was tested', () => {
    const asked = manifest.devDependencies['electron']!;
    const installed = JSON.parse(text('node_modules/electron/package.json')) as { version: string };
    expect(asked).toMatch(/^\d+\.\d+\.\d+$/u);
    expect(installed.version).toBe(asked);
    // The three newest majors are maintained; 45 was the newest when this was written.
    expect(Number(asked.split('.')[0])).toBeGreaterThanOrEqual(45);
  });

  it('17. takes messages only from the main frame of its own page', async () => {
    const sender = app.contents;
    const frame = (url: string, parent: object | null = null) => ({ sender, senderFrame: { url, parent } });
    const strangers = [
      frame('https://example.com/'),
      frame('app://spagene.example.com/'),
      frame('file:///index.html'),
      frame('app://spagene/', {}),
      { sender, senderFrame: null },
      { sender: new app.electron.FakeWebContents(), senderFrame: { url: 'app://spagene/', parent: null } },
    ];
    const posted = app.engine.posted.length;
    const ports = app.contents.ports.length;
    for (const stranger of strangers) {
      await expect(app.ask('app:settings', {}, stranger)).resolves.toMatchObject({
        failure: { code: 'refused' },
      });
      await app.send(channels.connect, undefined, stranger);
      await app.send(channels.dropped, '/etc/passwd', stranger);
    }
    expect(app.engine.posted).toHaveLength(posted);
    expect(app.contents.ports).toHaveLength(ports);
    const known = new Set<string>(Object.values(channels));
    for (const name of [...app.electron.ipcMain.eventNames(), ...app.electron.ipcMain.handlers.keys()])
      expect(known, String(name)).toContain(name);
  });

  it('18. serves the page under a scheme of its own instead of file://', async () => {
    expect(app.electron.protocol.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
    expect(app.window.url.startsWith('file:')).toBe(false);
    expect(isCancelled('file:///etc/passwd')).toBe(true);
    for (const path of [
      '../package.json',
      '%2e%2e/package.json',
      '..%2fpackage.json',
      '.%2e\\package.json',
      '/etc/passwd',
    ])
      expect((await serve(`app://spagene/${path}`)).status, path).toBe(404);
  });

  it('19. has every fuse of the binary set on purpose', async () => {
    const { fuses } = (await import(join(root, 'scripts', 'after-pack.mjs'))) as {
      fuses: (forTests?: boolean) => Record<number | 'version', unknown>;
    };
    const known = Object.values(FuseV1Options).filter((value) => typeof value === 'number');
    const set = fuses(false);
    for (const fuse of known) expect(typeof set[fuse], FuseV1Options[fuse]).toBe('boolean');
    expect(known.filter((fuse) => set[fuse] === true).map((fuse) => FuseV1Options[fuse])).toEqual([
      'EnableCookieEncryption',
      'EnableEmbeddedAsarIntegrityValidation',
      'OnlyLoadAppFromAsar',
      'WasmTrapHandlers',
    ]);
    const forTests = fuses(true);
    const differing = known.filter((fuse) => set[fuse] !== forTests[fuse]).map((fuse) => FuseV1Options[fuse]);
    expect(differing).toEqual(['EnableNodeCliInspectArguments']);
    expect(text('electron-builder.yml')).toMatch(/^afterPack: \.\/scripts\/after-pack\.mjs$/mu);
  });

  it("20. exposes functions of its own and none of Electron's", async () => {
    const { contextBridge } = app.electron;
    await import('../../../src-main/preload.ts');
    expect([...contextBridge.exposed.keys()]).toEqual(['spagene']);
    const api = contextBridge.exposed.get('spagene') as Record<string, (...args: never[]) => unknown>;
    expect(Object.keys(api).sort()).toEqual(['connect', 'onPush', 'pathOf', 'request']);
    const heard: unknown[][] = [];
    api['onPush']!(((...args: unknown[]) => heard.push(args)) as never);
    app.electron.ipcRenderer.emit(channels.push, { sender: app.electron.ipcRenderer }, { seq: 1 });
    // The event, which holds Electron's ipcRenderer, stays on this side.
    expect(heard).toEqual([[{ seq: 1 }]]);
  });
});

describe('beyond the checklist', () => {
  it('saves files only where the user says, and only what the page made', () => {
    const asked: object[] = [];
    const item = (url: string) => ({
      getURL: () => url,
      getFilename: () => 'map.png',
      setSaveDialogOptions: (options: object) => asked.push(options),
    });
    const { happen } = app.electron;
    expect(happen(session(), 'will-download', {}, item('blob:app://spagene/1'))).toBe(false);
    expect(asked).toMatchObject([{ defaultPath: 'map.png' }]);
    for (const url of ['https://example.com/x.exe', 'data:text/html,x', 'blob:https://example.com/1'])
      expect(happen(session(), 'will-download', {}, item(url)), url).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it('trusts no certificate that is wrong, and sends none', () => {
    let trusted: boolean | undefined;
    const answer = (yes: boolean) => (trusted = yes);
    const { app: electronApp, happen } = app.electron;
    expect(
      happen(electronApp, 'certificate-error', {}, app.contents, 'https://x/', 'error', {}, answer),
    ).toBe(true);
    expect(trusted).toBe(false);
    expect(happen(electronApp, 'select-client-certificate')).toBe(true);
  });

  it('offers the developer tools only in development, and loads no dictionaries', () => {
    expect(preferences().devTools).toBe(false);
    expect(preferences().spellcheck).toBe(false);
    expect(session().spellChecker).toBe(false);
    expect(isCancelled('devtools://devtools/bundled/inspector.html')).toBe(true);
  });

  it('lets the page name only paths that the user picked', async () => {
    await expect(app.ask('files:picked', { path: '/etc' })).resolves.toMatchObject({
      failure: { code: 'usage' },
    });
    await app.send(channels.dropped, '/data/dropped');
    await expect(app.ask('files:picked', { path: '/data/dropped/cells.h5ad' })).resolves.toMatchObject({
      ok: true,
    });
    await expect(app.ask('files:picked', { path: '/data/dropped/../other' })).resolves.toMatchObject({
      ok: false,
    });
    const granted = app.told.filter(({ kind }) => kind === 'grant').map(({ path }) => path);
    expect(granted).toContain('/data/dropped');
    expect(granted).not.toContain('/etc');
  });
});
