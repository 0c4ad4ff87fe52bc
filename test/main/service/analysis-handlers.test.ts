import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAnalysis, writeAnalysis } from '../../../src-main/engine/analyse/analysis-files.ts';
import { OpenAnalyses } from '../../../src-main/service/analysis/open-analyses.ts';
import { analysisHandlers } from '../../../src-main/service/analysis-handlers.ts';
import { jobHandlers } from '../../../src-main/service/job-handlers.ts';
import { jobDesk } from '../../../src-main/service/jobs/job-desk.ts';
import { mapHandlers } from '../../../src-main/service/map-handlers.ts';
import { OpenMap } from '../../../src-main/service/map/open-map.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { calls, type Args } from '../../../src-shared/contract/handlers.ts';
import { analysisDefaults } from '../../../src-shared/domain/analysis.ts';
import type { AnalysisRecord, JobState } from '../../../src-shared/domain/project.ts';
import { fakeSpawn } from '../../helpers/fake-child.ts';
import { FakeService, until, type FakeProject } from '../../helpers/fake-service.ts';
import { analysisRecord, runRecord } from '../../helpers/project-state.ts';
import { analysedProject, CELLS, KEPT, nichesFound } from './analysis/support.ts';

let scratch: string;
let service: FakeService;
let played: ReturnType<typeof fakeSpawn>['children'];
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'spagene-analyses-'));
});
afterEach(async () => {
  // A process that waits to be stopped would be waited for.
  for (const child of played) if (!child.killed) child.exit('code 0');
  await service.close();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 10 });
});

async function open(analyses: readonly AnalysisRecord[] = [], given?: FakeProject) {
  const { spawn, children } = fakeSpawn();
  service = new FakeService(spawn);
  played = children;
  const desk = jobDesk(service);
  const map = new OpenMap(service);
  const opened = new OpenAnalyses(service, map);
  const handlers = {
    ...jobHandlers(service, desk),
    ...mapHandlers(service, {}, map, opened),
    ...analysisHandlers(service, desk, opened),
  };
  const project = given ?? (await analysedProject(join(scratch, 'project'), analyses));
  await service.open(project);
  const job = (id: string) => project.state.analyses.find((one) => one.id === id)!;
  const started = (count: number) =>
    until(() => children.length === count && children.at(-1)!.kinds.includes('run'), 20_000);
  return { handlers, project, children, job, started };
}

const niches = (labels: object = { column: 'cell_type' }): Args<'analysis:start'> =>
  calls['analysis:start'].args.parse({
    run: 'run-1',
    parameters: { kind: 'niches', labels, ...analysisDefaults.niches },
  });
const around = { labels: { column: 'cell_type' }, types: ['T'], graph: { kind: 'nearest', k: 5 } } as const;
const genes = calls['analysis:start'].args.parse({
  run: 'run-1',
  parameters: { kind: 'genes', neighbourhood: around, ...analysisDefaults.genes },
});
const pathways = (changes: Record<string, unknown> = {}): Args<'analysis:start'> =>
  calls['analysis:start'].args.parse({
    run: 'run-1',
    parameters: { kind: 'pathways', genes: 'analysis-1', ...analysisDefaults.pathways, ...changes },
  });

/** What an analysis that ends well leaves and says. */
async function finish(project: FakeProject, id: string, child: ReturnType<typeof fakeSpawn>['children'][0]) {
  const warning = { code: 'w', message: 'Look twice.' };
  const extras = { version: '1.2.3', warnings: [warning] };
  await writeAnalysis(project.folderOf('analyses', id), KEPT, nichesFound(), extras);
  child.say({ kind: 'event', event: { kind: 'warning', warning } });
  child.say({ kind: 'done', failed: 0 });
}

