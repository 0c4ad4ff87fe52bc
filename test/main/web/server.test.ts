import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineHost } from '../../../src-main/host/engine-host.ts';
import { startWebServer, type WebServer } from '../../../src-main/web/server.ts';
import { engineInside } from '../../helpers/engine-inside.ts';
import { enter, fetchRaw, PageSocket } from '../../helpers/page-socket.ts';

const folder = mkdtempSync(join(tmpdir(), 'spagene-web-'));
const page = join(folder, 'page');
const project = join(folder, 'project');
const inside = engineInside({
  'project:current': () => Promise.resolve({ project: null }),
  'map:positions': () =>
    Promise.resolve({ xy: Float32Array.of(1, Number.NaN), origin: [0, 0], sections: null, spacing: 2 }),
  'map:gene': () => Promise.resolve({ values: Float32Array.of(1), unit: 'x', extra: Number.NaN }),
});
let host: EngineHost;
let server: WebServer;
let base: string;
let cookie: string;

const files: Readonly<Record<string, string>> = {
  'page/index.html': '<p>page</p>',
  'page/main.js': 'start()'.repeat(500),
  'page/chunks/view-ABCD1234.js': 'view()',
  'page/.hidden': 'x',
  'page/notes.txt': 'x',
  'secret.js': 'secret',
  'project/project.json': '{}',
  'project/exports/run 1/imputed é.csv': 'a,b\n1,2\n',
  'project/runs/run-1/imputed.h5ad': 'private',
};

