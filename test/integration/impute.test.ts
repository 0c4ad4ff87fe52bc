import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWithTruth } from '../../src-main/engine/compare-truth.ts';
import { readMatrix } from '../helpers/matrix.ts';
import { spagene, start } from '../helpers/spagene.ts';

/** A small network and few steps: these tests are about the way from files to files, not about accuracy. */
const small = [
  '--set',
  'train.maxStepsStage1=60',
  '--set',
  'train.maxStepsStage2=40',
  '--set',
  'ensemble.members=2',
  '--backend',
  'wasm',
];

const scratch = mkdtempSync(join(tmpdir(), 'spagene-impute-'));
const tissue = join(scratch, 'tissue');
const spatial = join(tissue, 'spatial.h5ad');
const reference = join(tissue, 'reference.h5ad');
const at = (name: string) => join(scratch, name);
const inputs = ['--spatial', spatial, '--reference', reference];

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const lines = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n');

beforeAll(async () => {
  const sizes = ['--cells', '700', '--genes', '300', '--reference-cells', '500', '--panel-genes', '60'];
  const { code, err } = await spagene('simulate', '--out', tissue, ...sizes);
  expect(err).toBe('');
  expect(code).toBe(0);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('spagene impute', () => {
  const whole = at('whole');

  it('goes from two files to a result that holds what it promises', async () => {
    const { code, err } = await spagene(
      'impute',
      ...inputs,
      '--out',
      whole,
      '--genes',
      'all',
      '--counts',
      ...small,
    );
    expect(err).toContain('done');
    expect(code).toBe(0);

    const { rows, columns, values, dataset, genes } = await readMatrix(join(whole, 'imputed.h5ad'));
    // All genes that pass the density filter: of 300 simulated ones a few are seen too seldom.
    expect(rows).toBe(700);
    expect(columns).toBeGreaterThan(280);
    expect(columns).toBeLessThanOrEqual(300);
    expect(values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    expect(dataset.coordinates?.dimensions).toBe(2);
    expect(dataset.obs.map(({ name }) => name)).toEqual(expect.arrayContaining(['cell_type', 'layer']));
    expect(dataset.var.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['measured', 'training', 'highly_variable']),
    );
    expect(dataset.matrices.map(({ name }) => name)).toContain('layers/counts');
    expect(new Set(genes).size).toBe(columns);

    const expected = dataset.var.find(({ name }) => name === 'expected_pcc')!;
    const measured = dataset.var.find(({ name }) => name === 'measured')!;
    if (expected.kind !== 'number') throw new Error('expected_pcc is not a number');
    for (const [gene, value] of expected.values.entries()) {
      // Only a measured gene that no network set aside has none.
      const isMeasured = measured.kind === 'category' && measured.codes[gene] === 1;
      if (Number.isNaN(value)) expect(isMeasured).toBe(true);
      else expect(Math.abs(value)).toBeLessThanOrEqual(1);
    }
    const report = json(join(whole, 'report.json'));
    expect(report['expectedAccuracy']).toMatchObject({
      inWords: expect.stringMatching(
        /imputed genes are expected to reach a correlation of 0\.3|is expected of an imputed gene; these hardly tell/,
      ) as string,
      regression: { format: 'spagene-expected-accuracy', genes: 24 },
    });
    expect(report['result']).toMatchObject({ cells: 700, genes: columns });
    expect((report['files'] as { sha256: string }[]).map(({ sha256 }) => sha256.length)).toEqual([64, 64]);
    expect((report['stages'] as { name: string }[]).map(({ name }) => name)).toEqual([
      'reading',
      'processing',
      'training',
      'blending',
      'imputing',
    ]);
  });

  it('predicts genes that were never measured better than chance', async () => {
    const agreement = await compareWithTruth(join(whole, 'imputed.h5ad'), join(tissue, 'truth.h5ad'));
    const hidden = agreement.filter(({ measured }) => !measured);
    expect(hidden).toHaveLength(agreement.length - 60);
    const mean = hidden.reduce((sum, { correlation }) => sum + correlation, 0) / hidden.length;
    expect(mean).toBeGreaterThan(0.2);
    // Markers of a cell type must come back clearly, the rest need not.
    const sorted = hidden.map(({ correlation }) => correlation).sort((a, b) => b - a);
    expect(sorted[11]).toBeGreaterThan(0.5);
  });

  it('writes counts as the square of the imputed values', async () => {
    const { values, columns } = await readMatrix(join(whole, 'imputed.h5ad'));
    const { openDataset } = await import('../../src-main/io/registry.ts');
    const dataset = await openDataset(join(whole, 'imputed.h5ad'));
    const layer = await dataset.open('layers/counts');
    for await (const block of layer.source.blocks()) {
      for (let row = 0; row < block.rows; row += 97) {
        for (let i = block.indptr[row]!; i < block.indptr[row + 1]!; i++) {
          const x = values[(block.firstRow + row) * columns + block.indices[i]!]!;
          expect(block.values[i]).toBeCloseTo(x * x, 3);
        }
      }
    }
    await dataset.close();
  });

  it('writes a lost result again when it is resumed', async () => {
    const run = at('lost');
    await spagene('impute', ...inputs, '--out', run, '--genes', 'all', ...small);
    rmSync(join(run, 'imputed.h5ad'));
    expect((await spagene('impute', '--out', run, '--resume')).code).toBe(0);
    const [expected, actual] = await Promise.all(
      [whole, run].map((folder) => readMatrix(join(folder, 'imputed.h5ad'))),
    );
    expect(actual!.values).toEqual(expected!.values);
  });

  it('gives the same values for the same seed, and others for another', async () => {
    const [same, other] = [at('same'), at('other')];
    await spagene('impute', ...inputs, '--out', same, '--genes', 'all', ...small);
    await spagene('impute', ...inputs, '--out', other, '--genes', 'all', '--seed', '2', ...small);
    const [first, second, third] = await Promise.all(
      [whole, same, other].map((run) => readMatrix(join(run, 'imputed.h5ad'))),
    );
    expect(second!.values).toEqual(first!.values);
    expect(third!.values).not.toEqual(first!.values);
  });

  it.each([
    ['autoencoder-sc', 1],
    ['autoencoder-st', 1],
    ['translation', 2],
  ])('killed in %s and resumed, ends with the same values', async (stage, nth) => {
    const run = at(`killed-${stage}`);
    const args = ['impute', ...inputs, '--out', run, '--genes', 'all', '--json', ...small];
    const { child, finished } = start(args);
    let seen = 0;
    child.stdout!.on('data', (chunk: Buffer) => {
      seen += chunk.toString().split(`"stage":"${stage}"`).length - 1;
      if (seen >= nth + 1) child.kill('SIGKILL');
    });
    expect((await finished).signal).toBe('SIGKILL');
    expect(existsSync(join(run, 'imputed.h5ad'))).toBe(false);

    // Without --backend: it goes on with the one that it began on.
    const resumed = await spagene('impute', '--out', run, '--resume');
    expect(resumed.code).toBe(0);
    const [expected, actual] = await Promise.all(
      [whole, run].map((folder) => readMatrix(join(folder, 'imputed.h5ad'))),
    );
    expect(actual!.values).toEqual(expected!.values);
    // Every loss point once, none missing.
    const points = (folder: string) =>
      lines(join(folder, 'losses.ndjson')).map((line) => {
        const {
          member,
          stage: of,
          step,
        } = JSON.parse(line) as { member: number; stage: string; step: number };
        return `${member} ${of} ${step}`;
      });
    expect(points(run)).toEqual(points(whole));
  });

  it('stops on Ctrl-C, says so, and resumes to the same values', async () => {
    const run = at('stopped');
    const { child, finished } = start([
      'impute',
      ...inputs,
      '--out',
      run,
      '--genes',
      'all',
      '--json',
      ...small,
    ]);
    let asked = 0;
    child.stdout!.on('data', (chunk: Buffer) => {
      if (asked === 0 && chunk.toString().includes('"stage":"translation"')) {
        asked = performance.now();
        child.kill('SIGINT');
      }
    });
    const { code, err } = await finished;
    expect(code).toBe(3);
    expect(err).toContain('Stopped');
    expect(existsSync(join(run, 'checkpoint', 'in-progress.safetensors'))).toBe(true);
    // The same command with --resume behind it is fine, another seed is not.
    const same = ['impute', ...inputs, '--out', run, '--genes', 'all', '--resume', ...small];
    const changed = await spagene(...same, '--seed', '4');
    expect(changed.err).toMatch(/its seed differ/u);
    expect(changed.code).toBe(2);
    expect((await spagene(...same)).code).toBe(0);
    const [expected, actual] = await Promise.all(
      [whole, run].map((folder) => readMatrix(join(folder, 'imputed.h5ad'))),
    );
    expect(actual!.values).toEqual(expected!.values);
  });

  describe('with its matrices in scratch files', () => {
    // A limit of one byte sends every processed matrix to disk.
    const onDisk = { SPAGENE_MATRIX_BYTES: '1' };
    const startIn = (run: string, ...more: string[]) =>
      start(['impute', ...inputs, '--out', run, '--genes', 'all', '--json', ...small, ...more], onDisk);
    const scratchFiles = (run: string) => readdirSync(run).filter((name) => name.endsWith('.tmp'));

    it('ends with the same values and leaves no scratch', async () => {
      const run = at('scratch');
      expect((await startIn(run).finished).code).toBe(0);
      const [expected, actual] = await Promise.all(
        [whole, run].map((folder) => readMatrix(join(folder, 'imputed.h5ad'))),
      );
      expect(actual!.values).toEqual(expected!.values);
      expect(scratchFiles(run)).toEqual([]);
    });

    it('stopped while it imputes, it ends at once, leaves neither scratch nor half a result, and goes on', async () => {
      const run = at('scratch-stopped');
      const { child, finished } = startIn(run);
      child.stdout!.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('"name":"imputing"')) child.kill('SIGINT');
      });
      expect((await finished).code).toBe(3);
      expect(existsSync(join(run, 'imputed.h5ad'))).toBe(false);
      expect(scratchFiles(run)).toEqual([]);
      const resumed = start(['impute', '--out', run, '--resume'], onDisk);
      expect((await resumed.finished).code).toBe(0);
      const [expected, actual] = await Promise.all(
        [whole, run].map((folder) => readMatrix(join(folder, 'imputed.h5ad'))),
      );
      expect(actual!.values).toEqual(expected!.values);
    });

    it('killed, the next start leaves no scratch', async () => {
      const run = at('scratch-killed');
      const { child, finished } = startIn(run);
      child.stdout!.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('"name":"imputing"')) child.kill('SIGKILL');
      });
      expect((await finished).signal).toBe('SIGKILL');
      expect(existsSync(join(run, 'imputed.h5ad'))).toBe(false);
      expect((await start(['impute', '--out', run, '--resume'], onDisk).finished).code).toBe(0);
      expect(scratchFiles(run)).toEqual([]);
    });
  });

  it('refuses what it cannot do, in one sentence and with the right exit code', async () => {
    const broken = at('broken.csv');
    writeFileSync(broken, 'cell,GeneA,GeneB\nc1,1,2\nc2,-3,4\n');
    const tries: [number, RegExp, string[]][] = [
      [2, /needs --spatial/u, ['impute', '--out', at('x')]],
      [2, /no command/u, ['imput']],
      [2, /no preset "best"/u, ['impute', ...inputs, '--out', at('x'), '--preset', 'best']],
      [2, /no gene is named/u, ['impute', ...inputs, '--out', at('x'), '--genes', '']],
      [
        1,
        /is not a config.json/u,
        ['impute', ...inputs, '--out', at('x'), '--config', join(whole, 'report.json')],
      ],
      [2, /did you mean lambda.identity/u, ['impute', ...inputs, '--out', at('x'), '--set', 'identity=3']],
      [2, /from 0 to 1000/u, ['impute', ...inputs, '--out', at('x'), '--set', 'lambda.identity=-1']],
      [1, /already holds a run/u, ['impute', ...inputs, '--out', whole]],
      [1, /holds no run/u, ['impute', '--out', at('nothing'), '--resume']],
      [
        1,
        /is not there|does not exist/u,
        ['impute', '--spatial', at('no.h5ad'), '--reference', reference, '--out', at('y')],
      ],
      [
        1,
        /at least 10 are needed/u,
        ['impute', '--spatial', broken, '--reference', reference, '--out', at('z')],
      ],
      [1, /no gene Nope/u, ['impute', ...inputs, '--out', at('w'), '--genes', 'Nope']],
    ];
    for (const [code, message, args] of tries) {
      const result = await spagene(...args);
      expect(result.err, args.join(' ')).toMatch(message);
      expect(result.err).not.toMatch(/\n\s+at /u);
      expect(
        result.err
          .trimEnd()
          .split('\n')
          .filter((line) => line.startsWith('spagene: ')),
      ).toHaveLength(1);
      expect(result.code, args.join(' ')).toBe(code);
    }
  });

  it('notices that an input of a resumed run has changed', async () => {
    const run = at('changed');
    const { child, finished } = start(['impute', ...inputs, '--out', run, '--json', ...small]);
    child.stdout!.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('"kind":"losses"')) child.kill('SIGKILL');
    });
    await finished;
    const result = await spagene('impute', '--out', run, '--resume', '--spatial', reference);
    expect(result.err).toMatch(/not the file that the run .* began with/u);
    expect(result.code).toBe(1);
  });
});

describe('spagene inspect', () => {
  it('gives an array with what a script needs', async () => {
    const { out, code } = await spagene('inspect', spatial, reference, '--json');
    expect(code).toBe(0);
    const found = JSON.parse(out) as Record<string, unknown>[];
    expect(found.map(({ format, cells, genes }) => [format, cells, genes])).toEqual([
      ['h5ad', 700, 60],
      ['h5ad', 500, 300],
    ]);
    for (const key of ['path', 'sum', 'matrices', 'coordinates', 'geneNames', 'warnings']) {
      expect(found[0]).toHaveProperty(key);
    }
  });
});