describe('an analysis as a job', () => {
  it('waits, runs with folders in place of ids, and tells what it found', async () => {
    const { handlers, project, children, job, started } = await open([analysisRecord()]);
    const { id } = await handlers['analysis:start'](niches({ analysis: 'analysis-1' }));
    await started(1);
    expect(job(id)).toMatchObject({ kind: 'analysis', name: 'Niches 2', run: 'run-1', state: 'running' });
    expect(children[0]!.sent[0]).toMatchObject({
      kind: 'run',
      task: {
        kind: 'analyse',
        request: {
          run: project.folderOf('runs', 'run-1'),
          out: project.folderOf('analyses', id),
          parameters: { kind: 'niches', labels: { analysis: project.folderOf('analyses', 'analysis-1') } },
        },
      },
    });
    await finish(project, id, children[0]!);
    await until(() => job(id).state === 'finished');
    expect(job(id)).toMatchObject({
      basis: 'positions',
      summary: nichesFound().summary,
      warnings: [{ code: 'w', message: 'Look twice.' }],
      parameters: { labels: { analysis: 'analysis-1' } },
    });
    expect(calls['project:open'].result.safeParse(project.state).success).toBe(true);
  });

  it('tells its stages, and its share of the whole', async () => {
    const { handlers, children, started } = await open();
    await handlers['analysis:start'](niches());
    await started(1);
    const told = () =>
      service.events.findLast(({ name }) => name === 'job:progress')?.payload as
        { stage: string; share: number } | undefined;
    children[0]!.say({ kind: 'event', event: { kind: 'stage', name: 'analysing', detail: 'niches' } });
    children[0]!.say({ kind: 'event', event: { kind: 'share', share: 0.5 } });
    await until(() => (told()?.share ?? 0) > 0.3, 5000);
    expect(told()!.stage).toBe('Analysing · niches');
    expect(told()!.share).toBeLessThan(0.7);
  });

  it('stops when it is paused, and starts again from the beginning', async () => {
    const { handlers, children, job, started } = await open();
    const { id } = await handlers['analysis:start'](niches());
    await started(1);
    const pausing = handlers['job:pause']({ id });
    await until(() => children[0]!.kinds.includes('stop'), 5000);
    children[0]!.say({ kind: 'error', error: 'stopped', message: 'Stopped.' });
    await pausing;
    expect(job(id)).toMatchObject({
      state: 'paused',
      reason: 'Stopped; resume starts it again from the beginning.',
    });
    await handlers['job:resume']({ id });
    await started(2);
    children[1]!.exit('SIGKILL');
    await until(() => job(id).state === 'paused', 5000);
    expect(job(id).reason).toMatch(/memory; resume starts it again\./u);
    await handlers['job:cancel']({ id });
    expect(existsSync(join(scratch, 'project', 'trash', id))).toBe(true);
  });

  it('has failed when it says that it is done and left nothing', async () => {
    const { handlers, children, job, started } = await open();
    const { id } = await handlers['analysis:start'](niches());
    await started(1);
    children[0]!.say({ kind: 'done', failed: 0 });
    await until(() => job(id).state === 'failed', 5000);
    expect(job(id).reason).toMatch(/no report yet/u);
  });

  it('fails with a sentence when what it needs was removed while it waited', async () => {
    const { handlers, project, children, job, started } = await open([analysisRecord()]);
    const first = await handlers['analysis:start'](niches());
    const ofRun = await handlers['analysis:start'](niches());
    await started(1);
    const stays = project.state.runs;
    project.state = { ...project.state, runs: [] };
    await finish(project, first.id, children[0]!);
    await until(() => job(ofRun.id).state === 'failed', 5000);
    expect(job(ofRun.id).reason).toMatch(/The run whose result is to be analysed is not in this project/u);
    project.state = { ...project.state, runs: stays };
    await handlers['job:resume']({ id: ofRun.id });
    await started(2);
  });

  it('keeps what it reads from being removed while it runs', async () => {
    const { handlers, started } = await open([analysisRecord()]);
    await handlers['analysis:start'](niches({ analysis: 'analysis-1' }));
    await started(1);
    await expect(handlers['job:cancel']({ id: 'run-1' })).rejects.toThrow(/"Niches 2" is reading it/u);
    await expect(handlers['job:cancel']({ id: 'analysis-1' })).rejects.toThrow(/"Niches 2" is reading it/u);
  });

  it('goes on to the queue of the next session as one that starts again', async () => {
    const { handlers, project, children, started } = await open();
    const { id } = await handlers['analysis:start'](niches());
    await started(1);
    const left = project.state;
    const closing = service.close();
    children[0]!.say({ kind: 'error', error: 'stopped', message: 'Stopped.' });
    await closing;
    expect(project.state.analyses[0]!.reason).toMatch(/closed; resume starts it again from the beginning/u);
    project.state = left;
    const { job } = await open([], project);
    expect(job(id)).toMatchObject({
      state: 'paused',
      reason: expect.stringMatching(/starts it again/u) as string,
    });
  });
});

