import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeAnalysis } from '../../../../src-main/engine/analyse/analysis-files.ts';
import { createH5ad } from '../../../../src-main/io/h5ad-writer.ts';
import { shellWord } from '../../../../src-main/service/export/config-file.ts';
import { fileStem } from '../../../../src-main/service/export/export-name.ts';
import { resultHandlers } from '../../../../src-main/service/result-handlers.ts';
import type { Args } from '../../../../src-shared/contract/handlers.ts';
import { fakeSpawn } from '../../../helpers/fake-child.ts';
import { FakeProject, FakeService } from '../../../helpers/fake-service.ts';
import { analysisRecord } from '../../../helpers/project-state.ts';
import { KEPT, nichesFound } from '../analysis/support.ts';
import { readMatrix } from '../../../helpers/matrix.ts';

const id = 'run-1';
const cells = ['c1', 'c,2', 'c3'];
const genes = ['Gad1', 'Sst', 'a "quoted", gene', 'Zero'];
const values = [0.1, 1 / 3, 12_345.678, 0, 2, 0, 1e-7, 0, 3, 4, 5, 0];

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'spagene-exports-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 10 }));

const inputs = { spatial: '/data/moved here/s.h5ad', reference: '/data/r.h5ad' };

async function open(name = 'My first run: v2/3') {
  const project = new FakeProject(join(scratch, 'project'), inputs);
  const service = new FakeService(fakeSpawn().spawn);
  const job = { id, name, notes: '', created: '2026-01-01T00:00:00.000Z', reason: null, finished: null };
  const rest = { seconds: 0, backend: null, warnings: [], stale: false, state: 'finished' as const };
  project.state = {
    ...project.state,
    runs: [
      {
        ...job,
        ...rest,
        kind: 'run',
        preset: 'recommended',
        seed: 1,
        parameters: {},
        early: false,
        result: null,
        trust: null,
        score: null,
      },
    ],
    evaluations: [
      {
        ...job,
        ...rest,
        id: 'evaluation-1',
        kind: 'evaluation',
        preset: 'recommended',
        methods: [],
        folds: 5,
        seeds: [1],
        verdict: [],
      },
    ],
  };
  await service.open(project);
  const run = project.folderOf('runs', id);
  mkdirSync(run, { recursive: true });
  const handlers = resultHandlers(service);
  const write = (format: Args<'export:write'>['format'], more: Partial<Args<'export:write'>> = {}) =>
    handlers['export:write']({ format, id, ticket: 't', ...more });
  return { project, service, handlers, run, write };
}

async function writeResult(folder: string): Promise<string> {
  const path = join(folder, 'imputed.h5ad');
  const writer = await createH5ad(path, { obsNames: cells, varNames: genes, x: { layout: 'dense' } });
  writer.writeX(0, Float32Array.from(values));
  await writer.finish();
  return path;
}

describe('export as h5ad', () => {
  it('copies the result under the name of the run, and never over a file', async () => {
    const { project, run, write } = await open();
    const original = readFileSync(await writeResult(run));
    const exported = [await write('h5ad'), await write('h5ad'), await write('h5ad')];
    expect(exported.map(({ path }) => path)).toEqual(
      ['', '-2', '-3'].map((n) => join(project.folder, 'exports', `My-first-run-v2-3-imputed${n}.h5ad`)),
    );
    for (const { path, bytes } of exported) {
      expect(readFileSync(path).equals(original)).toBe(true);
      expect(bytes).toBe(original.length);
    }
    expect((await readMatrix(exported[2]!.path)).genes).toEqual(genes);
  });

  it('leaves nothing when it is stopped', async () => {
    const { project, service, run, write } = await open();
    await writeResult(run);
    service.cancel.abort();
    await expect(write('csv')).rejects.toThrow();
    expect(readdirSync(join(project.folder, 'exports'))).toEqual([]);
  });

  it('says that there is no result yet, and that a folder is none', async () => {
    const { run, write } = await open();
    await expect(write('h5ad')).rejects.toThrow(/no result yet/u);
    await writeResult(run);
    await expect(write('h5ad', { folder: join(scratch, 'nowhere') })).rejects.toThrow(/no folder/u);
    await expect(write('h5ad', { id: 'evaluation-1' })).rejects.toThrow(/Only a run/u);
    await expect(write('report')).rejects.toThrow(/Only an evaluation/u);
    await expect(write('project', { id: null })).rejects.toThrow(/copy it/u);
  });
});

