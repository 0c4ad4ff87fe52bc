import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { jobHandlers } from '../../src-main/service/job-handlers.ts';
import { resultHandlers } from '../../src-main/service/result-handlers.ts';
import type { Child } from '../../src-main/host/child.ts';
import { calls, type Args } from '../../src-shared/contract/handlers.ts';
import { lossPoint } from '../../src-shared/contract/calls/job.ts';
import { jobProgress, runRecord, type JobProgress } from '../../src-shared/domain/project.ts';
import { FakeProject, FakeService, realSpawn, until } from '../helpers/fake-service.ts';
import { readMatrix } from '../helpers/matrix.ts';
import { root, spagene } from '../helpers/spagene.ts';

const scratch = mkdtempSync(join(tmpdir(), 'spagene-jobs-'));
const tissue = join(scratch, 'tissue');
const inputs = { spatial: join(tissue, 'spatial.h5ad'), reference: join(tissue, 'reference.h5ad') };

const asked: Args<'run:start'> = {
  preset: 'recommended',
  parameters: { 'train.maxStepsStage1': 40, 'train.maxStepsStage2': 60, 'ensemble.members': 3 },
  seed: 1,
  genes: 'all',
  counts: false,
  backend: 'wasm',
};

beforeAll(async () => {
  process.env['SPAGENE_HOME'] = join(scratch, 'home');
  const sizes = ['--cells', '400', '--genes', '200', '--reference-cells', '300', '--panel-genes', '50'];
  expect((await spagene('simulate', '--out', tissue, ...sizes)).code).toBe(0);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const services: FakeService[] = [];
let opened = 0;

// A test that failed leaves no job behind that would slow the others.
afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
});

async function open() {
  const children: Child[] = [];
  const service = new FakeService(realSpawn(children));
  const handlers = { ...jobHandlers(service), ...resultHandlers(service) };
  const project = new FakeProject(join(scratch, `project-${++opened}`), inputs);
  const record = {
    name: 'tissue',
    format: 'h5ad',
    choice: { path: '' },
    storage: 'linked' as const,
    files: [],
  };
  const rest = { sparsity: 0.5, values: 'counts' as const, unit: null, preset: null, warnings: [] };
  const imported = '2026-01-01T00:00:00.000Z';
  const spatial = { ...record, ...rest, imported, role: 'spatial' as const, cells: 400, genes: 50 };
  const reference = { ...record, ...rest, imported, role: 'reference' as const, cells: 300, genes: 200 };
  project.state = { ...project.state, spatial, reference, sharedGenes: 50 };
  await service.open(project);
  services.push(service);
  const run = (id: string) => project.state.runs.find((record) => record.id === id)!;
  const last = (): JobProgress | undefined =>
    service.events.findLast(({ name }) => name === 'job:progress')?.payload as JobProgress | undefined;
  return { children, service, handlers, project, run, last };
}

const result = async (project: FakeProject, id: string) =>
  (await readMatrix(join(project.folderOf('runs', id), 'imputed.h5ad'))).values;

