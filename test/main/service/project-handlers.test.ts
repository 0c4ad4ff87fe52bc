import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { ProjectState } from '../../../src-shared/domain/project.ts';
import { analysisDefaults } from '../../../src-shared/domain/analysis.ts';
import { calls } from '../../../src-shared/contract/handlers.ts';
import type { ProjectHandle } from '../../../src-main/service/context.ts';
import { analysisOf, datasetOf, isThere, put, refusal, runOf } from '../project/support.ts';
import { newDesk, ownHome, type Desk } from './support.ts';

const home = ownHome();
let made = 0;
const desks: Desk[] = [];
afterEach(async () => {
  for (const { service } of desks.splice(0)) await service.close();
});

function desk(): Desk {
  const one = newDesk(home);
  desks.push(one);
  one.service.access.grant(join(home, 'work'));
  return one;
}

const newFolder = (): string => join(home, 'work', `p${made++}`);

async function withProject(): Promise<Desk & { folder: string; state: () => ProjectState }> {
  const one = desk();
  const folder = newFolder();
  await one.handlers['project:create']({ folder, name: 'Cortex' });
  return { ...one, folder, state: () => one.service.project().state };
}

describe('opening', () => {
  test('made, closed, opened again: every answer fits the contract', async () => {
    const { handlers, pushed } = desk();
    const folder = newFolder();
    const created = await handlers['project:create']({ folder, name: 'Cortex' });
    expect(calls['project:create'].result.parse(created)).toEqual(created);
    expect(await handlers['project:current']({})).toEqual({ project: created });
    await handlers['project:close']({});
    expect(await handlers['project:current']({})).toEqual({ project: null });
    expect(pushed.map(({ event }) => event)).toEqual(['project:changed', 'project:changed']);
    expect(pushed.at(-1)!.payload).toEqual({ project: null });
    expect(await handlers['project:open']({ folder })).toEqual(created);
    expect((await handlers['app:recent']({}))[0]).toMatchObject({ folder, name: 'Cortex', present: true });
  });

  test('a folder that the user never picked is neither made a project nor opened', async () => {
    const { handlers } = desk();
    const folder = join(home, 'elsewhere');
    expect((await refusal(handlers['project:create']({ folder, name: 'a' }))).message).toMatch(/not chosen/);
    expect(isThere(folder)).toBe(false);
    expect((await refusal(handlers['project:open']({ folder }))).message).toMatch(/not chosen/);
  });

  test('a recent project opens without being picked again, as after a new start', async () => {
    const { folder, service } = await withProject();
    await service.close();
    const later = newDesk(home);
    desks.push(later);
    expect((await later.handlers['project:open']({ folder })).name).toBe('Cortex');
  });

  test('a damaged recent project: the sentence names the copy, which the page can open', async () => {
    const { folder, service, handlers } = await withProject();
    await handlers['project:change']({ notes: 'kept' });
    await service.close();
    writeFileSync(join(folder, 'project.json'), '{');
    const later = newDesk(home);
    desks.push(later);
    const { place } = await refusal(later.handlers['project:open']({ folder }));
    const state = await later.handlers['project:open']({ folder: join(folder, place.element!) });
    expect(state).toMatchObject({ folder, notes: 'kept', readOnly: null });
  });

  test('opening another closes the one before; one that fails leaves it open', async () => {
    const { handlers, service, folder } = await withProject();
    expect(
      (await refusal(handlers['project:open']({ folder: join(home, 'work', 'nothing') }))).message,
    ).toMatch(/is not there/);
    expect(service.project().folder).toBe(folder);
    const other = newFolder();
    await handlers['project:create']({ folder: other, name: 'Other' });
    expect(service.project().folder).toBe(other);
    expect(isThere(join(folder, '.lock'))).toBe(false);
    expect(isThere(join(other, '.lock'))).toBe(true);
  });

  test('gene sets outside that an analysis was given may be read again in a later session', async () => {
    const { service, folder } = await withProject();
    const file = put(join(home, 'elsewhere', 'sets.gmt'), 'A\t\tx\n');
    const parameters = { kind: 'pathways' as const, genes: 'g', ...analysisDefaults.pathways, files: [file] };
    expect(() => service.access.check(file)).toThrow(/not chosen/);
    await service.project().change((now) => ({
      ...now,
      runs: [runOf('one')],
      analyses: [analysisOf('a', 'one', { parameters })],
    }));
    await service.close();
    const later = newDesk(home);
    desks.push(later);
    await later.handlers['project:open']({ folder });
    later.service.access.check(file);
    expect(() => later.service.access.check(join(home, 'elsewhere', 'other.gmt'))).toThrow(/not chosen/);
  });

  test('opening the open one again changes nothing', async () => {
    const { handlers, folder, service } = await withProject();
    const handle = service.project();
    expect((await handlers['project:open']({ folder })).readOnly).toBeNull();
    expect((await handlers['project:open']({ folder: join(folder, 'project.json') })).readOnly).toBeNull();
    expect(service.project()).toBe(handle);
  });

  test('two windows: the second looks only', async () => {
    const { folder } = await withProject();
    const second = desk();
    const state = await second.handlers['project:open']({ folder });
    expect(state.readOnly).toMatch(/has this project open/);
    expect((await refusal(second.handlers['project:change']({ name: 'mine' }))).message).toBe(state.readOnly);
    // Where the views stand is not worth an error.
    await second.handlers['project:save-view']({ view: { map: 1 } });
  });

  test('without a project, calls say so', async () => {
    const { handlers } = desk();
    for (const asked of [handlers['project:change']({ name: 'x' }), handlers['group:cells']({ id: 'g' })]) {
      expect((await refusal(asked)).message).toMatch(/No project is open/);
    }
  });
});