describe('analysis:start refuses', () => {
  const states: [JobState, RegExp][] = [
    ['queued', /"Niches 1", whose labels this one uses, still waits/u],
    ['running', /is still running/u],
    ['paused', /is paused; resume it first/u],
    ['failed', /has failed; try it again/u],
  ];
  it.each(states)('labels of an analysis that is %s', async (state, sentence) => {
    const { handlers, project } = await open();
    project.state = { ...project.state, analyses: [analysisRecord({ state })] };
    const asked = niches({ analysis: 'analysis-1' });
    await expect(handlers['analysis:start'](asked)).rejects.toThrow(sentence);
    expect(project.state.analyses).toHaveLength(1);
  });

  const wrong: [string, Args<'analysis:start'>, RegExp][] = [
    ['a run that is not there', { ...niches(), run: 'run-9' }, /is not in this project/u],
    ['a run without a result', { ...niches(), run: 'run-2' }, /"Second run" has no result yet/u],
    [
      'a column that there is not',
      niches({ column: 'kind' }),
      /no column "kind".*there is cell_type, slice/u,
    ],
    ['a column of measurements', niches({ column: 'area' }), /no column "area"/u],
    [
      'labels of an analysis that is gone',
      niches({ analysis: 'analysis-9' }),
      /whose labels this one uses is not/u,
    ],
    ['genes of an analysis of something else', pathways(), /"Niches 1" is no analysis of the genes/u],
  ];
  it.each(wrong)('%s', async (_, asked, sentence) => {
    const { handlers, project } = await open([analysisRecord()]);
    await expect(handlers['analysis:start'](asked)).rejects.toThrow(sentence);
    expect(project.state.analyses).toHaveLength(1);
  });

  it('labels of another run, and of an analysis that gives none', async () => {
    const { handlers, project } = await open([analysisRecord()]);
    project.state = {
      ...project.state,
      runs: [
        ...project.state.runs,
        runRecord({ id: 'run-3', name: 'Third', result: { cells: 4, genes: 2 } }),
      ],
      analyses: [
        analysisRecord(),
        analysisRecord({
          id: 'analysis-2',
          name: 'Moran',
          parameters: { kind: 'moran', graph: { kind: 'nearest', k: 6 } },
        }),
      ],
    };
    const asked = niches({ analysis: 'analysis-1' });
    await expect(handlers['analysis:start']({ ...asked, run: 'run-3' })).rejects.toThrow(
      /is of another run; repeat it on "Third"/u,
    );
    await expect(handlers['analysis:start'](niches({ analysis: 'analysis-2' }))).rejects.toThrow(
      /"Moran" gives no labels/u,
    );
  });

  it('what needs positions where the dataset has none, and not what needs none', async () => {
    const { handlers, project } = await open();
    project.state = { ...project.state, spatial: { ...project.state.spatial!, unit: null } };
    await expect(handlers['analysis:start'](genes)).rejects.toThrow(/"tissue" has no cell positions/u);
    const parameters = { kind: 'cell-types', ...analysisDefaults['cell-types'] } as const;
    await handlers['analysis:start']({ run: 'run-1', parameters });
  });

  it('gene sets that the user never picked, or that are gone', async () => {
    const { handlers, project } = await open([analysisRecord({ parameters: genes.parameters })]);
    const file = join(scratch, 'sets.gmt');
    const asked = pathways({ files: [file] });
    await expect(handlers['analysis:start'](asked)).rejects.toThrow(/sets\.gmt are not there/u);
    writeFileSync(file, 'A\t\tGad1\n');
    service.access.check = () => {
      throw new UserError('not chosen');
    };
    await expect(handlers['analysis:start'](asked)).rejects.toThrow('not chosen');
    expect(project.state.analyses).toHaveLength(1);
  });
});

