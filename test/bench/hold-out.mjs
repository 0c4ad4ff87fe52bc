// Accuracy: hides each fold's genes from the spatial file, imputes them, and compares (needs ../shared/data).
// Options by environment: PAIRS=a,b FOLDS=0,1 PRESET=recommended BACKEND=auto JOBS=2 SEED=1 SET=name=value,…
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, root } from './support/bundle.mjs';

const data = join(root, '..', 'shared', 'data');
const { processedTruth, withoutGenes, scoreHidden, aggregate } = await load(
  { file: 'test/bench/support/hold-out.ts' },
  'hold-out',
);

const env = process.env;
const list = (text, fallback) => text?.split(',') ?? fallback;
const bars = {
  osmfish_zeisel: 0.345,
  osmfish_allen: 0.36,
  starmap_zeisel: 0.22,
  xenium_zeisel: 0.245,
  merfish_moffitt: 0.36,
};
const wanted = list(env.PAIRS, Object.keys(bars));
const pairs = JSON.parse(readFileSync(join(data, 'pairs/pairs.json'), 'utf8')).filter(({ name }) =>
  wanted.includes(name),
);
const foldNumbers = list(env.FOLDS, ['0', '1', '2', '3', '4']).map(Number);
const scratch = mkdtempSync(join(tmpdir(), 'spagene-hold-out-'));

function spagene(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'dist/cli.js'), ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let text = '';
    child.stderr.on('data', (chunk) => (text += chunk));
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(text.slice(-600)))));
  });
}

async function runFold(pair, truth, fold) {
  const hidden = truth.folds[fold];
  const folder = join(scratch, `${pair.name}-${fold}`);
  mkdirSync(folder);
  const spatial = join(folder, 'spatial.csv');
  const genes = join(folder, 'genes.txt');
  await withoutGenes(join(data, pair.spatial_counts), spatial, hidden);
  writeFileSync(genes, hidden.join('\n'));
  const out = join(folder, 'run');
  const started = performance.now();
  const sets = list(env.SET, []).flatMap((set) => ['--set', set]);
  await spagene([
    'impute',
    '--spatial',
    spatial,
    '--reference',
    join(data, pair.reference_counts),
    '--out',
    out,
    '--genes',
    genes,
    '--preset',
    env.PRESET ?? 'recommended',
    '--backend',
    env.BACKEND ?? 'auto',
    '--seed',
    env.SEED ?? '1',
    ...sets,
  ]);
  const seconds = (performance.now() - started) / 1000;
  const scores = await scoreHidden(join(out, 'imputed.h5ad'), truth, hidden);
  const { blend } = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
  rmSync(folder, { recursive: true });
  return { scores, seconds, blend };
}

try {
  console.log('pair              genes  PCC     SSIM    bar     s/fold  blend weights by fold');
  for (const pair of pairs) {
    const truth = await processedTruth(join(data, pair.spatial_counts), join(data, pair.reference_counts), 5);
    const results = [];
    const queue = [...foldNumbers];
    const work = async () => {
      for (let fold = queue.shift(); fold !== undefined; fold = queue.shift())
        results.push(await runFold(pair, truth, fold));
    };
    await Promise.all(Array.from({ length: Number(env.JOBS ?? 2) }, work));
    const { pcc, ssim } = aggregate(results.flatMap(({ scores }) => scores));
    const seconds = results.reduce((sum, { seconds: s }) => sum + s, 0) / results.length;
    const weights = results.map(({ blend }) => (blend ? blend.weights.join('/') : '–')).join(' ');
    const count = results.reduce((sum, { scores }) => sum + scores.length, 0);
    console.log(
      `${pair.name.padEnd(17)} ${String(count).padEnd(6)} ${pcc.mean.toFixed(4)}  ${ssim.mean.toFixed(4)}  ` +
        `${bars[pair.name] ?? '–'}`.padEnd(8) +
        `${seconds.toFixed(1).padEnd(7)} ${weights}`,
    );
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
