import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OpenProject } from '../../../src-main/project/open-project.ts';
import { datasetOf, put, runOf, temporaryFolder } from './support.ts';

const home = temporaryFolder();

/** project.json as the program before the first release wrote it. */
function version0(spatial: string): string {
  const later = ['notes', 'stale', 'early'];
  const run = Object.fromEntries(Object.entries(runOf('old-1')).filter(([key]) => !later.includes(key)));
  return JSON.stringify({
    format: 'spagene-project',
    formatVersion: 0,
    name: 'An old one',
    created: '2025-01-02T03:04:05.000Z',
    data: { spatial: datasetOf('spatial', spatial, { choice: { coordinates: spatial } }), reference: null },
    runs: [run],
  });
}

test('a project of version 0 opens with its data and runs, and is saved as the current version', async () => {
  const spatial = put(join(home, 'data', 'spatial.csv'), 'a\n1\n');
  const folder = join(home, 'v0');
  put(join(folder, 'project.json'), version0(spatial));
  const project = await OpenProject.open(folder);
  expect(project.state).toMatchObject({
    name: 'An old one',
    created: '2025-01-02T03:04:05.000Z',
    notes: '',
    sharedGenes: null,
    spatial: { choice: { path: spatial, coordinates: spatial }, files: [{ path: spatial, bytes: 4 }] },
    reference: null,
    runs: [{ id: 'old-1', notes: '', stale: false, early: false, score: 0.3 }],
    evaluations: [],
    analyses: [],
    queue: [],
  });
  // Looking changes nothing.
  expect(readFileSync(join(folder, 'project.json'), 'utf8')).toBe(version0(spatial));
  await project.change((state) => ({ ...state, notes: 'now' }));
  await project.close();
  expect(JSON.parse(readFileSync(join(folder, 'project.json'), 'utf8'))).toMatchObject({ formatVersion: 2 });
  const again = await OpenProject.open(folder);
  expect(again.state.spatial?.choice.path).toBe(spatial);
  await again.close();
});

/** project.json of version 1, as it stands on users' disks: never to be changed. */
const version1 = {
  format: 'spagene-project',
  formatVersion: 1,
  name: 'Released',
  created: '2026-01-02T03:04:05.000Z',
  notes: 'n',
  spatial: {
    role: 'spatial',
    name: 'tissue',
    format: 'AnnData',
    choice: { path: 'datasets/tissue/a.h5ad', section: 'slice' },
    storage: 'copied',
    files: [{ path: 'datasets/tissue/a.h5ad', bytes: 1, sha256: 'ab', modified: 1.5 }],
    cells: 10,
    genes: 5,
    sparsity: 0.5,
    values: 'counts',
    unit: 'micrometre',
    preset: null,
    warnings: [{ code: 'c', message: 'm' }],
    imported: '2026-01-02T03:04:05.000Z',
  },
  reference: {
    role: 'reference',
    name: 'cells',
    format: 'CSV',
    choice: {
      path: { absolute: '/nowhere/data/r.csv', relative: '../data/r.csv' },
      labels: { file: { absolute: '/nowhere/data/types.csv' }, column: 'type' },
    },
    storage: 'linked',
    files: [{ path: { absolute: '/nowhere/data/r.csv', relative: '../data/r.csv' }, bytes: 1, sha256: 'cd' }],
    cells: 10,
    genes: 5,
    sparsity: 0.5,
    values: 'counts',
    unit: null,
    preset: 'STARmap_AllenVISp',
    warnings: [],
    imported: '2026-01-02T03:04:05.000Z',
  },
  sharedGenes: 5,
  runs: [{ ...runOf('r-1'), madeWith: 'other data' }],
  evaluations: [],
  groups: [{ id: 'g-1', name: 'layer 1', cells: 3, created: '2026-01-02T03:04:05.000Z' }],
  queue: [],
  view: { map: { zoom: 2 } },
};

test('a project of version 1 opens with everything in it', async () => {
  const folder = join(home, 'v1', 'project');
  put(join(folder, 'project.json'), JSON.stringify(version1));
  const moved = put(join(home, 'v1', 'data', 'r.csv'), 'x');
  const project = await OpenProject.open(folder);
  const { state } = project;
  expect(state.spatial).toMatchObject({
    choice: { path: join(folder, 'datasets/tissue/a.h5ad'), section: 'slice' },
    files: [{ path: join(folder, 'datasets/tissue/a.h5ad'), bytes: 1, sha256: 'ab' }],
  });
  expect(state.reference).toMatchObject({
    choice: { path: moved, labels: '/nowhere/data/types.csv:type' },
    files: [{ path: moved }],
  });
  expect(state.runs).toEqual([{ ...runOf('r-1'), stale: true }]);
  expect(state).toMatchObject({
    sharedGenes: 5,
    analyses: [],
    notes: 'n',
    view: { map: { zoom: 2 } },
    groups: [{ id: 'g-1', cells: 3 }],
  });
  await project.change((now) => ({ ...now, notes: 'o' }));
  await project.close();
  // The table of labels was not there; what is known about it stays.
  const { reference } = JSON.parse(readFileSync(join(folder, 'project.json'), 'utf8')) as typeof version1;
  expect(reference.choice.path).toEqual({ absolute: moved, relative: '../data/r.csv' });
});