describe('export as csv', () => {
  it('writes cells by genes with names that any reader takes apart', async () => {
    const { run, write } = await open();
    await writeResult(run);
    const { path, bytes } = await write('csv');
    const text = readFileSync(path, 'utf8');
    expect(text).toBe(
      [
        'cell,Gad1,Sst,"a ""quoted"", gene",Zero',
        'c1,0.1,0.333333,12345.7,0',
        '"c,2",2,0,1e-7,0',
        'c3,3,4,5,0',
        '',
      ].join('\n'),
    );
    expect(bytes).toBe(Buffer.byteLength(text));
  });

  it('writes the chosen genes in their order, and names the one that is not there', async () => {
    const { project, run, write } = await open();
    await writeResult(run);
    const { path } = await write('csv', { genes: ['Zero', 'Sst'] });
    expect(readFileSync(path, 'utf8').split('\n')[1]).toBe('c1,0,0.333333');
    await expect(write('csv', { genes: ['Sst', 'Nope'] })).rejects.toThrow(/no gene Nope/u);
    expect(readdirSync(join(project.folder, 'exports'))).toHaveLength(1);
  });

  it.skipIf(process.platform !== 'linux' || !existsSync('/dev/full'))(
    'says in a sentence when the disk is full, and leaves nothing',
    async () => {
      const { writeCellTable } = await import('../../../../src-main/service/export/cell-table.ts');
      const { run } = await open();
      const from = await writeResult(run);
      const path = join(scratch, 'full.csv');
      const full = new Error('no space left on device') as NodeJS.ErrnoException;
      full.code = 'ENOSPC';
      const fail = () => {
        throw full;
      };
      const writing = writeCellTable(from, path, [], new AbortController().signal, fail);
      await expect(writing).rejects.toThrow(/The disk is full: .*full\.csv was not written/u);
      expect(readdirSync(scratch).filter((name) => name.includes('full.csv'))).toEqual([]);
    },
  );
});

describe('export of the configuration', () => {
  const config = {
    preset: 'paper',
    seed: 3,
    genes: 'all',
    parameters: { 'lambda.identity': 5 },
    inputs: {
      spatial: "/data/Anna's tissue/s.h5ad",
      reference: '/data/r.h5ad',
      section: 'slice',
      counts: true,
    },
  };

  it('writes the file and the command that repeats the run, quoted for a shell', async () => {
    const { project, run, write } = await open('Run 1');
    const [spatial, reference] = [join(scratch, "Anna's tissue.h5ad"), join(scratch, 'r.h5ad')];
    writeFileSync(spatial, '');
    writeFileSync(reference, '');
    const own = { ...config, inputs: { ...config.inputs, spatial, reference } };
    writeFileSync(join(run, 'config.json'), JSON.stringify(own));
    writeFileSync(
      join(run, 'begun.json'),
      JSON.stringify({ backend: { name: 'native', threads: 3 }, files: [] }),
    );
    const { path, command } = await write('config');
    expect(path).toBe(join(project.folder, 'exports', 'Run-1-config.json'));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(own);
    // What the shell makes of it.
    const script = `set -- ${command!.replace('SPAGENE_THREADS=3 ', '')}; for word; do echo "$word"; done`;
    const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trimEnd().split('\n');
    expect(words).toEqual([
      ...['spagene', 'impute', '--spatial', spatial, '--reference', reference],
      ...['--section', 'slice', '--config', path, '--backend', 'native'],
      ...['--out', 'Run-1-config-repeated', '--counts'],
    ]);
    expect(command).toMatch(/^SPAGENE_THREADS=3 spagene impute /u);
  });

  it('names the data where they are now when they have moved', async () => {
    const { run, write } = await open('Run 1');
    writeFileSync(join(run, 'config.json'), JSON.stringify(config));
    const { command } = await write('config');
    expect(command).toContain(`--spatial '${inputs.spatial}'`);
  });
});

