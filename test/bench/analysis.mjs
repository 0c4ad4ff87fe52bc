// Seconds and peak memory of every analysis on a simulated tumour. CELLS (100,000), GENES (2,000), ONLY=niches,moran
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, root } from './support/bundle.mjs';

const cells = process.env.CELLS ?? '100000';
const genes = process.env.GENES ?? '2000';
const only = process.env.ONLY?.split(',');
// Beside the app's own workers.
const program = join(root, 'dist', 'bench-analysis.mjs');
await bundle({ file: 'test/bench/support/analysis.ts' }, program);

function run(...args) {
  const done = spawnSync(process.execPath, ['--max-old-space-size=6000', program, ...args], {
    encoding: 'utf8',
  });
  if (done.status === 0) return JSON.parse(done.stdout.trim().split('\n').at(-1));
  return { error: done.stderr.trim().split('\n').at(-1) };
}

const { folder, error } = run(cells, genes);
if (error !== undefined) throw new Error(error);
const labels = { column: 'cell_type' };
const around = { labels, types: ['T cell', 'B cell'], graph: { kind: 'nearest', k: 20 } };
const seed = 1;
const tumour = { labels, names: ['Tumour'] };
const analyses = {
  niches: { kind: 'niches', labels, neighbours: 20, niches: 5, range: { from: 2, to: 12 }, starts: 30, seed },
  'niches, 2 to 12': {
    kind: 'niches',
    labels,
    neighbours: 20,
    niches: null,
    range: { from: 2, to: 12 },
    starts: 30,
    seed,
  },
  neighbours: { kind: 'neighbours', ...around, permutations: 1000, fields: { count: 3, side: null }, seed },
  pseudotime: {
    kind: 'pseudotime',
    within: tumour,
    among: null,
    start: { cells: ['cell-0', ...Array.from({ length: 2000 }, (_, i) => `cell-${i}`)] },
    expression: 'imputed',
    components: 50,
    expressionWeight: 0.5,
    regularisation: 0.1,
    landmarks: 5000,
    embed: true,
    neighbourhood: around,
    seed,
  },
  genes: { kind: 'genes', within: null, among: null, neighbourhood: around, permutations: 999, seed },
  pathways: {
    kind: 'pathways',
    genes: join(folder, 'genes'),
    files: [],
    starter: true,
    minimumCorrelation: 0.1,
    maximumQ: 0.05,
    direction: 'both',
    smallest: 3,
    largest: 500,
    top: 20,
    permutations: 1000,
    seed,
  },
  moran: { kind: 'moran', graph: { kind: 'nearest', k: 6 } },
  transfer: { kind: 'cell-types', method: 'transfer', neighbours: 30, components: 50, resolution: 1, seed },
  leiden: { kind: 'cell-types', method: 'leiden', neighbours: 15, components: 50, resolution: 1, seed },
};
try {
  console.log(`${Number(cells).toLocaleString('en')} cells × ${Number(genes).toLocaleString('en')} genes`);
  console.log(`${'analysis'.padEnd(18)}${'seconds'.padStart(9)}${'CPU'.padStart(9)}${'peak MB'.padStart(9)}`);
  for (const [name, parameters] of Object.entries(analyses)) {
    if (only !== undefined && !only.includes(name)) continue;
    const { seconds, cpu, peak, error: why } = run(folder, name, JSON.stringify(parameters));
    console.log(
      why === undefined
        ? `${name.padEnd(18)}${seconds.toFixed(1).padStart(9)}${cpu.toFixed(1).padStart(9)}${peak.toFixed(0).padStart(9)}`
        : `${name.padEnd(18)} failed: ${why}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
