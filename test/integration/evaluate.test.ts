import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTensors } from '../../src-main/io/safetensors.ts';
import { readMatrix } from '../helpers/matrix.ts';
import { spagene, start } from '../helpers/spagene.ts';

const scratch = mkdtempSync(join(tmpdir(), 'spagene-evaluate-'));
const tissue = join(scratch, 'tissue');
const at = (name: string) => join(scratch, name);
const inputs = ['--spatial', join(tissue, 'spatial.h5ad'), '--reference', join(tissue, 'reference.h5ad')];
const small = [
  'train.maxStepsStage1=30',
  'train.maxStepsStage2=20',
  'ensemble.members=2',
  'network.encoder=32',
  'network.latentSt=8',
  'network.latentSc=8',
  'network.translatorStSc=16',
  'network.translatorScSt=16',
];
const quick = [...small.flatMap((set) => ['--set', set]), '--backend', 'wasm'];
const evaluate = (...args: string[]) => spagene('evaluate', ...args);

const text = (path: string) => readFileSync(path, 'utf8');
const json = (path: string) => JSON.parse(text(path)) as Record<string, unknown>;
const table = (path: string) => {
  const [head, ...rows] = text(path).trimEnd().split('\n');
  const names = head!.split(',');
  return rows.map((row) => Object.fromEntries(row.split(',').map((value, i) => [names[i]!, value])));
};
/** Scores are rounded nowhere, so equal tables are equal text. */
const scores = (folder: string) => text(join(folder, 'per_gene.csv'));

