import { describe, expect, it } from 'vitest';
import type { FileEntry } from '../../../../src-shared/contract/calls/files.ts';
import {
  below,
  crumbsOf,
  isAnswer,
  isPath,
  mainAction,
  nameOf,
  parentOf,
  rowsOf,
} from '../../../../src-renderer/components/file-browser/listing.ts';

const entry = (name: string, kind: FileEntry['kind'], hint?: string): FileEntry => ({
  name,
  path: `/data/${name}`,
  kind,
  bytes: 10,
  modified: '2026-01-01T00:00:00.000Z',
  ...(hint !== undefined && { hint }),
});

describe('paths', () => {
  it('are taken apart on both kinds of system', () => {
    expect(crumbsOf('/home/ann/data')).toEqual([
      { name: '/', path: '/' },
      { name: 'home', path: '/home' },
      { name: 'ann', path: '/home/ann' },
      { name: 'data', path: '/home/ann/data' },
    ]);
    expect(crumbsOf('C:\\Users\\ann')).toEqual([
      { name: 'C:', path: 'C:\\' },
      { name: 'Users', path: 'C:\\Users' },
      { name: 'ann', path: 'C:\\Users\\ann' },
    ]);
    expect(parentOf('/home')).toBe('/');
    expect(parentOf('/')).toBeUndefined();
    expect(parentOf('C:\\Users')).toBe('C:\\');
    expect(nameOf('/home/ann/counts.csv.gz')).toBe('counts.csv.gz');
  });

  it('are put together on both kinds of system', () => {
    expect(below('/', 'data')).toBe('/data');
    expect(below('/home', 'data')).toBe('/home/data');
    expect(below('C:\\', 'data')).toBe('C:\\data');
    expect(below('C:\\Users', 'data')).toBe('C:\\Users\\data');
  });

  it('are told from parts of a name', () => {
    for (const path of ['/data', '~/x', 'C:\\x', 'd:/x']) expect(isPath(path)).toBe(true);
    for (const part of ['counts', 'a/b', '.csv', 'C']) expect(isPath(part)).toBe(false);
  });
});

describe('rowsOf', () => {
  const entries = [
    entry('b10.csv', 'file'),
    entry('Zoo', 'folder'),
    entry('b9.csv', 'file'),
    entry('a', 'folder'),
  ];

  it('puts folders first and sorts numbers as numbers', () => {
    expect(rowsOf(entries, 'dataset-file', '').map(({ name }) => name)).toEqual([
      'a',
      'Zoo',
      'b9.csv',
      'b10.csv',
    ]);
  });

  it('lets gene sets be a file, and not a folder', () => {
    const file = entry('hallmark.gmt', 'file');
    expect(rowsOf([file], 'gene-sets', '')).toEqual([file]);
    expect(isAnswer(file, 'gene-sets')).toBe(true);
    expect(mainAction('gene-sets', undefined, '/data')).toMatchObject({ does: 'wait' });
  });

  it('filters without regard to capitals', () => {
    expect(rowsOf(entries, 'dataset-file', 'zO').map(({ name }) => name)).toEqual(['Zoo']);
  });

  it('leaves files out where a folder is wanted', () => {
    expect(rowsOf(entries, 'project', '').map(({ name }) => name)).toEqual(['a', 'Zoo']);
  });
});

describe('what opening an entry means', () => {
  it('chooses files and known folders, and looks into others', () => {
    expect(isAnswer(entry('x.csv', 'file'), 'dataset-file')).toBe(true);
    expect(isAnswer(entry('run', 'folder', 'Xenium'), 'dataset-file')).toBe(true);
    expect(isAnswer(entry('run', 'folder'), 'dataset-folder')).toBe(false);
    expect(isAnswer(entry('p', 'folder', 'project'), 'dataset-folder')).toBe(false);
    expect(isAnswer(entry('p', 'folder', 'project'), 'project')).toBe(true);
    expect(isAnswer(entry('run', 'folder', 'Xenium'), 'project')).toBe(false);
    expect(isAnswer(entry('run', 'folder', 'Xenium'), 'table')).toBe(false);
  });

  it('is said by the button', () => {
    expect(mainAction('table', undefined, '/data')).toMatchObject({ does: 'wait' });
    expect(mainAction('table', entry('x.csv', 'file'), '/data')).toMatchObject({
      does: 'choose',
      path: '/data/x.csv',
    });
    expect(mainAction('table', entry('sub', 'folder'), '/data')).toMatchObject({
      does: 'open',
      path: '/data/sub',
    });
    expect(mainAction('folder', undefined, '/data')).toMatchObject({ does: 'choose', path: '/data' });
    expect(mainAction('folder', entry('sub', 'folder'), '/data')).toMatchObject({
      does: 'choose',
      path: '/data/sub',
    });
    expect(mainAction('dataset-folder', undefined, '/data')).toMatchObject({ does: 'choose', path: '/data' });
  });
});