describe('what an analysis found', () => {
  it('has an entry for every cell of the dataset, and none where the run left the cell out', async () => {
    const { handlers } = await open([analysisRecord()]);
    const { result } = calls['analysis:result'].result.parse(
      await handlers['analysis:result']({ id: 'analysis-1' }),
    );
    const [niche, depth] = result.vectors;
    expect(niche).toMatchObject({
      names: ['Tumour', 'Stroma'],
      codes: Uint16Array.of(0, 65_535, 1, 0, 65_535, 65_535),
    });
    expect(depth).toMatchObject({ values: Float32Array.of(1.5, NaN, NaN, 3, NaN, 4) });
    expect(result.embeddings[0]!.values).toEqual(Float32Array.of(1, 2, NaN, NaN, 3, 4, 5, 6, NaN, NaN, 7, 8));
    expect(result.tables).toEqual(nichesFound().tables);
  });

  it('is refused where it is of other cells than the dataset, also of as many', async () => {
    const { handlers, project } = await open([analysisRecord()]);
    const others = CELLS.map((name) => `x${name}`);
    const found = nichesFound({ embeddings: [], vectors: [] });
    await writeAnalysis(project.folderOf('analyses', 'analysis-1'), others, found);
    await expect(handlers['analysis:result']({ id: 'analysis-1' })).rejects.toThrow(
      /other cells than the spatial data/u,
    );
    await expect(handlers['analysis:result']({ id: 'analysis-2' })).rejects.toThrow(
      /no analysis analysis-2/u,
    );
  });

  it('is shown on the map as columns under the name of the analysis', async () => {
    const { handlers, project } = await open([
      analysisRecord(),
      analysisRecord({ id: 'analysis-2', state: 'running', finished: null }),
    ]);
    const { columns } = calls['map:cells'].result.parse(await handlers['map:cells']({}));
    const listed = [
      { name: 'analysis:analysis-1/niche', title: 'Niches 1 · Niche', kind: 'category', distinct: 2 },
      { name: 'analysis:analysis-1/depth', title: 'Niches 1 · Depth', kind: 'number', distinct: 4 },
    ];
    expect(columns).toEqual(listed);
    expect(await handlers['map:column']({ name: 'analysis:analysis-1/depth' })).toEqual({
      kind: 'number',
      values: Float32Array.of(1.5, NaN, NaN, 3, NaN, 4),
    });
    for (const name of [
      'analysis:analysis-1/none',
      'analysis:analysis-9/niche',
      'analysis:analysis-1',
      'analysis:',
    ])
      await expect(handlers['map:column']({ name })).rejects.toBeInstanceOf(UserError);
    // The same from what was kept of it, and without what is damaged.
    expect((await handlers['map:cells']({})).columns).toEqual(listed);
    writeFileSync(join(project.folderOf('analyses', 'analysis-1'), 'analysis.bin'), 'torn');
    expect((await handlers['map:cells']({})).columns).toEqual([]);
  });

  it('serves as labels beside the columns of the run, with cells of each', async () => {
    const { handlers, project } = await open([
      analysisRecord(),
      analysisRecord({ id: 'analysis-2', run: 'run-2' }),
    ]);
    const labels = calls['analysis:labels'].result.parse(await handlers['analysis:labels']({ run: 'run-1' }));
    expect(labels).toEqual([
      {
        source: { column: 'cell_type' },
        title: 'cell_type',
        types: [
          { name: 'T', cells: 2 },
          { name: 'B', cells: 1 },
        ],
      },
      {
        source: { column: 'slice' },
        title: 'slice',
        types: [
          { name: '7', cells: 2 },
          { name: '9', cells: 2 },
        ],
      },
      {
        source: { analysis: 'analysis-1' },
        title: 'Niches 1 · Niche',
        types: [
          { name: 'Tumour', cells: 2 },
          { name: 'Stroma', cells: 1 },
        ],
      },
    ]);
    await expect(handlers['analysis:labels']({ run: 'run-2' })).rejects.toThrow(/no result yet/u);
    rmSync(join(project.folderOf('runs', 'run-1'), 'imputed.h5ad'));
    await expect(handlers['analysis:labels']({ run: 'run-1' })).rejects.toThrow(/is not there/u);
  });
});

describe('analysis:rename', () => {
  it('gives the categories other names in everything written of them', async () => {
    const { handlers, project, job } = await open([analysisRecord()]);
    const folder = project.folderOf('analyses', 'analysis-1');
    await handlers['map:cells']({});
    await handlers['analysis:result']({ id: 'analysis-1' });
    await handlers['analysis:rename']({ id: 'analysis-1', vector: 'niche', names: ['Core', 'Rim'] });
    const { result } = await readAnalysis(folder);
    expect(result.vectors[0]).toMatchObject({ names: ['Core', 'Rim'] });
    expect(readFileSync(join(folder, 'niches.csv'), 'utf8')).toMatch(/^Core,Tumour,2$/mu);
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as object;
    const summary = '2 niches of 3 cells, the largest being Core (67 %).';
    expect(report).toMatchObject({ version: '1.2.3', warnings: [], summary });
    expect(job('analysis-1').summary).toBe(summary);
    const shown = await handlers['analysis:result']({ id: 'analysis-1' });
    expect(shown.result.vectors[0]).toMatchObject({ names: ['Core', 'Rim'] });
    expect((await handlers['analysis:labels']({ run: 'run-1' })).at(-1)!.types).toEqual([
      { name: 'Core', cells: 2 },
      { name: 'Rim', cells: 1 },
    ]);
  });

  it('changes nothing when the project can only be looked at, or the analysis is not finished', async () => {
    const { handlers, project } = await open([analysisRecord()]);
    const folder = project.folderOf('analyses', 'analysis-1');
    const before = readFileSync(join(folder, 'analysis.bin'));
    const asked = { id: 'analysis-1', vector: 'niche', names: ['Core', 'Rim'] };
    project.state = { ...project.state, readOnly: 'Open in another window.' };
    await expect(handlers['analysis:rename'](asked)).rejects.toThrow('Open in another window.');
    project.state = { ...project.state, readOnly: null, analyses: [analysisRecord({ state: 'running' })] };
    await expect(handlers['analysis:rename'](asked)).rejects.toThrow(/found nothing yet/u);
    expect(readFileSync(join(folder, 'analysis.bin')).equals(before)).toBe(true);
  });
});