beforeAll(async () => {
  const sizes = ['--cells', '400', '--genes', '160', '--reference-cells', '300', '--panel-genes', '40'];
  expect((await spagene('simulate', '--out', tissue, ...sizes, '--no-truth')).code).toBe(0);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('spagene evaluate', () => {
  const whole = at('whole');
  const methods = ['--methods', 'spagene,spagene-network,ridge,best-gene'];

  it('goes from two files to tables and a page that stands alone', async () => {
    const { code, err } = await evaluate(...inputs, '--out', whole, ...methods, ...quick, '--jobs', '2');
    expect(err).toContain('done');
    expect(code).toBe(0);
    const rows = table(join(whole, 'per_gene.csv'));
    expect(Object.keys(rows[0]!)).toEqual(
      'dataset,method,seed,fold,gene,pcc,spearman,ssim,ssim_li2022,rmse,mae,moran_measured,moran_imputed'.split(
        ',',
      ),
    );
    // Every panel gene once a method, in the fold that its place among the sorted names says.
    const names = [...new Set(rows.map(({ gene }) => gene!))].sort((a, b) =>
      a.toUpperCase() < b.toUpperCase() ? -1 : 1,
    );
    expect(names).toHaveLength(40);
    expect(rows).toHaveLength(4 * 40);
    for (const { gene, fold } of rows) expect(Number(fold)).toBe(names.indexOf(gene!) % 5);
    for (const { pcc, rmse, moran_measured: moran } of rows) {
      expect(Number(rmse)).toBeCloseTo(Math.sqrt(2 * (1 - Number(pcc))), 9);
      expect(Math.abs(Number(moran))).toBeLessThan(1);
    }
    const report = json(join(whole, 'report.json'));
    expect(report).toMatchObject({
      format: 'spagene-evaluation',
      folds: 5,
      foldsRun: [0, 1, 2, 3, 4],
      seeds: [1],
    });
    expect((report['expected'] as { genes: number }).genes).toBe(40);
    const page = text(join(whole, 'report.html'));
    expect(page).toContain('<svg');
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//u);
    expect(statSync(join(whole, 'report.html')).size).toBeLessThan(5e6);
    const figures = readdirSync(join(whole, 'figures'));
    expect(figures.filter((name) => name.endsWith('.svg')).length).toBe(
      figures.filter((name) => name.endsWith('.png')).length,
    );
    // Networks are kept only while they may be needed again.
    expect(
      readdirSync(join(whole, 'jobs/seed-1/fold-0')).filter((name) => name.startsWith('training')),
    ).toEqual([]);
    expect(readdirSync(join(whole, 'jobs/seed-1')).sort()).toEqual([0, 1, 2, 3, 4].map((f) => `fold-${f}`));
  });

  it('imputes what impute gives when the fold’s genes are not in the file', async () => {
    const folder = join(whole, 'jobs/seed-1/fold-3');
    const drawn = await readTensors(join(folder, 'cells.safetensors'));
    const hidden = JSON.parse(drawn.metadata['genes']!) as string[];
    const { cells, genes, values, rows, columns } = await readMatrix(join(tissue, 'spatial.h5ad'));
    const kept = Array.from(genes.keys()).filter((g) => !hidden.includes(genes[g]!));
    const csv = [['cell', ...kept.map((g) => genes[g]!)].join(',')];
    for (let r = 0; r < rows; r++)
      csv.push([cells[r]!, ...kept.map((g) => values[r * columns + g]!)].join(','));
    writeFileSync(at('without.csv'), csv.join('\n'));
    const reference = ['--reference', join(tissue, 'reference.h5ad'), '--genes', hidden.join(',')];
    const out = at('without');
    const run = await spagene('impute', '--spatial', at('without.csv'), ...reference, '--out', out, ...quick);
    expect(run.code).toBe(0);
    const imputed = await readMatrix(join(out, 'imputed.h5ad'));
    const { data } = (await readTensors(join(folder, 'spagene.safetensors'))).tensors.get('imputed')!;
    const fileRows = drawn.tensors.get('rows')!.data;
    expect(hidden).toHaveLength(8);
    expect(fileRows.length).toBeGreaterThan(390);
    for (const [g, gene] of hidden.entries()) {
      const j = imputed.genes.indexOf(gene);
      for (const [i, row] of fileRows.entries()) {
        const at_ = imputed.cells.indexOf(cells[row]!) * imputed.columns + j;
        expect(data[g * fileRows.length + i]).toBeCloseTo(imputed.values[at_]!, 5);
      }
    }
  });

  it('goes on after Ctrl-C without repeating a finished job, and ends with the same table', async () => {
    const out = at('stopped');
    const { child, finished } = start([
      'evaluate',
      ...inputs,
      '--out',
      out,
      ...methods,
      ...quick,
      '--jobs',
      '1',
    ]);
    const jobs = () =>
      existsSync(join(out, 'jobs')) ? readdirSync(join(out, 'jobs'), { recursive: true }) : [];
    const done = () =>
      jobs()
        .filter((name) => String(name).endsWith('.json'))
        .map(String)
        .sort();
    while (done().length < 6 && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill('SIGINT');
    expect((await finished).code).toBe(3);
    const before = new Map(done().map((name) => [name, statSync(join(out, 'jobs', name)).mtimeMs]));
    expect(before.size).toBeGreaterThanOrEqual(6);
    expect(before.size).toBeLessThan(20);
    expect(existsSync(join(out, 'report.json'))).toBe(false);
    const resumed = await evaluate('--out', out, '--resume', '--jobs', '1');
    expect(resumed.code).toBe(0);
    for (const [name, time] of before) expect(statSync(join(out, 'jobs', name)).mtimeMs).toBe(time);
    expect(scores(out)).toBe(scores(whole));
  });

  it('goes on after kill -9 of everything in the middle', async () => {
    const out = at('killed');
    const { child, finished } = start([
      'evaluate',
      ...inputs,
      '--out',
      out,
      ...methods,
      ...quick,
      '--jobs',
      '2',
    ]);
    while (!existsSync(join(out, 'jobs/seed-1/fold-0/ridge.json')) && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill('SIGKILL');
    await finished;
    // The workers end by themselves when the parent is gone.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const { code } = await evaluate('--out', out, '--resume');
    expect(code).toBe(0);
    expect(scores(out)).toBe(scores(whole));
  });

  it.skipIf(process.platform === 'win32')('loses only what a killed process was computing', async () => {
    const out = at('crashed');
    const run = start(['evaluate', ...inputs, '--out', out, ...methods, ...quick, '--jobs', '2']);
    // One process has just begun to train, which takes it seconds.
    const sign = join(out, 'jobs/seed-1/fold-0/training-spagene');
    while (!existsSync(sign) && run.child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const listed = spawnSync('pgrep', ['-P', String(run.child.pid)], { encoding: 'utf8' }).stdout;
    for (const worker of listed.split('\n').filter(Boolean)) process.kill(Number(worker), 'SIGKILL');
    const { code, err } = await run.finished;
    expect([code, err]).toEqual([1, expect.stringContaining('The process that computed it ended (SIGKILL)')]);
    const report = json(join(out, 'report.json'));
    expect((report['warnings'] as string[]).join('\n')).toMatch(/failed on fold/);
    const finished = readdirSync(join(out, 'jobs'), { recursive: true }).map(String);
    // At most the two methods on the networks and the two floors of each process are lost.
    expect(finished.filter((name) => name.endsWith('.json')).length).toBeGreaterThanOrEqual(16);
    expect((await evaluate('--out', out, '--resume')).code).toBe(0);
    expect(scores(out)).toBe(scores(whole));
  });

  it('gathers folds that were run apart', async () => {
    const [a, b, both] = [at('part-a'), at('part-b'), at('both')];
    const cheap = ['--methods', 'ridge,best-gene', '--backend', 'wasm'];
    expect(
      (
        await evaluate(
          ...inputs,
          '--out',
          a,
          ...cheap,
          ...small.flatMap((s) => ['--set', s]),
          '--fold',
          '0,3',
        )
      ).code,
    ).toBe(0);
    expect(
      (
        await evaluate(
          ...inputs,
          '--out',
          b,
          ...cheap,
          ...small.flatMap((s) => ['--set', s]),
          '--fold',
          '1,2,4',
        )
      ).code,
    ).toBe(0);
    const { code } = await evaluate('--gather', a, b, '--out', both, '--name', 'x');
    expect(code).toBe(0);
    const rows = (folder: string) =>
      scores(folder)
        .split('\n')
        .filter((row) => /,(?:ridge|best-gene),/u.test(row))
        .map((row) => row.slice(row.indexOf(',')))
        .sort();
    expect(rows(both)).toEqual(rows(whole));
    expect(table(join(both, 'per_gene.csv'))[0]!['dataset']).toBe('x');
    // Folds of other data do not belong in one table.
    cpSync(a, at('other'), { recursive: true });
    const settings = json(join(at('other'), 'evaluation.json'));
    writeFileSync(join(at('other'), 'evaluation.json'), JSON.stringify({ ...settings, folds: 4 }));
    const refused = await evaluate('--gather', a, at('other'), '--out', at('nowhere'));
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('number of folds differ');
  });

  it('adds methods and seeds to a finished evaluation', async () => {
    const more = at('more');
    cpSync(whole, more, { recursive: true });
    const { code, err } = await evaluate('--out', more, '--resume', '--methods', 'knn', '--seeds', '1,5');
    expect(code).toBe(0);
    const rows = table(join(more, 'per_gene.csv'));
    expect(err).not.toContain('!');
    expect([...new Set(rows.map(({ seed }) => seed))]).toEqual(['1', '5']);
    expect(rows.filter(({ method, seed }) => method === 'knn' && seed === '5')).toHaveLength(40);
    expect(rows).toHaveLength(5 * 2 * 40);
  });

  it('writes the same report for the same jobs', async () => {
    const again = at('again');
    cpSync(whole, again, { recursive: true });
    expect((await evaluate('--out', again, '--resume')).code).toBe(0);
    expect(text(join(again, 'report.html'))).toBe(text(join(whole, 'report.html')));
    expect(text(join(again, 'summary.csv'))).toBe(text(join(whole, 'summary.csv')));
  });

  it.each([
    [['--methods', 'spaage'], 2, /no method "spaage"; the methods are spagene,/],
    [['--fold', '5'], 2, /no fold 5: with --folds 5 they are numbered 0 to 4/],
    [['--folds', '1'], 2, /--folds needs a whole number from 2/],
    [['--folds', '2', '--random-folds', '--set', 'x=1'], 2, /no hyperparameter "x"/],
    [['--seeds', '0'], 2, /--seeds needs a whole number from 1/],
  ])('refuses %j', async (flags, exit, message) => {
    const { code, err } = await evaluate(...inputs, '--out', at('refused'), ...flags);
    expect(code).toBe(exit);
    expect(err).toMatch(message);
    expect(existsSync(at('refused'))).toBe(false);
  });

  it('says what is in the way of a new evaluation or a resumed one', async () => {
    const taken = await evaluate(...inputs, '--out', whole);
    expect([taken.code, taken.err]).toEqual([
      1,
      expect.stringContaining('already holds an evaluation; add --resume'),
    ]);
    const nothing = await evaluate('--out', at('void'), '--resume');
    expect([nothing.code, nothing.err]).toEqual([1, expect.stringContaining('holds no evaluation')]);
    const changed = await evaluate('--out', whole, '--resume', '--set', 'lambda.cycle=1');
    expect([changed.code, changed.err]).toEqual([2, expect.stringContaining('the hyperparameters differ')]);
    const otherwise = await evaluate('--out', whole, '--resume', '--folds', '4');
    expect([otherwise.code, otherwise.err]).toEqual([2, expect.stringContaining('number of folds differ')]);
    const labels = await evaluate(...inputs, '--out', at('labels'), '--reference-labels', 'nope');
    expect([labels.code, labels.err]).toEqual([1, expect.stringContaining('there is no such file, and')]);
    expect(labels.err).toContain('cell_type');
    const late = await evaluate(...inputs, '--out', at('late'), '--methods', 'ridge', '--gather', at('void'));
    expect([late.code, existsSync(join(at('late'), 'jobs'))]).toEqual([1, false]);
    const half = await evaluate('--gather', whole, '--spatial', inputs[1]!, '--out', at('joined'));
    expect([half.code, half.err]).toEqual([2, expect.stringContaining('needs --reference')]);
    const empty = await evaluate('--gather', at('void'), '--out', at('joined'));
    expect([empty.code, empty.err]).toEqual([1, expect.stringContaining('holds no evaluation')]);
  });

  it('names a damaged job and repeats it when it is gone', async () => {
    const broken = at('broken');
    cpSync(whole, broken, { recursive: true });
    const job = join(broken, 'jobs/seed-1/fold-2/ridge.json');
    writeFileSync(job, text(job).slice(0, 100));
    const { code, err } = await evaluate('--out', broken, '--resume');
    expect([code, err]).toEqual([1, expect.stringContaining(`${job} is damaged; delete it`)]);
    rmSync(job);
    rmSync(join(broken, 'jobs/seed-1/fold-4/best-gene.safetensors'));
    expect((await evaluate('--out', broken, '--resume')).code).toBe(0);
    expect(scores(broken)).toBe(scores(whole));
    expect(existsSync(join(broken, 'jobs/seed-1/fold-4/best-gene.safetensors'))).toBe(true);
  });
});

describe('spagene tune', () => {
  const fold = ['--folds', '4', '--fold', '1'];
  const search = [...inputs, ...fold, '--trials', '3', ...quick];

  it('writes a config that impute takes and that remembers what it has seen', async () => {
    const out = at('tuned');
    const { code, err } = await spagene('tune', ...search, '--out', out);
    expect(code).toBe(0);
    expect(err).toContain('config.json holds');
    const trials = table(join(out, 'trials.csv'));
    expect(trials).toHaveLength(3);
    expect(trials.filter(({ splits }) => splits === '4').length).toBeGreaterThanOrEqual(2);
    const config = json(join(out, 'config.json'));
    const seen = config['seenGenes'] as string[];
    expect(seen).toHaveLength(30);
    const run = [
      '--config',
      join(out, 'config.json'),
      '--methods',
      'spagene-network',
      '--folds',
      '4',
      '--backend',
      'wasm',
    ];
    const honest = await evaluate(...inputs, '--out', at('honest'), ...run, '--fold', '1');
    expect(honest.code).toBe(0);
    const scored = table(join(at('honest'), 'per_gene.csv')).map(({ gene }) => gene!);
    expect(scored.filter((gene) => seen.includes(gene))).toEqual([]);
    const cheating = await evaluate(...inputs, '--out', at('cheating'), ...run, '--fold', '1,2');
    expect([cheating.code, cheating.err]).toEqual([2, expect.stringContaining('this config was tuned on')]);
    const imputed = await spagene(
      'impute',
      ...inputs,
      '--out',
      at('imputed'),
      '--config',
      join(out, 'config.json'),
      '--backend',
      'wasm',
    );
    expect(imputed.code).toBe(0);
  });

  it('does not forget what an earlier search has seen', async () => {
    const begin = [
      ...inputs,
      '--config',
      join(at('tuned'), 'config.json'),
      '--trials',
      '2',
      '--backend',
      'wasm',
    ];
    const other = await spagene('tune', ...begin, '--folds', '4', '--fold', '2', '--out', at('second'));
    expect([other.code, other.err]).toEqual([2, expect.stringContaining('has already seen 10 of its genes')]);
    // A budget that is spent at once still leaves a config, and it remembers.
    const short = await spagene(
      'tune',
      ...begin,
      '--folds',
      '4',
      '--fold',
      '1',
      '--budget',
      '0.0001',
      '--out',
      at('third'),
    );
    expect(short.code).toBe(0);
    expect(json(join(at('third'), 'config.json'))['seenGenes']).toEqual(
      json(join(at('tuned'), 'config.json'))['seenGenes'],
    );
  });

  it('goes on after a stop and finds the same', async () => {
    const out = at('search');
    const { child, finished } = start(['tune', ...search, '--out', out]);
    const lines = () =>
      existsSync(join(out, 'trials.ndjson')) ? text(join(out, 'trials.ndjson')).split('\n').length - 1 : 0;
    while (lines() < 2 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    expect((await finished).code).toBe(3);
    expect(existsSync(join(out, 'config.json'))).toBe(false);
    expect((await spagene('tune', ...search, '--out', out, '--resume')).code).toBe(0);
    expect(text(join(out, 'trials.csv'))).toBe(text(join(at('tuned'), 'trials.csv')));
    expect(json(join(out, 'config.json'))).toEqual(json(join(at('tuned'), 'config.json')));
  });
});
