import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { jobHandlers } from '../../../src-main/service/job-handlers.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { calls, type Args } from '../../../src-shared/contract/handlers.ts';
import type { LossPoint } from '../../../src-shared/domain/loss-point.ts';
import { fakeSpawn } from '../../helpers/fake-child.ts';
import { FakeProject, FakeService, until } from '../../helpers/fake-service.ts';

const asked: Args<'run:start'> = {
  preset: 'recommended',
  parameters: { 'lambda.identity': 5 },
  seed: 7,
  genes: ['Gad1'],
  counts: true,
  backend: 'wasm',
};
const evaluation: Args<'evaluation:start'> = {
  preset: 'recommended',
  parameters: {},
  methods: ['ridge', 'knn'],
  folds: 2,
  seeds: [1, 2],
  backend: 'auto',
};
const report = {
  result: { cells: 10, genes: 20 },
  backend: { label: 'WASM · 1 thread' },
  expectedAccuracy: { inWords: 'Some genes can be trusted.' },
  warnings: [],
  early: false,
};

const point = (stage: LossPoint['stage'], step: number, more: Partial<LossPoint> = {}): LossPoint => ({
  member: 0,
  stage,
  epoch: 0,
  step,
  steps: 10,
  terms: { total: 1 },
  ...more,
});

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'spagene-queue-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 10 }));

async function open(project = new FakeProject(join(scratch, 'project'), inputs)) {
  const { spawn, children } = fakeSpawn();
  const service = new FakeService(spawn);
  const handlers = jobHandlers(service);
  await service.open(project);
  const job = (id: string) => [...project.state.runs, ...project.state.evaluations].find((r) => r.id === id)!;
  const states = () => project.state.runs.map(({ state }) => state);
  const started = (count: number) =>
    until(() => children.length === count && children.at(-1)!.kinds.includes('run'));
  /** Plays a run that ends well. */
  const finish = (id: string) => {
    writeFileSync(join(project.folderOf('runs', id), 'report.json'), JSON.stringify(report));
    children.at(-1)!.say({ kind: 'done', failed: 0 });
  };
  return { service, handlers, project, children, job, states, started, finish };
}

const inputs = { spatial: '/data/spatial.h5ad', reference: '/data/reference.h5ad', section: 'slice' };

