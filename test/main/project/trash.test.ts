import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createProject } from '../../../src-main/project/create-project.ts';
import { geneIndexFile } from '../../../src-main/project/gene-index.ts';
import { readGroup, saveGroup } from '../../../src-main/project/groups.ts';
import { OpenProject } from '../../../src-main/project/open-project.ts';
import { restoreItem, trashItem } from '../../../src-main/project/trash.ts';
import { analysisOf, datasetOf, isThere, put, refusal, runOf, temporaryFolder } from './support.ts';

const home = temporaryFolder();
let made = 0;
const open: OpenProject[] = [];
afterEach(async () => {
  for (const project of open.splice(0)) await project.close();
});

/** A project with three runs, the second waiting, and two copied datasets. */
async function newProject(): Promise<OpenProject> {
  const folder = join(home, `case-${made++}`);
  await createProject(folder, 'Cortex');
  const project = await OpenProject.open(folder);
  open.push(project);
  const spatial = put(join(folder, 'datasets', 'tissue', 's.csv'), 'a\n1\n');
  const reference = put(join(folder, 'datasets', 'cells', 'r.csv'), 'a\n2\n');
  for (const id of ['one', 'two', 'three']) put(join(folder, 'runs', id, 'run.json'), id);
  await project.change((state) => ({
    ...state,
    spatial: datasetOf('spatial', spatial, { storage: 'copied' }),
    reference: datasetOf('reference', reference, { storage: 'copied' }),
    sharedGenes: 1,
    runs: [
      runOf('one'),
      runOf('two', { state: 'queued', seconds: 0, finished: null, result: null }),
      runOf('three'),
    ],
    queue: ['two'],
  }));
  return project;
}

const ids = (project: OpenProject): string[] => project.state.runs.map(({ id }) => id);