describe('a run in a job process', () => {
  let whole: Float32Array;

  it('goes from the request to a record that says what came out', async () => {
    const { service, handlers, project, run } = await open();
    const { id } = await handlers['run:start'](asked);
    expect(run(id).state).not.toBe('finished');
    await until(() => run(id).state === 'finished' || run(id).state === 'failed');
    const record = runRecord.parse(run(id));
    expect(record.reason).toBeNull();
    expect(record).toMatchObject({ name: 'Run 1', early: false, result: { cells: 400 } });
    expect(record.trust).toMatch(/imputed genes are expected/u);
    expect(record.backend).toMatch(/WASM/u);
    expect(record.score).toBeGreaterThan(-1);
    expect(project.state.queue).toEqual([]);
    whole = await result(project, id);

    const progress = service.events
      .filter(({ name }) => name === 'job:progress')
      .map(({ payload }) => jobProgress.parse(payload));
    const shares = progress.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(progress.some(({ canFinishEarly }) => canFinishEarly)).toBe(true);
    expect(progress.some(({ memoryBytes }) => (memoryBytes ?? 0) > 2 ** 26)).toBe(true);
    expect(new Set(progress.map(({ stage }) => stage))).toContain('Training network 2 of 3 · translation');

    const pushed = service.events.flatMap(({ name, payload }) =>
      name === 'run:losses' ? (payload as { points: unknown[] }).points : [],
    );
    expect(pushed.map((point) => lossPoint.parse(point))).toEqual(pushed);
    expect((await handlers['run:losses']({ id })).points).toEqual(pushed);
    const { lines } = await handlers['job:log']({ id });
    expect(lines.at(-1)!.message).toBe('Finished.');
  });

  it('paused and resumed, ends with the same values', async () => {
    const { handlers, project, run, last } = await open();
    const { id } = await handlers['run:start'](asked);
    await until(() => last()?.stage === 'Training network 2 of 3 · translation');
    await handlers['job:pause']({ id });
    expect(run(id)).toMatchObject({ state: 'paused', reason: expect.stringContaining('resume') as string });
    expect(existsSync(join(project.folderOf('runs', id), 'checkpoint', 'in-progress.safetensors'))).toBe(
      true,
    );
    await handlers['job:resume']({ id });
    await until(() => run(id).state === 'finished' || run(id).state === 'failed');
    expect(run(id).reason).toBeNull();
    expect(await result(project, id)).toEqual(whole);
    const keys = (await handlers['run:losses']({ id })).points.map(({ member, stage, step }) =>
      [member, stage, step].join(' '),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('whose process was killed is paused, and resumed ends with the same values', async () => {
    const { children, handlers, project, run, last } = await open();
    const { id } = await handlers['run:start'](asked);
    await until(() => last()?.stage === 'Training network 2 of 3 · translation');
    process.kill(children.at(-1)!.pid!, 'SIGKILL');
    await until(() => run(id).state === 'paused');
    expect(run(id).reason).toMatch(/SIGKILL.*memory.*resume/u);
    await handlers['job:resume']({ id });
    await until(() => run(id).state === 'finished' || run(id).state === 'failed');
    expect(await result(project, id)).toEqual(whole);
  });

  it('ended early leaves a result of the networks that were trained', async () => {
    const { handlers, project, run, last } = await open();
    const { id } = await handlers['run:start'](asked);
    await expect((async () => handlers['job:finish-early']({ id }))()).rejects.toThrow(/translation/u);
    await until(() => last()?.stage === 'Training network 2 of 3 · spatial autoencoder');
    await handlers['job:finish-early']({ id });
    await until(() => run(id).state === 'finished' || run(id).state === 'failed');
    expect(run(id)).toMatchObject({ state: 'finished', early: true, reason: null });
    const values = await result(project, id);
    expect(values).toHaveLength(whole.length);
    expect(values).not.toEqual(whole);
    expect(values.every(Number.isFinite)).toBe(true);
    const report = JSON.parse(
      readFileSync(join(project.folderOf('runs', id), 'report.json'), 'utf8'),
    ) as object;
    expect(report).toMatchObject({ early: true, members: 1 });
  });
});

describe('an evaluation in a job process', () => {
  it('is paused and goes on, ends with a report, and can be exported', async () => {
    const { service, handlers, project } = await open();
    const request = {
      preset: 'recommended' as const,
      backend: 'wasm' as const,
      parameters: {},
      folds: 3,
      seeds: [1],
    };
    const methods = ['spage', 'ridge', 'knn', 'cluster-mean'];
    const { id } = await handlers['evaluation:start']({ ...request, methods });
    const record = () => project.state.evaluations.find((job) => job.id === id)!;
    const done = async () =>
      (await handlers['evaluation:cells']({ id })).cells.filter(({ state }) => state === 'done');
    while ((await done()).length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    await handlers['job:pause']({ id });
    expect(record().state).toBe('paused');
    const before = await done();
    expect(before.length).toBeLessThan(12);
    await handlers['job:resume']({ id });
    await until(() => record().state === 'finished' || record().state === 'failed');
    expect(record().reason).toBeNull();
    expect(record().verdict.length).toBeGreaterThan(0);
    // What was finished has not been computed again.
    const after = await done();
    expect(after).toHaveLength(12);
    expect(after).toEqual(expect.arrayContaining(before));

    const { report, scores } = await handlers['evaluation:report']({ id });
    expect(report['verdict']).toEqual(record().verdict);
    expect(scores).toHaveLength(4 * 50);
    expect(calls['evaluation:report'].result.safeParse({ report, scores }).success).toBe(true);
    const shares = service.events
      .filter(({ name }) => name === 'job:progress')
      .map(({ payload }) => jobProgress.parse(payload).share);
    expect(Math.max(...shares)).toBeGreaterThan(0.99);
    const { path } = await handlers['export:write']({ format: 'report', id, ticket: 'a' });
    expect(readdirSync(path)).toContain('report.html');
  });
});

describe('an estimate', () => {
  it('counts the steps that are then trained, and keeps what it measured', async () => {
    const { children, handlers, run } = await open();
    const estimate = await handlers['run:estimate'](asked);
    expect(calls['run:estimate'].result.parse(estimate)).toEqual(estimate);
    expect(estimate.basis).toMatch(/speed measured on this machine \(WASM/u);
    expect(children).toHaveLength(1);
    await handlers['run:estimate']({ ...asked, seed: 2 });
    expect(children).toHaveLength(1);
    const { id } = await handlers['run:start'](asked);
    await until(() => run(id).state === 'finished' || run(id).state === 'failed');
    const { points } = await handlers['run:losses']({ id });
    const stages = new Map(points.map(({ member, stage, steps }) => [`${member} ${stage}`, steps]));
    expect(estimate.steps).toBe([...stages.values()].reduce((sum, steps) => sum + steps, 0));
    const whole = ['h5ad', 'csv', 'config'] as const;
    for (const format of whole) {
      const { path, bytes } = await handlers['export:write']({ format, id, ticket: 'a' });
      expect(readFileSync(path)).toHaveLength(bytes);
    }
  });
});

describe('a job process', () => {
  it('ends when the process that started it is killed', async () => {
    const script = `
      const child = require('node:child_process').fork(${JSON.stringify(join(root, 'dist', 'job-worker.js'))}, [], {
        serialization: 'advanced',
      });
      child.on('message', ({ kind }) => kind === 'ready' && console.log(child.pid));
      setInterval(() => undefined, 1000);`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(said.toString());
    const alive = () => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    expect(alive()).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !alive(), 5000);
  });
});