describe('hooks', () => {
  test('run in their order, around the time in which the project is open', async () => {
    const { handlers, service } = desk();
    const heard: string[] = [];
    const hook = (name: string) => ({
      opened: async (project: ProjectHandle) => {
        await sleep(5);
        heard.push(`${name} opened ${project.state.name}`);
      },
      closing: async (project: ProjectHandle) => {
        await project.change((state) => ({ ...state, notes: `${state.notes}${name}` }));
        heard.push(`${name} closing`);
      },
    });
    service.onProject(hook('a'));
    service.onProject(hook('b'));
    const folder = newFolder();
    await handlers['project:create']({ folder, name: 'Cortex' });
    await handlers['project:close']({});
    expect(heard).toEqual(['a opened Cortex', 'b opened Cortex', 'a closing', 'b closing']);
    expect(JSON.parse(readFileSync(join(folder, 'project.json'), 'utf8'))).toMatchObject({ notes: 'ab' });
  });

  test('one that fails at opening leaves no half-open project', async () => {
    const { handlers, service, folder } = await withProject();
    await service.close();
    let fails = true;
    service.onProject({
      opened: () => {
        if (fails) throw new Error('no memory');
      },
    });
    await expect(handlers['project:open']({ folder })).rejects.toThrow('no memory');
    expect(service.current()).toBeUndefined();
    fails = false;
    expect((await handlers['project:open']({ folder })).readOnly).toBeNull();
  });

  test('one that fails at closing does not keep the project open', async () => {
    const { service, folder } = await withProject();
    service.onProject({
      closing: () => {
        throw new Error('stuck');
      },
    });
    await expect(service.close()).rejects.toThrow('stuck');
    expect(service.current()).toBeUndefined();
    expect(isThere(join(folder, '.lock'))).toBe(false);
  });
});

describe('changing', () => {
  test('the page hears of changes at most every 50 ms, and always of the last', async () => {
    const { service, pushed, state } = await withProject();
    await sleep(80);
    pushed.length = 0;
    for (let i = 1; i <= 60; i++) await service.project().change((now) => ({ ...now, notes: String(i) }));
    await sleep(120);
    const heard = pushed.map(({ payload }) => (payload as { project: ProjectState }).project.notes);
    expect(heard.at(-1)).toBe('60');
    expect(heard.length).toBeGreaterThan(1);
    expect(heard.length).toBeLessThan(60);
    const gaps = pushed.slice(1).map(({ at }, i) => at - pushed[i]!.at);
    expect(Math.min(...gaps)).toBeGreaterThan(45);
    expect(state().notes).toBe('60');
  });

  test('name and notes', async () => {
    const { handlers, state } = await withProject();
    await handlers['project:change']({ name: 'Hippocampus' });
    await handlers['project:change']({ notes: 'n' });
    expect(state()).toMatchObject({ name: 'Hippocampus', notes: 'n' });
  });

  test('the same view is not saved again, a very large one not at all', async () => {
    const { handlers, pushed, state } = await withProject();
    await handlers['project:save-view']({ view: { map: { gene: 'Sst' } } });
    await sleep(80);
    const before = pushed.length;
    await handlers['project:save-view']({ view: { map: { gene: 'Sst' } } });
    await sleep(80);
    expect(pushed).toHaveLength(before);
    expect(state().view).toEqual({ map: { gene: 'Sst' } });
    const huge = handlers['project:save-view']({ view: { x: 'y'.repeat(2_000_000) } });
    expect((await refusal(huge)).message).toMatch(/too large/);
  });

  test('the folder pulled away and put back', async () => {
    const { handlers, folder, state } = await withProject();
    renameSync(folder, `${folder}-away`);
    expect((await refusal(handlers['project:change']({ name: 'lost' }))).message).toMatch(
      /nothing was saved/,
    );
    expect(state().name).toBe('Cortex');
    renameSync(`${folder}-away`, folder);
    await handlers['project:change']({ name: 'kept' });
    expect(state().name).toBe('kept');
  });
});

