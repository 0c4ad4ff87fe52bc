import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOwnAddress } from '../../../src-main/app-address.ts';
import { fileOf, servePage } from '../../../src-main/page-files.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spagene-page-'));
  const page = join(folder, 'page');
  mkdirSync(join(page, 'chunks'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html><p>page</p>');
  writeFileSync(join(page, 'chunks', 'map-AB12CD34.js'), 'export {};');
  writeFileSync(join(page, '.hidden.js'), 'secret');
  writeFileSync(join(page, 'notes.txt'), 'secret');
  writeFileSync(join(folder, 'outside.js'), 'secret');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = (address: string, init?: RequestInit) =>
  servePage(join(folder, 'page'))(new Request(address, init));

describe('servePage', () => {
  it('serves index.html at the root and files by their name, with their type', async () => {
    const page = await get('app://spagene/');
    expect([page.status, page.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
    await expect(page.text()).resolves.toBe('<!doctype html><p>page</p>');
    const chunk = await get('app://spagene/chunks/map-AB12CD34.js?x=1#y');
    expect(chunk.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
    await expect(chunk.text()).resolves.toBe('export {};');
    expect(chunk.headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  it.each([
    'app://spagene/../outside.js',
    'app://spagene/%2e%2e/outside.js',
    'app://spagene/%2e%2e%2foutside.js',
    'app://spagene/..%5coutside.js',
    'app://spagene/chunks/..%2f..%2foutside.js',
    'app://spagene//etc/passwd.js',
    'app://spagene/.hidden.js',
    'app://spagene/notes.txt',
    'app://spagene/chunks',
    'app://spagene/chunks/',
    'app://spagene/index.html%00.js',
    'app://other/index.html',
    'app://spagene:81/index.html',
    'app://user@spagene/index.html',
    'file:///etc/passwd',
  ])('refuses %s', async (address) => {
    if (address.includes('@')) expect(fileOf(folder, address)).toBeUndefined();
    else expect((await get(address)).status).toBe(404);
  });

  it('answers nothing but GET and HEAD', async () => {
    expect((await get('app://spagene/', { method: 'POST', body: 'x' })).status).toBe(405);
    const head = await get('app://spagene/', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('is not led astray by what is no address', () => {
    for (const address of [
      '',
      'app:',
      'app://',
      'spagene',
      'app://spagene\\..\\x.js',
      'javascript:app://spagene/',
    ])
      expect(isOwnAddress(address) && fileOf(folder, address), address).toBe(false);
  });

  it('reads what a link in the folder leads to, since only the builder writes there', async () => {
    symlinkSync(join(folder, 'outside.js'), join(folder, 'page', 'linked.js'));
    expect((await get('app://spagene/linked.js')).status).toBe(200);
  });
});
