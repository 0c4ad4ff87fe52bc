import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isThere, put, refusal } from '../project/support.ts';
import { newDesk, ownHome } from './support.ts';

const home = ownHome();
const { handlers, service } = newDesk(home);
mkdirSync(join(home, 'Documents'));

test('the home folder first: folders before files, hidden ones left out, with places to go to', async () => {
  put(join(home, 'b.csv'), '12345');
  put(join(home, '.secret'), '');
  mkdirSync(join(home, 'a10'));
  mkdirSync(join(home, 'a9'));
  symlinkSync(join(home, 'nowhere'), join(home, 'broken'));
  symlinkSync(join(home, 'a9'), join(home, 'shortcut'));
  const listed = await handlers['files:list']({});
  expect(listed.folder).toBe(home);
  expect(listed.entries.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'a9 folder',
    'a10 folder',
    'Documents folder',
    'shortcut folder',
    'b.csv file',
  ]);
  expect(listed.entries.at(-1)).toMatchObject({ path: join(home, 'b.csv'), bytes: 5 });
  expect(listed.places.slice(0, 2)).toEqual([
    { name: 'Home', path: home },
    { name: 'Documents', path: join(home, 'Documents') },
  ]);
  expect(listed.truncated).toBe(false);
});

test('says what a folder is: a project, a vendor’s output', async () => {
  const base = join(home, 'hints');
  put(join(base, 'p', 'project.json'), '{}');
  put(join(base, 'x', 'cell_feature_matrix.h5'), '');
  put(join(base, 'x', 'cells.csv'), '');
  put(join(base, 'plain', 'readme.txt'), '');
  const { entries } = await handlers['files:list']({ folder: base });
  expect(entries.map(({ name, hint }) => [name, hint])).toEqual([
    ['p', 'project'],
    ['plain', undefined],
    ['x', 'Xenium'],
  ]);
});

test('a folder with very many entries is listed in part, and says so', async () => {
  const base = join(home, 'many');
  mkdirSync(base);
  for (let i = 0; i < 2100; i++) writeFileSync(join(base, `f${i}`), '');
  mkdirSync(join(base, 'zzz'));
  const { entries, truncated } = await handlers['files:list']({ folder: base });
  expect(entries).toHaveLength(2000);
  expect(entries[0]!.name).toBe('zzz');
  expect(truncated).toBe(true);
});

test.each([
  [join(home, 'not-there'), /is not there \(any more\)/],
  [join(home, 'b.csv'), /is a file, not a folder/],
  ['relative', /not a full path/],
])('%s is refused in a sentence', async (folder, sentence) => {
  expect((await refusal(handlers['files:list']({ folder }))).message).toMatch(sentence);
});

test('the root has no parent', async () => {
  expect((await handlers['files:list']({ folder: '/' })).parent).toBeNull();
});

test('what was picked may be read from then on, with what lies below it', async () => {
  const folder = join(home, 'picked');
  put(join(folder, 'a', 'b.csv'), 'x');
  expect(() => service.access.check(join(folder, 'a', 'b.csv'))).toThrow(/not chosen/);
  await handlers['files:picked']({ path: folder });
  service.access.check(join(folder, 'a', 'b.csv'));
  expect((await refusal(handlers['files:picked']({ path: '/no/such/thing' }))).message).toMatch(
    /is not there/,
  );
});

test('a new folder is made where one looked before, and may be used', async () => {
  const base = join(home, 'for-new');
  mkdirSync(base);
  expect((await refusal(handlers['files:make-folder']({ folder: base, name: 'n' }))).message).toMatch(
    /not chosen/,
  );
  await handlers['files:list']({ folder: base });
  const { path } = await handlers['files:make-folder']({ folder: base, name: 'Mein Projekt' });
  expect(path).toBe(join(base, 'Mein Projekt'));
  expect(isThere(path)).toBe(true);
  service.access.check(join(path, 'x'));
  expect(
    (await refusal(handlers['files:make-folder']({ folder: base, name: 'Mein Projekt' }))).message,
  ).toMatch(/is there already; choose another name/);
});

test.each([
  '',
  '  ',
  '..',
  '.hidden',
  'a/b',
  'a\\b',
  'a:b',
  'CON',
  'lpt1.txt',
  'end.',
  'end ',
  'a\nb',
  '../up',
])('%j is no name for a folder', async (name) => {
  await handlers['files:list']({ folder: home });
  expect((await refusal(handlers['files:make-folder']({ folder: home, name }))).message).toMatch(
    /cannot be the name/,
  );
});

test('dialogs of the system are the desktop app’s, lists of folders the browser’s', async () => {
  expect(await refusal(handlers['files:choose']({ purpose: 'folder' }))).toMatchObject({ kind: 'usage' });
  expect(await refusal(handlers['files:reveal']({ path: home }))).toMatchObject({ kind: 'usage' });
  const desktop = newDesk(home, { shell: 'electron' }).handlers;
  expect(await refusal(desktop['files:list']({}))).toMatchObject({ kind: 'usage' });
  expect(await refusal(desktop['files:make-folder']({ folder: home, name: 'n' }))).toMatchObject({
    kind: 'usage',
  });
});