describe('removing', () => {
  test('a run through the page, and through the jobs’ own way; both come back', async () => {
    const { handlers, service, state } = await withProject();
    await service.project().change((now) => ({ ...now, runs: [runOf('one'), runOf('two')] }));
    const { trash } = await handlers['project:remove']({ kind: 'run', id: 'one' });
    const other = await service.project().trash('runs', 'two');
    expect(state().runs).toEqual([]);
    await handlers['project:restore']({ trash });
    await handlers['project:restore']({ trash: other });
    expect(
      state()
        .runs.map(({ id }) => id)
        .sort(),
    ).toEqual(['one', 'two']);
  });

  test('not what runs, nor the data that it reads', async () => {
    const { handlers, service, folder } = await withProject();
    const spatial = datasetOf('spatial', put(join(folder, 'datasets', 's.csv'), 'x'));
    await service
      .project()
      .change((now) => ({ ...now, spatial, runs: [runOf('one', { state: 'running' })] }));
    const run = handlers['project:remove']({ kind: 'run', id: 'one' });
    expect((await refusal(run)).message).toMatch(/"Run one" is running\. Stop it first/);
    const data = handlers['project:remove']({ kind: 'dataset', role: 'spatial' });
    expect((await refusal(data)).message).toMatch(
      /"Run one" is running\. It uses these data; pause or stop it first/,
    );
  });

  test('not the run that a running analysis reads, nor the analysis whose labels it uses', async () => {
    const { handlers, service } = await withProject();
    const parameters = {
      kind: 'niches' as const,
      labels: { analysis: 'types' },
      ...analysisDefaults.niches,
    };
    await service.project().change((now) => ({
      ...now,
      runs: [runOf('one'), runOf('two')],
      analyses: [
        analysisOf('types', 'one'),
        analysisOf('niches', 'one', { name: 'Niches 1', state: 'running', parameters }),
      ],
    }));
    for (const item of [
      { kind: 'run', id: 'one' },
      { kind: 'analysis', id: 'types' },
    ] as const) {
      expect((await refusal(handlers['project:remove'](item))).message).toMatch(/"Niches 1" is reading it/);
    }
    await handlers['project:remove']({ kind: 'run', id: 'two' });
  });

  test('groups of cells', async () => {
    const { handlers, service, folder } = await withProject();
    const spatial = datasetOf('spatial', put(join(folder, 'datasets', 's.csv'), 'x'));
    await service.project().change((now) => ({ ...now, spatial }));
    const { id } = await handlers['group:save']({ name: 'Layer 1', cells: Uint32Array.of(1, 4) });
    expect(calls['group:save'].result.parse({ id })).toEqual({ id });
    expect((await handlers['group:cells']({ id })).cells).toEqual(Uint32Array.of(1, 4));
  });
});

test('linked data may be read while their project is open', async () => {
  const { service } = await withProject();
  const path = join(home, 'outside', 'data.csv');
  mkdirSync(join(home, 'outside'));
  writeFileSync(path, 'x');
  expect(() => service.access.check(path)).toThrow(/not chosen/);
  await service.project().change((now) => ({ ...now, spatial: datasetOf('spatial', path) }));
  service.access.check(path);
  await service.close();
  expect(() => service.access.check(path)).toThrow(/not chosen/);
});
