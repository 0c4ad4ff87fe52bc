import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OpenProject } from '../../../src-main/project/open-project.ts';
import { analysisOf, datasetOf, json, projectDesk, put, refusal, runOf } from './support.ts';

const { home, reopen, newProject } = projectDesk();
let made = 0;

describe('data', () => {
  const withData = async (): Promise<{
    project: OpenProject;
    spatial: string;
    reference: string;
    base: string;
  }> => {
    const project = await newProject();
    const base = join(project.folder, '..');
    const spatial = put(join(base, 'data', 'spatial.csv'), 'a,b\n1,2\n');
    const reference = put(join(project.folder, 'datasets', 'ref', 'reference.csv'), 'a,b\n3,4\n');
    const labels = put(join(base, 'data', 'types.csv'), 'cell,type\n');
    await project.change((state) => ({
      ...state,
      spatial: datasetOf('spatial', spatial, { choice: { section: 'slice' } }),
      reference: datasetOf('reference', reference, {
        storage: 'copied',
        choice: { labels: `${labels}:type`, matrix: 'raw/X' },
      }),
    }));
    return { project, spatial, reference, base };
  };

  test('jobs get both datasets as they were chosen', async () => {
    const { project, spatial, reference, base } = await withData();
    expect(await project.inputs()).toEqual({
      spatial,
      reference,
      section: 'slice',
      referenceMatrix: 'raw/X',
      referenceLabels: `${join(base, 'data', 'types.csv')}:type`,
    });
  });

  test('project.json holds no absolute path of what lies inside the project', async () => {
    const { project } = await withData();
    const { reference, spatial } = json(project.folder) as Record<
      string,
      { choice: unknown; files: unknown[] }
    >;
    expect(reference!.choice).toEqual({
      path: 'datasets/ref/reference.csv',
      matrix: 'raw/X',
      labels: {
        file: { absolute: join(project.folder, '../data/types.csv'), relative: '../data/types.csv' },
        column: 'type',
      },
    });
    expect(spatial!.files[0]).toMatchObject({ path: { relative: '../data/spatial.csv' } });
  });

  test('moved together with its data, project and data are found at the new place', async () => {
    const { project, base } = await withData();
    await project.close();
    const moved = `${base.replace(/\/$/, '')}-moved`;
    renameSync(join(project.folder, '..'), moved);
    const there = await reopen(join(moved, 'project'));
    expect(await there.inputs()).toEqual({
      spatial: join(moved, 'data', 'spatial.csv'),
      reference: join(moved, 'project', 'datasets', 'ref', 'reference.csv'),
      section: 'slice',
      referenceMatrix: 'raw/X',
      referenceLabels: `${join(moved, 'data', 'types.csv')}:type`,
    });
  });

  test('moved alone, linked data are where they were', async () => {
    const { project, spatial } = await withData();
    await project.close();
    const moved = join(home, `alone-${made++}`);
    renameSync(project.folder, moved);
    expect((await (await reopen(moved)).inputs()).spatial).toBe(spatial);
  });

  test('data that come later than the project to the new machine are found then', async () => {
    const { project, base } = await withData();
    await project.close();
    const moved = join(home, `late-${made++}`);
    mkdirSync(moved);
    cpSync(project.folder, join(moved, 'project'), { recursive: true });
    renameSync(join(base, 'data'), join(base, 'hidden'));
    const early = await reopen(join(moved, 'project'));
    expect((await refusal(early.inputs())).message).toMatch(
      /spatial dataset "spatial data" cannot be used: .*is not there any more/,
    );
    await early.change((state) => ({ ...state, notes: 'saved meanwhile' }));
    await early.close();
    renameSync(join(base, 'hidden'), join(moved, 'data'));
    expect((await (await reopen(join(moved, 'project'))).inputs()).spatial).toBe(
      join(moved, 'data', 'spatial.csv'),
    );
  });

  test.each([
    [
      'gone',
      (path: string) => rmSync(path),
      /spatial dataset "spatial data" cannot be used: .*spatial\.csv is not there any more .*"Find"/,
    ],
    [
      'longer',
      (path: string) => writeFileSync(path, 'a,b\n1,2\n9,9\n'),
      /has changed since \(it has 12 bytes now, 8 when it was imported\)/,
    ],
    [
      'of the same length with other contents',
      (path: string) => {
        writeFileSync(path, 'a,b\n1,3\n');
        utimesSync(path, 1, 1);
      },
      /has other contents than when it was imported/,
    ],
  ])('a file that is %s is refused, named, with what to do', async (_, spoil, sentence) => {
    const { project, spatial } = await withData();
    spoil(spatial);
    const error = await refusal(project.inputs());
    expect(error.message).toMatch(sentence);
    expect(error.place).toEqual({ file: spatial, element: 'spatial' });
  });

  test('a file that was only touched is read again once and is good', async () => {
    const { project, spatial } = await withData();
    utimesSync(spatial, 5, 5);
    await project.inputs();
    // Same size, same time, other contents: no longer looked into, which shows that the time was noted.
    writeFileSync(spatial, 'a,b\n7,7\n');
    utimesSync(spatial, 5, 5);
    await project.inputs();
  });

  test('the times of files are kept with the project', async () => {
    const { project, spatial } = await withData();
    await project.close();
    utimesSync(spatial, 5, 5);
    writeFileSync(spatial, 'a,b\n7,7\n');
    expect((await refusal((await reopen(project.folder)).inputs())).message).toMatch(/other contents/);
  });

  test('without datasets the sentence says what is missing', async () => {
    const { project } = await withData();
    await project.change((state) => ({ ...state, reference: null }));
    expect((await refusal(project.inputs())).message).toMatch(/no reference yet/);
  });

  test('runs are stale while the data are others, and not any more when the same are back', async () => {
    const { project, base, spatial } = await withData();
    await project.change((state) => ({ ...state, runs: [runOf('one')] }));
    const stale = (): boolean[] => project.state.runs.map((run) => run.stale);
    expect(stale()).toEqual([false]);
    const other = put(join(base, 'data', 'other.csv'), 'a,b\n8,8\n');
    await project.change((state) => ({ ...state, spatial: datasetOf('spatial', other) }));
    await project.change((state) => ({ ...state, runs: [...state.runs, runOf('two')] }));
    expect(stale()).toEqual([true, false]);
    // The same contents from another place, as after relinking.
    const copy = put(join(base, 'data', 'copy.csv'), readFileSync(spatial, 'utf8'));
    await project.change((state) => ({
      ...state,
      spatial: datasetOf('spatial', copy, { choice: { section: 'slice' } }),
    }));
    expect(stale()).toEqual([false, true]);
    await project.close();
    expect((await reopen(project.folder)).state.runs.map((run) => run.stale)).toEqual([false, true]);
  });

  test('analyses are of the data of their run, whenever they are made', async () => {
    const { project, base, spatial } = await withData();
    await project.change((state) => ({ ...state, runs: [runOf('one')], analyses: [analysisOf('a', 'one')] }));
    const stale = (): boolean[] => project.state.analyses.map((one) => one.stale);
    expect(stale()).toEqual([false]);
    const other = put(join(base, 'data', 'other.csv'), 'a,b\n8,8\n');
    await project.change((state) => ({ ...state, spatial: datasetOf('spatial', other) }));
    await project.change((state) => ({ ...state, analyses: [...state.analyses, analysisOf('b', 'one')] }));
    expect(stale()).toEqual([true, true]);
    await project.change((state) => ({
      ...state,
      spatial: datasetOf('spatial', spatial, { choice: { section: 'slice' } }),
    }));
    expect(stale()).toEqual([false, false]);
    await project.close();
    expect((await reopen(project.folder)).state.analyses.map((one) => one.stale)).toEqual([false, false]);
  });

  test('a job that waits will read the new data, one that has begun reads the old', async () => {
    const { project, base } = await withData();
    const waits = runOf('waits', { state: 'queued', seconds: 0, result: null });
    const paused = runOf('paused', { state: 'queued', seconds: 12, result: null });
    await project.change((state) => ({ ...state, runs: [waits, paused] }));
    const other = put(join(base, 'data', 'other.csv'), 'a,b\n8,8\n');
    await project.change((state) => ({ ...state, spatial: datasetOf('spatial', other) }));
    expect(project.state.runs.map((run) => run.stale)).toEqual([false, true]);
  });
});
