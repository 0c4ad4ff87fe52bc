import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, spagene } from '../helpers/spagene.ts';

const snakemake = process.env['SPAGENE_SNAKEMAKE'] ?? 'snakemake';
const hasSnakemake = spawnSync(snakemake, ['--version']).status === 0;

const scratch = mkdtempSync(join(tmpdir(), 'spagene-workflow-'));
const at = (...name: string[]) => join(scratch, ...name);
const text = (...name: string[]) => readFileSync(at(...name), 'utf8');

const small = {
  'train.maxStepsStage1': 30,
  'train.maxStepsStage2': 20,
  'ensemble.members': 2,
  'network.encoder': [32],
  'network.latentSt': 8,
  'network.latentSc': 8,
};
const settings = {
  datasets: {
    one: { spatial: 'one/spatial.h5ad', reference: 'one/reference.h5ad' },
    two: { spatial: 'two/spatial.h5ad', reference: 'two/reference.h5ad' },
  },
  methods: ['spagene', 'spagene-network', 'ridge', 'knn'],
  'run-folds': [0, 1],
  seeds: [2],
  backend: 'wasm',
  set: small,
};

/** YAML reads JSON too. */
function writeConfig(name: string, config: object): string {
  writeFileSync(at(name), JSON.stringify(config));
  return at(name);
}

function flags(config: string): string[] {
  return ['--snakefile', join(root, 'workflow', 'Snakefile'), '--configfile', config, '--cores', '2'];
}

function run(...args: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(snakemake, args, { cwd: scratch });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('close', (code) => resolve({ code, said }));
  });
}

/** How often the rule of the jobs is in a plan. */
const jobsIn = (said: string) => Number(/^evaluate +(\d+)$/mu.exec(said)?.[1] ?? 0);

function records(): Map<string, number> {
  const all = readdirSync(at('results', 'jobs'), { recursive: true, encoding: 'utf8' });
  const own = all.filter((name) => /jobs\/seed-\d+\/fold-\d+\/[^/]+\.json$/u.test(name));
  return new Map(own.map((name) => [name, statSync(at('results', 'jobs', name)).mtimeMs]));
}

beforeAll(async () => {
  if (!hasSnakemake) return;
  const sizes = ['--cells', '300', '--genes', '120', '--reference-cells', '200', '--panel-genes', '30'];
  for (const [i, name] of ['one', 'two'].entries()) {
    const args = ['--out', at(name), ...sizes, '--seed', String(i + 1), '--no-truth'];
    expect((await spagene('simulate', ...args)).code).toBe(0);
  }
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.skipIf(!hasSnakemake)('the workflow (needs snakemake on the path, or SPAGENE_SNAKEMAKE)', () => {
  const config = writeConfig('config.json', settings);

  it('refuses a config that does not fit, and says where', async () => {
    const wrong = writeConfig('wrong.json', { ...settings, methods: ['magic'] });
    const { code, said } = await run(...flags(wrong), '--dry-run');
    expect(code).not.toBe(0);
    expect(said).toContain("'magic' is not one of");
    const nothing = writeConfig('nothing.json', { ...settings, datasets: {} });
    expect((await run(...flags(nothing), '--dry-run')).said).toContain('The config names no data');
  });

  it('passes the lint', async () => {
    const { code, said } = await run(...flags(config), '--lint');
    expect(said).toContain('Congratulations');
    expect(code).toBe(0);
  });

  it('plans a job for each dataset, fold, seed and group of methods', async () => {
    const { code, said } = await run(...flags(config), '--dry-run');
    expect(code).toBe(0);
    expect(jobsIn(said)).toBe(2 * 2 * 1 * 2);
  });

  it('goes on after its jobs were killed, and gathers what a single evaluation finds', async () => {
    const child = spawn(snakemake, [...flags(config), '--retries', '0'], {
      cwd: scratch,
      detached: true,
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.on('close', resolve));
    const finished = () => (existsSync(at('results', 'jobs')) ? records() : new Map<string, number>());
    while (finished().size < 4 && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    // The whole group, as when a node goes down.
    process.kill(-child.pid!, 'SIGKILL');
    await ended;
    const before = records();
    expect(before.size).toBeGreaterThanOrEqual(4);
    expect(before.size).toBeLessThan(16);

    await run(...flags(config), '--unlock');
    const { code, said } = await run(...flags(config));
    expect(said).toContain('100%');
    expect(code).toBe(0);
    const after = records();
    expect(after.size).toBe(16);
    for (const [name, time] of before) expect(after.get(name)).toBe(time);
    const again = await run(...flags(config), '--dry-run');
    expect(again.said).toContain('Nothing to be done');

    for (const name of ['one', 'two']) {
      const { spatial, reference } = settings.datasets[name as 'one' | 'two'];
      const set = Object.entries(small).flatMap(([key, value]) => ['--set', `${key}=${String(value)}`]);
      const methods = ['--methods', settings.methods.join(), '--fold', '0,1', '--seeds', '2,2'];
      const files = ['--spatial', at(spatial), '--reference', at(reference), '--name', name];
      const out = at(`single-${name}`);
      const single = await spagene(
        'evaluate',
        ...files,
        ...methods,
        ...set,
        '--backend',
        'wasm',
        '--out',
        out,
      );
      expect(single.code).toBe(0);
      for (const table of ['per_gene.csv', 'summary.csv'])
        expect(text('results', name, table)).toBe(text(`single-${name}`, table));
    }
    const rows = text('results', 'per_gene.csv').trimEnd().split('\n');
    expect(rows).toHaveLength(1 + 2 * 2 * 6 * 4);
    expect(rows.filter((row) => row.startsWith('dataset,'))).toHaveLength(1);
  });
});