beforeAll(async () => {
  for (const part of ['page/chunks', 'project/exports/run 1', 'project/runs/run-1'])
    mkdirSync(join(folder, part), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  symlinkSync(join(project, 'project.json'), join(project, 'exports', 'link.json'));
  host = new EngineHost({ spawn: inside.spawn, shell: 'browser', version: '0' });
  server = await startWebServer({ host, page, port: 0 });
  base = `http://127.0.0.1:${server.port}`;
  cookie = await enter(server.newAddress());
  inside.latest().say({ kind: 'event', event: 'project:changed', payload: { project: { folder: project } } });
});

afterAll(async () => {
  await host.shutdown();
  await server.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetchRaw(base + path, { cookie, ...headers });

describe('the address that is printed', () => {
  it('works once, gives a cookie of its own, and leads to an address without the token', async () => {
    const address = server.newAddress();
    expect(new URL(address).searchParams.get('token')).toMatch(/^[\w-]{43}$/u);
    const first = await fetchRaw(address);
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } });
    const [given] = first.headers['set-cookie']!;
    expect(given).toMatch(/^spagene-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\//u);
    expect(given).not.toContain(new URL(address).searchParams.get('token'));
    expect((await fetchRaw(address)).status).toBe(403);
    // Whoever is in already may open it again, as when a browser restores its tabs.
    expect((await fetchRaw(address, { cookie: given!.split(';')[0]! })).status).toBe(303);
    const reload = () => fetchRaw(`${base}/`, { cookie: given!.split(';')[0]! });
    expect((await reload()).body.toString()).toBe('<p>page</p>');
    expect((await reload()).status).toBe(200);
  });

  it('is not used up by a look ahead or a wrong guess, and not valid any more when there is a new one', async () => {
    const old = server.newAddress();
    const address = server.newAddress();
    expect((await fetchRaw(address, { 'sec-purpose': 'prefetch;prerender' })).status).toBe(503);
    expect((await fetchRaw(address, {}, 'HEAD')).status).toBe(503);
    for (const wrong of [old, `${address}x`, address.slice(0, -1), `${base}/?token=`])
      expect((await fetchRaw(wrong)).status, wrong).toBe(403);
    expect((await fetchRaw(address)).status).toBe(303);
  });

  it('is needed for everything', async () => {
    const [name, value] = cookie.split('=') as [string, string];
    const wrong = [
      {},
      { cookie: `${name}=` },
      { cookie: `${name}=${'A'.repeat(43)}` },
      { cookie: `other=${value}` },
    ];
    for (const headers of wrong) {
      for (const path of ['/', '/main.js', '/download/exports/link.json'])
        expect((await fetchRaw(base + path, headers)).status).toBe(401);
    }
  });
});

describe('the page', () => {
  it('comes with a policy that allows nothing from elsewhere', async () => {
    const { headers } = await get('/');
    const policy = headers['content-security-policy']!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port};`);
    for (const rule of ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(rule);
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe|style-src [^;]*unsafe/u);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
    });
  });

  it('is packed where the browser takes that, and kept as long as its name says', async () => {
    const packed = await get('/main.js', { 'accept-encoding': 'gzip, br' });
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      'cache-control': 'no-cache',
      vary: 'Accept-Encoding',
    });
    expect(gunzipSync(packed.body).toString()).toBe(files['page/main.js']);
    const plain = await get('/main.js');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body.toString()).toBe(files['page/main.js']);
    expect((await get('/main.js', { 'if-none-match': plain.headers.etag! })).status).toBe(304);
    const chunk = await get('/chunks/view-ABCD1234.js');
    expect(chunk.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('is all that is there', async () => {
    const paths = [
      '/../secret.js',
      '/%2e%2e/secret.js',
      '/..%2fsecret.js',
      '/chunks/../../secret.js',
      '/chunks',
      '//secret.js',
    ];
    for (const path of [...paths, '/.hidden', '/notes.txt', '/no', '/%00', '/%'])
      expect((await get(path)).status, path).toBe(404);
    expect((await fetchRaw(`${base}/`, { cookie }, 'POST')).status).toBe(405);
    expect((await fetchRaw(`${base}/`, { cookie }, 'DELETE')).status).toBe(405);
  });

  it('answers to names of this machine only, on any port that leads here', async () => {
    for (const name of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.nip.io',
      '192.168.1.2',
      'localhost:x',
    ]) {
      expect((await get('/', { host: name })).status, name).toBe(403);
    }
    const token = new URL(server.newAddress()).search;
    const tunnelled = await fetchRaw(`${base}/${token}`, { host: 'localhost:9000' });
    const given = tunnelled.headers['set-cookie']![0]!.split(';')[0]!;
    expect(given).toMatch(/^spagene-9000=/u);
    const through = await fetchRaw(`${base}/`, { host: 'localhost:9000', cookie: given });
    expect(through.status).toBe(200);
    expect(through.headers['content-security-policy']).toContain('ws://localhost:9000');
  });
});

describe('downloads', () => {
  it('are files of the exports of the open project', async () => {
    const { status, headers, body } = await get('/download/exports/run%201/imputed%20%C3%A9.csv');
    expect(status).toBe(200);
    expect(body.toString()).toBe('a,b\n1,2\n');
    expect(headers).toMatchObject({
      'content-disposition': "attachment; filename*=UTF-8''imputed%20%C3%A9.csv",
      'content-length': '8',
      'x-content-type-options': 'nosniff',
    });
    const head = await fetchRaw(`${base}/download/exports/run%201/imputed%20%C3%A9.csv`, { cookie }, 'HEAD');
    expect([head.headers['content-length'], head.body.length]).toEqual(['8', 0]);
  });

  it('are nothing else', async () => {
    const paths = [
      'exports/link.json',
      'exports/../project.json',
      'exports/%2e%2e/project.json',
      'exports/..%2fproject.json',
      'exports/run 1',
      'exports/',
      'exports',
      'exports//run%201',
      'exports/%',
      'exports/a%00b',
      'runs/run-1/imputed.h5ad',
      '',
      encodeURIComponent(join(project, 'project.json')),
    ];
    for (const path of paths)
      expect((await get(`/download/${path.replace(' ', '%20')}`)).status, path).toBe(404);
  });
});

describe('the socket', () => {
  const opened = (headers: Record<string, string>, at = base) =>
    PageSocket.open(at, { origin: base, cookie, ...headers }).then(
      (socket) => (socket.close(), 'open'),
      (error: unknown) => (error as Error).message,
    );

  it('needs the cookie, its own origin and a name of this machine', async () => {
    expect(await opened({})).toBe('open');
    const port = String(server.port);
    expect(
      await opened({ host: 'localhost:9', origin: 'http://localhost:9', cookie: cookie.replace(port, '9') }),
    ).toBe('open');
    expect(await opened({ cookie: '' })).toContain('401');
    expect(await opened({ cookie: `${cookie}x` })).toContain('401');
    for (const origin of [
      'http://evil.example',
      `http://localhost:${port}`,
      `https://127.0.0.1:${port}`,
      'null',
      `${base}.evil.example`,
      `http://127.0.0.1:${server.port + 1}`,
    ])
      expect(await opened({ origin }), origin).toContain('403');
    expect(await opened({ host: 'evil.example', origin: 'http://evil.example' })).toContain('403');
    expect(await opened({}, `${base}/other`)).toContain('404');
  });

  it('carries vectors whole, and says when an answer cannot be sent', async () => {
    const socket = await PageSocket.open(base, { cookie, origin: base });
    expect(await socket.ask('map:positions', {})).toMatchObject({
      ok: true,
      value: { xy: Float32Array.of(1, Number.NaN) },
    });
    const gene = { run: null, gene: 'A', layer: 'measured' };
    expect(await socket.ask('map:gene', gene)).toMatchObject({
      id: 2,
      ok: false,
      failure: { code: 'internal' },
    });
    socket.close();
  });

  it('tells every page of what happens, counted for each', async () => {
    const one = await PageSocket.open(base, { cookie, origin: base });
    host.push('menu:command', { command: 'a' });
    const two = await PageSocket.open(base, { cookie, origin: base });
    await two.ask('project:current', {});
    host.push('menu:command', { command: 'b' });
    await Promise.all(
      [one, two].map((page) => page.heard(({ payload }) => (payload as { command: string }).command === 'b')),
    );
    expect(one.pushes.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(two.pushes.map(({ seq }) => seq)).toEqual([1]);
    one.close();
    two.close();
  });
});

describe('a port', () => {
  it('that is taken is said in one sentence', async () => {
    const again = startWebServer({ host, page, port: server.port });
    await expect(again).rejects.toMatchObject({ name: 'UserError', kind: 'usage' });
    await expect(again).rejects.toThrow(`Port ${server.port} cannot be used (another program uses it)`);
  });
});