describe('the report of an evaluation', () => {
  const header =
    'dataset,method,seed,fold,gene,pcc,spearman,ssim,ssim_li2022,rmse,mae,moran_measured,moran_imputed';
  const rows = [
    'tissue,ridge,1,0,Gad1,0.5,0.4,0.3,0.2,1,0.5,0.6,0.7',
    'tissue,ridge,2,1,Gad1,0.7,0.6,0.5,0.2,3,0.5,,0.9',
    '"a, b",knn,1,0,Gad1,NaN,0.1,0.1,0.2,1,0.5,,',
  ];

  it('averages seeds, and says null where there is nothing', async () => {
    const { project, handlers } = await open();
    const folder = project.folderOf('evaluations', 'evaluation-1');
    mkdirSync(folder, { recursive: true });
    await expect(handlers['evaluation:report']({ id: 'evaluation-1' })).rejects.toThrow(/no report yet/u);
    writeFileSync(join(folder, 'report.json'), '{"verdict":["x"]}');
    writeFileSync(join(folder, 'per_gene.csv'), `${[header, ...rows].join('\n')}\n`);
    const { report, scores } = await handlers['evaluation:report']({ id: 'evaluation-1' });
    expect(report).toEqual({ verdict: ['x'] });
    const near = (value: number) => expect.closeTo(value, 12) as number;
    expect(scores).toEqual([
      {
        ...{ gene: 'Gad1', method: 'ridge', fold: 0, pcc: near(0.6), spearman: near(0.5), ssim: near(0.4) },
        ...{ rmse: 2, moranMeasured: 0.6, moranImputed: near(0.8) },
      },
      {
        ...{ gene: 'Gad1', method: 'knn', fold: 0, pcc: null, spearman: 0.1, ssim: 0.1 },
        ...{ rmse: 1, moranMeasured: null, moranImputed: null },
      },
    ]);
  });

  it('is exported as a folder with its tables and figures', async () => {
    const { project, write } = await open('Run 1');
    const folder = project.folderOf('evaluations', 'evaluation-1');
    mkdirSync(join(folder, 'figures'), { recursive: true });
    mkdirSync(join(folder, 'jobs'), { recursive: true });
    for (const name of ['report.html', 'per_gene.csv', 'summary.csv', 'report.json', 'figures/a.svg'])
      writeFileSync(join(folder, name), '12345');
    const { path, bytes } = await write('report', { id: 'evaluation-1' });
    expect(readdirSync(path).sort()).toEqual(['figures', 'per_gene.csv', 'report.html', 'summary.csv']);
    expect(bytes).toBe(20);
    expect((await write('report', { id: 'evaluation-1' })).path).toBe(`${path}-2`);
  });
});

describe('an analysis', () => {
  it('is exported as a folder of its columns, tables and report', async () => {
    const { project, write } = await open();
    project.state = { ...project.state, analyses: [analysisRecord({ name: 'Niches: 2' })] };
    const asked = { id: 'analysis-1' };
    await expect(write('analysis', asked)).rejects.toThrow(/found nothing yet/u);
    const folder = project.folderOf('analyses', 'analysis-1');
    await writeAnalysis(folder, KEPT, nichesFound());
    for (const name of ['request.json', 'log.ndjson']) writeFileSync(join(folder, name), '{}');
    const { path, bytes } = await write('analysis', asked);
    expect(path).toBe(join(project.folder, 'exports', 'Niches-2-analysis'));
    const files = ['analysis.h5ad', 'niche_composition.csv', 'niches.csv', 'report.json'];
    expect(readdirSync(path).sort()).toEqual(files);
    const sizes = files.map((name) => readFileSync(join(folder, name)).length);
    expect(bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
    expect((await write('analysis', asked)).path).toBe(`${path}-2`);
    await expect(write('analysis')).rejects.toThrow(/Only an analysis/u);
    await expect(write('h5ad', asked)).rejects.toThrow(/Only a run/u);
  });
});

describe('names', () => {
  it.each([
    ['Run 1', 'Run-1'],
    ['../../etc/passwd', 'etc-passwd'],
    ['Größe ≥ 5 µm', 'Größe-5-µm'],
    ['???', 'run'],
    ['.hidden', 'hidden'],
  ])('makes a file name of %s', (name, stem) => {
    expect(fileStem(name)).toBe(stem);
  });

  it.each(['plain/path.h5ad', "it's", '$(rm -rf)', '-flag', 'a b', '', 'ü'])(
    'quotes %s for a shell',
    (word) => {
      const script = `printf %s ${shellWord(word)}`;
      const said = execFileSync('sh', ['-c', script.replace('printf %s', 'printf %s --')], {
        encoding: 'utf8',
      });
      expect(said).toBe(`--${word}`);
    },
  );
});
