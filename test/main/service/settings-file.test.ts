import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { configFolder } from '../../../src-main/io/config-folder.ts';
import {
  addRecent,
  changeSettings,
  forgetRecent,
  readSettings,
  recentProjects,
} from '../../../src-main/service/settings-file.ts';
import { put, refusal } from '../project/support.ts';
import { ownHome } from './support.ts';

const home = ownHome();
const folder = join(home, 'settings');
const file = join(folder, 'settings.json');
beforeEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['linux', {}, '/home/a/.config/spagene'],
  ['linux', { XDG_CONFIG_HOME: '/cfg' }, '/cfg/spagene'],
  ['linux', { XDG_CONFIG_HOME: 'relative' }, '/home/a/.config/spagene'],
  ['darwin', { XDG_CONFIG_HOME: '/cfg' }, '/home/a/Library/Application Support/SpaGene'],
  ['linux', { SPAGENE_HOME: '/own', XDG_CONFIG_HOME: '/cfg' }, '/own'],
] as const)('on %s with %j: %s', (platform, env, expected) => {
  expect(configFolder(platform, env, '/home/a')).toBe(expected);
});

describe('settings', () => {
  test('the usual ones before any are kept; reading makes no file', async () => {
    expect(await readSettings()).toEqual({ theme: 'system', backend: 'auto' });
    expect(() => readdirSync(folder)).toThrow();
  });

  test('changes are kept, one at a time', async () => {
    await Promise.all([changeSettings({ theme: 'dark' }), changeSettings({ backend: 'wasm' })]);
    expect(await readSettings()).toEqual({ theme: 'dark', backend: 'wasm' });
  });

  test('keys of another version do no harm', async () => {
    put(file, JSON.stringify({ theme: 'light', backend: 'cpu', recent: [], colour: 'red' }));
    expect(await readSettings()).toEqual({ theme: 'light', backend: 'cpu' });
  });

  test('a damaged file is put aside and told about', async () => {
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    put(file, '{"theme"');
    expect(await readSettings()).toEqual({ theme: 'system', backend: 'auto' });
    expect(readFileSync(`${file}.damaged`, 'utf8')).toBe('{"theme"');
    expect(told.mock.calls.join()).toMatch(/settings\.json was damaged/);
    told.mockRestore();
  });

  test('a folder that cannot be made is told in a sentence, and opening a project does not care', async () => {
    writeFileSync(folder, 'a file in the way');
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect((await refusal(changeSettings({ theme: 'dark' }))).message).toMatch(
      /a part of this path is a file/,
    );
    await addRecent({ folder: '/a', name: 'a' });
    expect(told.mock.calls.join()).toMatch(/list of recent projects was not saved/);
    told.mockRestore();
  });
});

describe('recent projects', () => {
  test('the last one first, each once, twelve at most', async () => {
    for (let i = 0; i < 15; i++) await addRecent({ folder: `/p/${i}`, name: `Project ${i}` });
    await addRecent({ folder: '/p/10', name: 'Renamed' });
    const list = await recentProjects();
    expect(list.map((one) => one.folder)).toEqual(
      [10, 14, 13, 12, 11, 9, 8, 7, 6, 5, 4, 3].map((i) => `/p/${i}`),
    );
    expect(list[0]).toMatchObject({ name: 'Renamed', present: false });
  });

  test('says which are still there; can be forgotten', async () => {
    const here = join(home, 'here');
    mkdirSync(here);
    put(join(here, 'project.json'), '{}');
    await addRecent({ folder: here, name: 'here' });
    await addRecent({ folder: '/gone', name: 'gone' });
    expect((await recentProjects()).map((one) => one.present)).toEqual([false, true]);
    await forgetRecent('/gone');
    expect((await recentProjects()).map((one) => one.name)).toEqual(['here']);
  });
});
