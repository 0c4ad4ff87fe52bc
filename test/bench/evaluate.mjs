// Accuracy and time of every method by cross-validation, pair by pair (needs ../shared/data, or PAIRS_FILE).
// Options by environment: PAIRS=a,b METHODS=… FOLDS=0,1 SEEDS=1 BACKEND=auto JOBS=2 OUT=folder (kept, resumed)
// PAIRS_FILE=pairs.json of other data; paths in it are relative to its folder, or to the one above a folder "pairs".
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const env = process.env;
const pairsFile = resolve(env.PAIRS_FILE ?? join(root, '..', 'shared', 'data', 'pairs', 'pairs.json'));
const folder = dirname(pairsFile);
const data = basename(folder) === 'pairs' ? dirname(folder) : folder;
const pairs = JSON.parse(readFileSync(pairsFile, 'utf8'));
const wanted = env.PAIRS?.split(',') ?? pairs.map(({ name }) => name);
const out = env.OUT === undefined ? mkdtempSync(join(tmpdir(), 'spagene-bench-')) : resolve(env.OUT);
mkdirSync(out, { recursive: true });

function flags(pair) {
  const optional = {
    '--coordinates': pair.spatial_coordinates && join(data, pair.spatial_coordinates),
    '--methods': env.METHODS,
    '--fold': env.FOLDS,
    '--seeds': env.SEEDS,
    '--backend': env.BACKEND,
    '--jobs': env.JOBS,
  };
  const given = Object.entries(optional).filter(([, value]) => value);
  const files = [
    '--spatial',
    join(data, pair.spatial_counts),
    '--reference',
    join(data, pair.reference_counts),
  ];
  return [...files, '--name', pair.name, ...given.flat()];
}

const results = [];
for (const pair of pairs.filter(({ name }) => wanted.includes(name))) {
  const target = join(out, pair.name);
  const resume = existsSync(join(target, 'evaluation.json')) ? ['--resume'] : [];
  const started = performance.now();
  const args = [join(root, 'dist/cli.js'), 'evaluate', ...flags(pair), '--out', target, ...resume];
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.exitCode = 1;
  if (!existsSync(join(target, 'report.json'))) continue;
  const report = JSON.parse(readFileSync(join(target, 'report.json'), 'utf8'));
  results.push({ pair: pair.name, report, minutes: (performance.now() - started) / 60_000 });
}
if (env.OUT === undefined) rmSync(out, { recursive: true, force: true });

const methods = [...new Set(results.flatMap(({ report }) => report.methods.map(({ name }) => name)))];
const value = (report, method, metric) =>
  report.summary.find((row) => row.method === method && row.metric === metric)?.mean;

for (const metric of ['pcc', 'ssim', 'seconds a fold']) {
  console.log(`\n${metric}`);
  console.log(''.padEnd(24) + methods.map((method) => method.slice(0, 15).padStart(16)).join(''));
  for (const { pair, report } of results) {
    const cells = methods.map((method) => {
      const seconds = report.methods.find(({ name }) => name === method)?.secondsPerFold;
      const number =
        metric === 'seconds a fold' ? seconds?.toFixed(1) : value(report, method, metric)?.toFixed(4);
      return (number ?? '–').padStart(16);
    });
    console.log(pair.padEnd(24) + cells.join(''));
  }
}
console.log('\nminutes in all (0 when everything was there already)');
for (const { pair, minutes } of results) console.log(`${pair.padEnd(24)}${minutes.toFixed(1).padStart(16)}`);

const rivals = methods.filter((method) => !method.startsWith('spagene'));
for (const metric of ['pcc', 'ssim']) {
  const rows = results.filter(({ report }) => value(report, 'spagene', metric) !== undefined);
  const gap = ({ report }) => {
    const others = methods
      .filter((method) => method !== 'spagene')
      .map((method) => value(report, method, metric));
    return Math.max(...others.filter((other) => other !== undefined)) - value(report, 'spagene', metric);
  };
  const above = rows.filter(({ report }) =>
    rivals.every((method) => !(value(report, method, metric) > value(report, 'spagene', metric))),
  );
  const worst = Math.max(...rows.map(gap));
  console.log(
    `\n${metric}: spagene is above every other method on ${above.length} of ${rows.length} pairs (bar: two thirds); ` +
      `at worst ${Math.max(0, worst).toFixed(4)} below the best of all (bar: 0.01)`,
  );
}
