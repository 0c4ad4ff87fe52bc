import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { channels, portMessage } from '../../../src-main/channels.ts';
import { contextBridge, ipcRenderer } from '../../helpers/fake-electron.ts';
import { root } from '../../helpers/spagene.ts';

vi.mock('electron', () => import('../../helpers/fake-electron.ts'));

const posted: unknown[][] = [];
let api: Record<string, (...args: unknown[]) => unknown>;

beforeAll(async () => {
  vi.stubGlobal('location', { origin: 'app://spagene' });
  vi.stubGlobal('postMessage', (...args: unknown[]) => posted.push(args));
  await import('../../../src-main/preload.ts');
  api = contextBridge.exposed.get('spagene') as typeof api;
  return () => vi.unstubAllGlobals();
});

/** The page's own description of what the preload script exposes. */
const page = ts.createSourceFile(
  'electron-api.ts',
  readFileSync(join(root, 'src-renderer', 'engine', 'electron-api.ts'), 'utf8'),
  ts.ScriptTarget.Latest,
);

describe('the preload script', () => {
  it('exposes exactly what the page expects', () => {
    const declared = page.statements
      .filter(ts.isInterfaceDeclaration)
      .find(({ name }) => name.text === 'ElectronApi')!
      .members.map(({ name }) => (name as ts.Identifier).text);
    expect(Object.keys(api).sort()).toEqual(declared.sort());
  });

  it('names the message with the port as the page does', () => {
    const [, named] = /portMessage = '([^']+)'/u.exec(page.text)!;
    expect(portMessage).toBe(named);
  });

  it('sends requests and resolves to their answers', async () => {
    ipcRenderer.answer = { id: 3, ok: true, value: 1 };
    await expect(api['request']!({ id: 3, call: 'app:info', args: {} })).resolves.toEqual({
      id: 3,
      ok: true,
      value: 1,
    });
    api['connect']!();
    expect(ipcRenderer.sent).toEqual([
      [channels.request, { id: 3, call: 'app:info', args: {} }],
      [channels.connect],
    ]);
  });

  it('hands ports to its own window, and to no other origin', () => {
    const ports = [{ a: 'port' }];
    ipcRenderer.emit(channels.port, { ports });
    expect(posted).toEqual([['spagene:port', 'app://spagene', ports]]);
  });

  it('tells main of a dropped file, and not of one that is on no disk', () => {
    ipcRenderer.sent.length = 0;
    expect(api['pathOf']!({ path: '/data/cells.h5ad' })).toBe('/data/cells.h5ad');
    expect(api['pathOf']!({})).toBe('');
    expect(ipcRenderer.sent).toEqual([[channels.dropped, '/data/cells.h5ad']]);
  });
});