describe('runs', () => {
  test('removed with their folder, brought back in their place with everything', async () => {
    const project = await newProject();
    const before = project.state;
    const name = await trashItem(project, { kind: 'run', id: 'two' });
    expect(ids(project)).toEqual(['one', 'three']);
    expect(project.state.queue).toEqual([]);
    expect(isThere(join(project.folder, 'runs', 'two'))).toBe(false);
    await restoreItem(project, name);
    const [one, two, three] = before.runs;
    const waits = { state: 'paused', reason: 'It was removed before it was done; resume it to go on.' };
    expect(project.state.runs).toEqual([one, { ...two, ...waits }, three]);
    expect(readFileSync(join(project.folder, 'runs', 'two', 'run.json'), 'utf8')).toBe('two');
    expect(readdirSync(join(project.folder, '.trash'))).toEqual([]);
  });

  test('brought back after the project was closed and opened; stale when the data changed meanwhile', async () => {
    const project = await newProject();
    const name = await trashItem(project, { kind: 'run', id: 'one' });
    await project.close();
    const again = await OpenProject.open(project.folder);
    open.push(again);
    const other = put(join(project.folder, 'datasets', 'other', 's.csv'), 'a\n9\n');
    await again.change((state) => ({ ...state, spatial: datasetOf('spatial', other) }));
    await restoreItem(again, name);
    expect(again.state.runs[0]).toEqual(runOf('one', { stale: true }));
  });

  test('one without a folder can be removed and brought back too', async () => {
    const project = await newProject();
    rmSync(join(project.folder, 'runs', 'one'), { recursive: true });
    await restoreItem(project, await trashItem(project, { kind: 'run', id: 'one' }));
    expect(ids(project)).toEqual(['one', 'two', 'three']);
  });

  test('what is not there is refused in a sentence', async () => {
    const project = await newProject();
    expect((await refusal(trashItem(project, { kind: 'run', id: 'nine' }))).message).toMatch(/no run "nine"/);
    const name = await trashItem(project, { kind: 'run', id: 'one' });
    await restoreItem(project, name);
    expect((await refusal(restoreItem(project, name))).message).toMatch(/nothing called .* in the trash/);
    for (const bad of ['../../etc', '..', '.', 'a/b', '']) {
      expect((await refusal(restoreItem(project, bad))).message).toMatch(/nothing called/);
    }
  });

  test('when the state cannot be saved, everything is as it was', async () => {
    const project = await newProject();
    renameSync(project.folder, `${project.folder}-away`);
    await refusal(trashItem(project, { kind: 'run', id: 'one' }));
    renameSync(`${project.folder}-away`, project.folder);
    expect(ids(project)).toEqual(['one', 'two', 'three']);
    expect(isThere(join(project.folder, 'runs', 'one', 'run.json'))).toBe(true);
  });

  test('a record that was tampered with moves nothing outside', async () => {
    const project = await newProject();
    const name = await trashItem(project, { kind: 'run', id: 'one' });
    const path = join(project.folder, '.trash', name, 'record.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('runs/one', '../../stolen'));
    expect((await refusal(restoreItem(project, name))).message).toMatch(
      /cannot be brought back: .* is damaged/,
    );
  });

  test('a project that is only looked at keeps everything', async () => {
    const project = await newProject();
    const second = await OpenProject.open(project.folder);
    open.push(second);
    await refusal(trashItem(second, { kind: 'run', id: 'one' }));
    expect(isThere(join(project.folder, '.trash'))).toBe(false);
  });
});

describe('analyses', () => {
  test('removed with their folder, brought back in their place', async () => {
    const project = await newProject();
    const analyses = [analysisOf('a', 'one'), analysisOf('b', 'one'), analysisOf('c', 'three')];
    await project.change((state) => ({ ...state, analyses }));
    put(join(project.folder, 'analyses', 'b', 'report.json'), '{}');
    const name = await trashItem(project, { kind: 'analysis', id: 'b' });
    expect(project.state.analyses.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(isThere(join(project.folder, 'analyses', 'b'))).toBe(false);
    await restoreItem(project, name);
    expect(project.state.analyses).toEqual(analyses);
    expect(isThere(join(project.folder, 'analyses', 'b', 'report.json'))).toBe(true);
  });

  test('are stale while their run is away', async () => {
    const project = await newProject();
    await project.change((state) => ({
      ...state,
      analyses: [analysisOf('a', 'one'), analysisOf('b', 'three')],
    }));
    const stale = (): boolean[] => project.state.analyses.map((one) => one.stale);
    expect(stale()).toEqual([false, false]);
    const name = await trashItem(project, { kind: 'run', id: 'one' });
    expect(stale()).toEqual([true, false]);
    await restoreItem(project, name);
    expect(stale()).toEqual([false, false]);
  });
});

describe('datasets', () => {
  test('a copied one goes with its files and comes back with the shared genes', async () => {
    const project = await newProject();
    const { spatial } = project.state;
    const name = await trashItem(project, { kind: 'dataset', role: 'spatial' });
    expect(project.state).toMatchObject({ spatial: null, sharedGenes: null });
    expect(project.state.runs.map((run) => run.stale)).toEqual([true, false, true]);
    expect(readdirSync(join(project.folder, 'datasets'))).toEqual(['cells']);
    await restoreItem(project, name);
    expect(project.state).toMatchObject({ spatial, sharedGenes: 1 });
    expect(project.state.runs.some((run) => run.stale)).toBe(false);
    await project.inputs();
  });

  test('the spatial one takes its index of genes with it, also one that is being made; the reference does not', async () => {
    const project = await newProject();
    const index = put(geneIndexFile(project.folder), 'index');
    put(`${index}.part.tmp`, 'half');
    await trashItem(project, { kind: 'dataset', role: 'reference' });
    expect(isThere(index)).toBe(true);
    await trashItem(project, { kind: 'dataset', role: 'spatial' });
    expect(isThere(join(index, '..'))).toBe(false);
    // What a program of another machine left behind goes when the project is opened.
    put(index, 'index');
    await project.close();
    open.push(await OpenProject.open(project.folder));
    expect(isThere(index)).toBe(false);
  });

  test('a linked one leaves the user’s files alone', async () => {
    const project = await newProject();
    const path = put(join(home, 'mine', 's.csv'), 'a\n3\n');
    await project.change((state) => ({ ...state, spatial: datasetOf('spatial', path) }));
    await trashItem(project, { kind: 'dataset', role: 'spatial' });
    expect(isThere(path)).toBe(true);
  });

  test('comes back only where its place is free', async () => {
    const project = await newProject();
    const name = await trashItem(project, { kind: 'dataset', role: 'reference' });
    const path = put(join(home, 'mine', 'r.csv'), 'a\n3\n');
    await project.change((state) => ({ ...state, reference: datasetOf('reference', path) }));
    expect((await refusal(restoreItem(project, name))).message).toMatch(
      /another reference now; remove it first/,
    );
  });
});

describe('groups', () => {
  test('kept in order without repetition, removed and brought back', async () => {
    const project = await newProject();
    const id = await saveGroup(project, 'Layer 1', Uint32Array.of(7, 2, 2, 9));
    expect(project.state.groups).toMatchObject([{ id, name: 'Layer 1', cells: 3 }]);
    expect(await readGroup(project, id)).toEqual(Uint32Array.of(2, 7, 9));
    const name = await trashItem(project, { kind: 'group', id });
    expect((await refusal(readGroup(project, id))).message).toMatch(/no group/);
    await restoreItem(project, name);
    expect(await readGroup(project, id)).toEqual(Uint32Array.of(2, 7, 9));
  });

  test.each([
    [Uint32Array.of(), /no cell is chosen/],
    [Uint32Array.of(3, 10), /there is no cell 11; there are 10/],
  ])('cells %j are refused', async (cells, sentence) => {
    const project = await newProject();
    expect((await refusal(saveGroup(project, 'x', cells))).message).toMatch(sentence);
    expect(readdirSync(join(project.folder, 'groups'))).toEqual([]);
  });

  test('a damaged file is told with the name of the group', async () => {
    const project = await newProject();
    const id = await saveGroup(project, 'Layer 1', Uint32Array.of(1, 2));
    writeFileSync(join(project.folder, 'groups', `${id}.bin`), 'abc');
    expect((await refusal(readGroup(project, id))).message).toMatch(/group "Layer 1" cannot be read/);
  });

  test('a project folder that is gone is not made again', async () => {
    const project = await newProject();
    renameSync(project.folder, `${project.folder}-gone`);
    await refusal(saveGroup(project, 'x', Uint32Array.of(1)));
    expect(isThere(project.folder)).toBe(false);
    renameSync(`${project.folder}-gone`, project.folder);
  });
});

test('what was removed more than 30 days ago goes when the project is opened', async () => {
  const project = await newProject();
  const [old, young] = [
    await trashItem(project, { kind: 'run', id: 'one' }),
    await trashItem(project, { kind: 'run', id: 'two' }),
  ];
  const aged = (name: string, days: number): void => {
    const path = join(project.folder, '.trash', name, 'record.json');
    const record = JSON.parse(readFileSync(path, 'utf8')) as { trashed: string };
    const trashed = new Date(Date.now() - days * 86_400_000).toISOString();
    writeFileSync(path, JSON.stringify({ ...record, trashed }));
  };
  aged(old, 31);
  aged(young, 29);
  mkdirSync(join(project.folder, '.trash', 'not-ours'));
  await project.close();
  open.push(await OpenProject.open(project.folder));
  expect(readdirSync(join(project.folder, '.trash')).sort()).toEqual(['not-ours', young].sort());
});
