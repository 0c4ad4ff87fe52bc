import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analysedRun, type AnalysedRun } from '../helpers/analysed-run.ts';
import { root, spagene, start } from '../helpers/spagene.ts';

const python = process.env['SPAGENE_PYTHON_NEW'] ?? 'python3';
const hasAnndata = spawnSync(python, ['-c', 'import anndata']).status === 0;

let run: AnalysedRun;
let out: string;
beforeAll(async () => {
  run = await analysedRun({ cells: 2000 });
  out = mkdtempSync(join(tmpdir(), 'spagene-analyse-'));
});
afterAll(() => {
  rmSync(run.folder, { recursive: true, force: true });
  rmSync(out, { recursive: true, force: true });
});

const analyse = (kind: string, name: string, ...args: string[]) =>
  spagene('analyse', kind, '--run', run.folder, '--out', join(out, name), ...args);

describe('spagene analyse', () => {
  it('goes from a run to niches, genes and pathways, each taking up the one before', async () => {
    const niches = await analyse('niches', 'niches', '--labels', 'cell_type', '--niches', '5', '--json');
    expect(niches.code, niches.err).toBe(0);
    const events = niches.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string });
    expect(events.at(-1)).toMatchObject({ kind: 'finished', folder: join(out, 'niches') });
    const names = readFileSync(join(out, 'niches', 'niches.csv'), 'utf8')
      .split('\n')
      .slice(1, 6);
    const all = names.map((line) => line.split(',')[0]!).join(',');
    const genes = await analyse(
      'genes',
      'genes',
      ...['--labels', 'cell_type', '--types', 'T cell,B cell', '--permutations', '99'],
      ...['--within', all, '--within-labels', join(out, 'niches'), '--among', 'Tumour'],
    );
    expect(genes.code, genes.err).toBe(0);
    const pathways = await analyse('pathways', 'pathways', '--genes', join(out, 'genes'), '--smallest', '1');
    expect(pathways.code, pathways.err).toBe(0);
    expect(readFileSync(join(out, 'pathways', 'figure.csv'), 'utf8')).toMatch(/^panel,term,category,/u);
  });

  it.skipIf(!hasAnndata)('writes what anndata opens without a warning (needs Python with anndata)', () => {
    const script =
      'import sys, json, warnings; warnings.simplefilter("error"); import anndata; ' +
      'a = anndata.read_h5ad(sys.argv[1]); ' +
      'print(json.dumps([list(a.shape), list(a.obs["niche"].cat.categories), a.X is None, list(a.uns)]))';
    const file = join(out, 'niches', 'analysis.h5ad');
    const answer = execFileSync(python, ['-c', script, file], { encoding: 'utf8' });
    const [shape, categories, hasNoX, uns] = JSON.parse(answer) as [number[], string[], boolean, string[]];
    expect(shape).toEqual([2000, 0]);
    expect(categories).toHaveLength(5);
    expect(hasNoX).toBe(true);
    expect(uns).toContain('niche_composition');
  });

  it.each([
    [['wings'], /needs one of cell-types, .*not "wings"/u, 2],
    [['niches'], /needs --labels/u, 2],
    [['niches', '--labels', 'cell_type', '--gmt', 'x'], /has no --gmt/u, 2],
    [['niches', '--labels', 'cell_type', '--niches', '1'], /niches is not right/u, 2],
    [
      ['neighbours', '--labels', 'cell_type', '--neighbours', '5', '--radius', '5'],
      /either --neighbours or/u,
      2,
    ],
    [['genes', '--labels', 'cell_type'], /--types/u, 2],
    [['pseudotime'], /where the trajectory starts/u, 2],
    [['pseudotime', '--start-cells', '/nowhere.txt'], /cannot be read/u, 1],
    [['niches', '--labels', 'no_such'], /no cell column "no_such"/u, 1],
    [['pathways', '--genes', '/nowhere'], /holds no finished analysis/u, 1],
  ])('refuses %s', async ([kind, ...args], sentence, code) => {
    const ended = await analyse(kind!, 'refused', ...args);
    expect(ended.err).toMatch(sentence);
    expect(ended.err).not.toMatch(/\n\s+at /u);
    expect(ended.code).toBe(code);
    expect(existsSync(join(out, 'refused', 'analysis.bin'))).toBe(false);
  });

  it('says that a folder holds no run', async () => {
    const ended = await spagene('analyse', 'moran', '--run', out, '--out', join(out, 'moran'));
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.err).toMatch(/holds no imputed\.h5ad/u);
  });

  it.each([
    ['SIGINT', 3],
    ['SIGKILL', null],
  ] as const)('leaves nothing half done after %s, and can be repeated', async (signal, code) => {
    const args = ['--labels', 'cell_type', '--permutations'];
    const asked = ['analyse', 'neighbours', '--run', run.folder, '--out', join(out, signal), ...args];
    const { child, finished } = start([...asked, '100000']);
    await new Promise<void>((resolve) => {
      child.stderr!.on('data', (text: Buffer) => {
        if (text.toString().includes('analysing')) resolve();
      });
    });
    child.kill(signal);
    expect((await finished).code).toBe(code);
    expect(existsSync(join(out, signal, 'analysis.bin'))).toBe(false);
    expect((await spagene(...asked, '20')).code).toBe(0);
  });
});

it.skipIf(process.platform === 'win32')('goes on when nobody reads its lines any more', () => {
  const command = `(${process.execPath} dist/cli.js help hyperparameters; echo "code $?" >&2) | true`;
  const { stderr } = spawnSync('sh', ['-c', command], { cwd: root, encoding: 'utf8' });
  expect(stderr).toBe('code 0\n');
});