describe('the queue', () => {
  it('runs one job at a time, in order, and says what each is told', async () => {
    const { handlers, project, children, job, states, started, finish } = await open();
    const ids = [];
    for (let i = 0; i < 3; i++) ids.push((await handlers['run:start'](asked)).id);
    expect(new Set(ids).size).toBe(3);
    await started(1);
    expect(states()).toEqual(['running', 'queued', 'queued']);
    expect(project.state.queue).toEqual(ids.slice(1));
    const folder = project.folderOf('runs', ids[0]!);
    const [told] = children[0]!.sent;
    expect(told).toMatchObject({
      kind: 'run',
      task: {
        kind: 'impute',
        request: { ...inputs, out: folder, counts: true, backend: 'wasm', resume: false, set: [] },
      },
    });
    expect(JSON.parse(readFileSync(join(folder, 'asked.json'), 'utf8'))).toEqual({
      preset: 'recommended',
      seed: 7,
      genes: ['Gad1'],
      parameters: { 'lambda.identity': 5 },
    });
    finish(ids[0]!);
    await started(2);
    expect(states()).toEqual(['finished', 'running', 'queued']);
    expect(job(ids[0]!)).toMatchObject({
      result: { cells: 10, genes: 20 },
      trust: 'Some genes can be trusted.',
    });
    expect(calls['project:open'].result.safeParse(project.state).success).toBe(true);
  });

  it('lets waiting jobs be put into another order, and only those', async () => {
    const { handlers, project, started } = await open();
    const ids = [];
    for (let i = 0; i < 4; i++) ids.push((await handlers['run:start'](asked)).id);
    await started(1);
    const [running, b, c, d] = ids as [string, string, string, string];
    await handlers['job:move']({ id: d, before: b });
    expect(project.state.queue).toEqual([d, b, c]);
    await handlers['job:move']({ id: d, before: null });
    expect(project.state.queue).toEqual([b, c, d]);
    await expect(handlers['job:move']({ id: running, before: b })).rejects.toThrow(/waiting/u);
    await expect(handlers['job:move']({ id: 'run-none', before: null })).rejects.toThrow(/no run/u);
  });

  it('pauses what runs, goes on with the next, and takes a resumed job up before those that wait', async () => {
    const { handlers, project, children, job, started, states } = await open();
    const [a, b, c] = [
      (await handlers['run:start'](asked)).id,
      (await handlers['run:start'](asked)).id,
      (await handlers['run:start'](asked)).id,
    ];
    await started(1);
    // The engine has written its configuration by now.
    writeFileSync(join(project.folderOf('runs', a), 'config.json'), '{}');
    const pausing = handlers['job:pause']({ id: a });
    await until(() => children[0]!.kinds.includes('stop'));
    children[0]!.say({ kind: 'error', error: 'stopped', message: 'Stopped.' });
    await pausing;
    expect(job(a)).toMatchObject({ state: 'paused', reason: 'Paused; resume goes on from here.' });
    await started(2);
    expect(states()).toEqual(['paused', 'running', 'queued']);
    await handlers['job:resume']({ id: a });
    expect(project.state.queue).toEqual([a, c]);
    const cancelling = handlers['job:cancel']({ id: b });
    await until(() => children[1]!.kinds.includes('stop'));
    children[1]!.say({ kind: 'error', error: 'stopped', message: 'Stopped.' });
    await cancelling;
    expect(existsSync(join(project.folder, 'trash', b))).toBe(true);
    await started(3);
    const told = children[2]!.sent[0]!;
    expect(told).toMatchObject({ task: { request: { resume: true, out: project.folderOf('runs', a) } } });
    expect(told).not.toHaveProperty('task.request.configFile');
  });

  it('pauses a waiting job by taking it from the queue', async () => {
    const { handlers, project, job, started } = await open();
    await handlers['run:start'](asked);
    const { id } = await handlers['run:start'](asked);
    await started(1);
    await handlers['job:pause']({ id });
    expect(project.state.queue).toEqual([]);
    expect(job(id).state).toBe('paused');
  });

  it.each([
    ['SIGKILL', /memory.*resume/u],
    ['code 7', /\(code 7\).*resume/u],
  ])('says what became of a process that ended by itself (%s)', async (how, sentence) => {
    const { handlers, children, job, started } = await open();
    const { id } = await handlers['run:start'](asked);
    await started(1);
    children[0]!.exit(how);
    await until(() => job(id).state === 'paused');
    expect(job(id).reason).toMatch(sentence);
    await handlers['job:resume']({ id });
    await started(2);
  });

  it('keeps the sentence of an error, and lets the job be tried again', async () => {
    const { handlers, children, job, started } = await open();
    const { id } = await handlers['run:start'](asked);
    await started(1);
    const message = 'The disk is full: imputed.h5ad was not written.';
    children[0]!.say({ kind: 'error', error: 'input', message });
    await until(() => job(id).state === 'failed');
    expect(job(id).reason).toBe(message);
    expect((await handlers['job:log']({ id })).lines.at(-1)).toMatchObject({ level: 'error', message });
    await handlers['job:resume']({ id });
    await started(2);
  });

  it('refuses what cannot be run before anything is queued', async () => {
    const { handlers, project } = await open();
    const wrong = { ...asked, parameters: { identity: 5 } };
    await expect(handlers['run:start'](wrong)).rejects.toThrow(/no hyperparameter "identity"/u);
    await expect(handlers['evaluation:start']({ ...evaluation, methods: ['best'] })).rejects.toThrow(
      /no method/u,
    );
    expect(project.state.runs).toEqual([]);
    expect(existsSync(join(project.folder, 'runs'))).toBe(false);
  });

  it('offers an early end only while it would leave a result', async () => {
    const { service, handlers, children, started, job, finish } = await open();
    const { id } = await handlers['run:start'](asked);
    await started(1);
    const child = children[0]!;
    const told = () => service.events.findLast(({ name }) => name === 'job:progress')?.payload;
    const losses = (stage: LossPoint['stage']) =>
      child.say({ kind: 'event', event: { kind: 'losses', point: point(stage, 3), members: 5 } });
    child.say({ kind: 'event', event: { kind: 'stage', name: 'training', detail: 'WASM' } });
    losses('autoencoder-st');
    const early = async () => handlers['job:finish-early']({ id });
    await expect(early()).rejects.toThrow(UserError);
    losses('translation');
    await until(() => (told() as { canFinishEarly?: boolean } | undefined)?.canFinishEarly === true);
    await early();
    expect(child.kinds).toContain('finish-early');
    child.say({ kind: 'event', event: { kind: 'stage', name: 'blending', detail: '' } });
    await expect(early()).rejects.toThrow(UserError);
    finish(id);
    await until(() => job(id).state === 'finished');
    await expect(handlers['job:resume']({ id })).rejects.toThrow(/nothing to resume/u);
  });

  it('sends progress and losses ten times a second at most, and every loss', async () => {
    const { service, handlers, children, started, finish, job } = await open();
    const { id } = await handlers['run:start'](asked);
    await started(1);
    const began = performance.now();
    const count = 300;
    for (let step = 0; step < count; step++) {
      const event = {
        kind: 'losses',
        point: point('autoencoder-sc', step, { steps: count }),
        members: 1,
      } as const;
      children[0]!.say({ kind: 'event', event });
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    finish(id);
    await until(() => job(id).state === 'finished');
    const most = Math.ceil((performance.now() - began) / 100) + 1;
    const sent = (name: string) => service.events.filter((event) => event.name === name);
    expect(sent('job:progress').length).toBeLessThanOrEqual(most);
    expect(sent('run:losses').length).toBeLessThanOrEqual(most);
    const points = sent('run:losses').flatMap(({ payload }) => (payload as { points: LossPoint[] }).points);
    expect(points.map(({ step }) => step)).toEqual(Array.from({ length: count }, (_, step) => step));
  });

  it('saves the record at changes of stage, not with every loss', async () => {
    const { handlers, project, children, started } = await open();
    await handlers['run:start'](asked);
    await started(1);
    const before = project.changes;
    for (let step = 0; step < 10; step++) {
      const event = {
        kind: 'losses',
        point: point('translation', step, { score: step / 10 }),
        members: 1,
      } as const;
      children[0]!.say({ kind: 'event', event });
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(project.changes).toBe(before);
    children[0]!.say({ kind: 'event', event: { kind: 'stage', name: 'blending', detail: '' } });
    await until(() => project.changes > before);
    expect(project.state.runs[0]!.score).toBe(0.9);
  });

  it('does not start a job again when its end could not be saved, and saves it when that is possible', async () => {
    const { handlers, project, children, started, finish, job } = await open();
    const { id } = await handlers['run:start'](asked);
    await started(1);
    project.broken = new UserError('The disk is full.');
    finish(id);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(children).toHaveLength(1);
    project.broken = undefined;
    await until(() => job(id).state === 'finished', 10_000);
    expect(children).toHaveLength(1);
  });
});

describe('a project that is opened or closed', () => {
  it('pauses the running job and starts no other', async () => {
    const { service, handlers, project, children, started, states } = await open();
    await handlers['run:start'](asked);
    await handlers['run:start'](asked);
    await started(1);
    const closing = service.close();
    await until(() => children[0]!.kinds.includes('stop'));
    children[0]!.say({ kind: 'error', error: 'stopped', message: 'Stopped.' });
    await closing;
    expect(states()).toEqual(['paused', 'queued']);
    expect(project.state.runs[0]!.reason).toMatch(/closed.*resume/u);
    expect(children).toHaveLength(1);
  });

  it('kills a job that does not stop within seconds', async () => {
    const { service, handlers, project, children, started } = await open();
    await handlers['run:start'](asked);
    await started(1);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const closing = service.close();
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();
    await closing;
    expect(children[0]!.killed).toBe(true);
    expect(project.state.runs[0]!.state).toBe('paused');
  });

  it('starts nothing by itself: what ran or waited is paused, with a sentence', async () => {
    const first = await open();
    await first.handlers['run:start'](asked);
    await first.handlers['run:start'](asked);
    await first.started(1);
    // As a killed engine leaves it.
    const left = new FakeProject(first.project.folder, inputs);
    left.state = first.project.state;
    const second = await open(left);
    expect(second.states()).toEqual(['paused', 'paused']);
    expect(left.state.runs.map(({ reason }) => reason)).toEqual([
      'SpaGene was closed or stopped while this ran; resume goes on from its last checkpoint.',
      'SpaGene was closed before this began; resume puts it in the queue again.',
    ]);
    expect(left.state.queue).toEqual([]);
    expect(second.children).toHaveLength(0);
    await second.handlers['job:resume']({ id: left.state.runs[0]!.id });
    await second.started(1);
  });

  it('leaves a project that is read-only as it is', async () => {
    const project = new FakeProject(join(scratch, 'project'), inputs);
    const { handlers } = await open(project);
    await handlers['run:start'](asked);
    const left = new FakeProject(project.folder, inputs);
    left.state = { ...project.state, readOnly: 'Open in another window.' };
    left.broken = new UserError('Open in another window.');
    const before = left.state;
    await open(left);
    expect(left.state).toBe(before);
  });
});

describe('an evaluation', () => {
  it('tells every method on every fold with every seed, from the beginning', async () => {
    const { service, handlers, children, started, job, project } = await open();
    const { id } = await handlers['evaluation:start'](evaluation);
    const waiting = (await handlers['evaluation:cells']({ id })).cells;
    expect(waiting).toHaveLength(2 * 2 * 2);
    expect(new Set(waiting.map(({ state }) => state))).toEqual(new Set(['waiting']));
    await started(1);
    expect(children[0]!.sent[0]).toMatchObject({
      task: {
        kind: 'evaluate',
        request: { methods: ['ridge', 'knn'], folds: 2, seeds: [1, 2], resume: false, gather: [], maps: [] },
      },
    });
    const news = { kind: 'job', method: 'knn', seed: 2, fold: 1, finished: 0, total: 8 } as const;
    children[0]!.say({ kind: 'event', event: { ...news, state: 'started' } });
    children[0]!.say({
      kind: 'event',
      event: { kind: 'job-progress', method: 'knn', seed: 2, fold: 1, share: 0.5 },
    });
    const cell = async () =>
      (await handlers['evaluation:cells']({ id })).cells.find(
        ({ method, seed, fold }) => method === 'knn' && seed === 2 && fold === 1,
      );
    expect(await cell()).toMatchObject({ state: 'running', share: 0.5 });
    children[0]!.say({ kind: 'event', event: { ...news, state: 'done', finished: 1, pcc: 0.4, seconds: 3 } });
    expect(await cell()).toMatchObject({ state: 'done', share: 1, pcc: 0.4, seconds: 3 });
    children[0]!.say({
      kind: 'event',
      event: { ...news, fold: 0, state: 'failed', finished: 1, message: 'No memory.' },
    });
    await until(() => service.events.some(({ name }) => name === 'evaluation:cells'));
    children[0]!.say({ kind: 'event', event: { kind: 'verdict', sentences: ['Ridge is best.'] } });
    mkdirSync(project.folderOf('evaluations', id), { recursive: true });
    writeFileSync(
      join(project.folderOf('evaluations', id), 'report.json'),
      JSON.stringify({ backend: 'WASM', verdict: ['Ridge is best.'] }),
    );
    children[0]!.say({ kind: 'done', failed: 1 });
    await until(() => job(id).state === 'finished');
    expect(job(id)).toMatchObject({ verdict: ['Ridge is best.'], backend: 'WASM' });
    expect(job(id).warnings[0]!.message).toMatch(/1 of 8 parts failed/u);
    // What failed can be tried again.
    await handlers['job:resume']({ id });
    await started(2);
  });

  it('lists the methods as the engine knows them', async () => {
    const { handlers } = await open();
    const methods = await handlers['evaluation:methods']({});
    expect(methods.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['spagene', 'tangram', 'best-gene']),
    );
    expect(methods.find(({ name }) => name === 'tangram-clusters')?.usual).toBe(false);
    expect(calls['evaluation:methods'].result.safeParse(methods).success).toBe(true);
  });
});
