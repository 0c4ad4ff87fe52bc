import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { meantBy, pathsIn } from '../../../src-main/opened-paths.ts';
import { PickedPaths } from '../../../src-main/picked-paths.ts';

vi.mock('electron', () => import('../../helpers/fake-electron.ts'));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spagene-paths-'));
  mkdirSync(join(folder, 'Cortex', 'x.spagene'), { recursive: true });
  for (const name of ['project.json', 'Cortex.spagene', 'cells.h5ad'])
    writeFileSync(join(folder, 'Cortex', name), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('pathsIn', () => {
  it('takes what is there and is no option, from the folder of the start', () => {
    const argv = [
      '/opt/spagene',
      '--no-sandbox',
      'Cortex',
      '',
      'missing',
      join(folder, 'Cortex', 'cells.h5ad'),
    ];
    expect(pathsIn(argv, false, folder)).toEqual([
      join(folder, 'Cortex'),
      join(folder, 'Cortex', 'cells.h5ad'),
    ]);
  });

  it('leaves out the app itself in development, after any options', () => {
    expect(pathsIn(['electron', '--inspect=0', '.', 'Cortex'], true, folder)).toEqual([
      join(folder, 'Cortex'),
    ]);
  });
});

describe('meantBy', () => {
  it('takes a file that names a project for its folder, and nothing else', () => {
    const project = join(folder, 'Cortex');
    expect(meantBy(join(project, 'Cortex.spagene'))).toBe(project);
    expect(meantBy(join(project, 'project.json'))).toBe(project);
    expect(meantBy(join(project, 'cells.h5ad'))).toBe(join(project, 'cells.h5ad'));
    expect(meantBy(project)).toBe(project);
    expect(meantBy(join(project, 'x.spagene'))).toBe(join(project, 'x.spagene'));
    expect(meantBy(join(project, 'gone.spagene'))).toBe(join(project, 'gone.spagene'));
  });
});

describe('PickedPaths', () => {
  it('covers what was picked and what lies in it', () => {
    const picked = new PickedPaths();
    picked.add('/data/xenium/');
    expect(picked.covers('/data/xenium')).toBe(true);
    expect(picked.covers('/data/xenium/a/b.csv')).toBe(true);
    expect(picked.covers('/data/xenium/..hidden')).toBe(true);
    for (const path of [
      '/data',
      '/data/xenium2',
      '/data/xenium/../b',
      '/',
      'data/xenium',
      '',
      '/data/xenium/../..',
    ])
      expect(picked.covers(path), path).toBe(false);
  });
});
