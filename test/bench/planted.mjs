// What analyses find of a simulated tumour whose niches, gradient and pathway are known, and of controls without a
// pathway. SEEDS=1-3 with it, CONTROLS=1-20 without, FULL=1 trains as recommended (else one network and few steps).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, root } from './support/bundle.mjs';

const range = (text) => {
  const [from, to] = text.split('-').map(Number);
  return text === '' ? [] : Array.from({ length: (to ?? from) - from + 1 }, (_, i) => from + i);
};
const seeds = range(process.env.SEEDS ?? '1-3');
const controls = range(process.env.CONTROLS ?? '1-20');
const small = ['ensemble.members=1', 'train.maxStepsStage1=60', 'train.maxStepsStage2=60'];
const settings = process.env.FULL === '1' ? [] : small.flatMap((one) => ['--set', one]);
const program = join(root, 'dist', 'bench-planted.mjs');
await bundle({ file: 'test/bench/support/planted.ts' }, program);

function node(...args) {
  const done = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr.trim().split('\n').at(-1));
  return done.stdout;
}
const spagene = (...args) => node(join(root, 'dist', 'cli.js'), ...args);
const ask = (...args) => JSON.parse(node(program, ...args));

/** q of the planted set by the values of a kind; undefined where it could not be tested. */
function planted(folder, kind) {
  const row = readFileSync(join(folder, `${kind}.csv`), 'utf8')
    .split('\n')
    .find((line) => line.startsWith('PLANTED'));
  return row === undefined ? undefined : Number(row.split(',')[6]);
}

function once(seed, pathway) {
  const folder = mkdtempSync(join(tmpdir(), 'spagene-planted-'));
  const at = (name) => join(folder, name);
  try {
    spagene(
      'simulate',
      '--scenario',
      'tumour',
      '--seed',
      String(seed),
      '--out',
      folder,
      ...(pathway ? [] : ['--no-pathway']),
    );
    spagene('impute', '--spatial', at('spatial.h5ad'), '--reference', at('reference.h5ad'), '--genes', 'all',
      '--seed', String(seed), '--out', at('run'), ...settings); // prettier-ignore
    const analyse = (kind, ...args) =>
      spagene('analyse', kind, '--run', at('run'), '--out', at(kind), ...args);
    analyse('niches', '--labels', 'cell_type');
    const { rand, name } = ask('niche', at('truth.h5ad'), at('niches'));
    const inside = [
      '--within',
      name,
      '--within-labels',
      at('niches'),
      '--among',
      'Tumour',
      '--among-labels',
      'cell_type',
    ];
    analyse('genes', '--labels', 'cell_type', '--types', 'T cell,B cell', ...inside);
    analyse('pathways', '--genes', at('genes'), '--gmt', at('gene_sets.gmt'), '--permutations', '0');
    const found = {
      rand,
      imputed: planted(at('pathways'), 'imputed_all'),
      raw: planted(at('pathways'), 'raw'),
    };
    if (!pathway) return found;
    ask('start', at('truth.h5ad'), at('start.txt'));
    analyse('pseudotime', '--start-cells', at('start.txt'), ...inside, '--no-umap');
    return { ...found, ...ask('order', at('truth.h5ad'), at('pseudotime')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const q = (value) => (value === undefined ? 'not tested' : value.toExponential(1));
const line = (...cells) =>
  console.log(cells.map((cell, i) => String(cell).padEnd(i === 0 ? 12 : 14)).join(''));
line('seed', 'niches (ARI)', 'pathway', 'q, imputed', 'q, panel', 'pseudotime');
for (const [list, pathway] of [
  [seeds, true],
  [controls, false],
]) {
  let hits = 0;
  for (const seed of list) {
    const found = once(seed, pathway);
    if (found.imputed < 0.05) hits++;
    line(
      seed,
      found.rand.toFixed(3),
      pathway ? 'planted' : 'none',
      q(found.imputed),
      q(found.raw),
      found.spearman?.toFixed(3) ?? '',
    );
  }
  if (list.length > 0) console.log(`${pathway ? 'planted' : 'control'}: found in ${hits} of ${list.length}`);
}
