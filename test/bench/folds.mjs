// Two folds side by side against one after the other (at least 1.6×): time, threads at work, memory, what the machine gives.
// Options by environment: PAIR=name of ../shared/data/pairs (else a simulated tissue) BACKENDS=wasm,native ROUNDS=2
// CASES=networks,floors JOBS=1,1@1,2 (1@1: one process with one thread) FOLDS=0,1
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const cli = join(root, 'dist', 'cli.js');
const { env } = process;
const bar = 1.6;
const rounds = Number(env.ROUNDS ?? 1);
const scratch = mkdtempSync(join(tmpdir(), 'spagene-folds-'));

/** The recommended ensemble with a fifth of its steps, all stages in proportion; and methods that take a second. */
const steps = ['train.maxStepsStage1=50', 'train.maxStepsStage2=20'];
const everyCase = {
  networks: ['--methods', 'spagene', ...steps.flatMap((set) => ['--set', set])],
  floors: ['--methods', 'ridge,knn,spage,cluster-mean,best-gene'],
};
const cases = (env.CASES ?? 'networks,floors').split(',').map((name) => [name, everyCase[name]]);
const jobs = (env.JOBS ?? '1,1@1,2').split(',');

function simulated() {
  const sizes = ['--cells', '2000', '--genes', '1200', '--reference-cells', '800', '--panel-genes', '150'];
  const done = spawnSync(process.execPath, [cli, 'simulate', '--out', scratch, ...sizes, '--no-truth']);
  if (done.status !== 0) throw new Error(String(done.stderr));
  return ['--spatial', join(scratch, 'spatial.h5ad'), '--reference', join(scratch, 'reference.h5ad')];
}

function realPair(name) {
  const data = join(root, '..', 'shared', 'data');
  const pair = JSON.parse(readFileSync(join(data, 'pairs', 'pairs.json'), 'utf8')).find(
    (one) => one.name === name,
  );
  const files = [
    ['--spatial', pair.spatial_counts],
    ['--reference', pair.reference_counts],
    ['--coordinates', pair.spatial_coordinates],
  ];
  return files.flatMap(([flag, file]) => [flag, join(data, file)]);
}

const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** Fields of a stat file behind the name in brackets: state, parent, … utime and stime at 11 and 12. */
const fields = (path) =>
  read(path)
    .replace(/^.*\) /su, '')
    .split(' ');

/** A process and everything that it started, where the system has /proc. */
function family(pid) {
  const children = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/u.test(entry))) {
    const parent = Number(fields(`/proc/${name}/stat`)[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const all = [pid];
  for (const one of all) all.push(...(children.get(one) ?? []));
  return all;
}

/** Threads that run at this moment by process, bytes in memory and ticks used. */
function look(pid) {
  const one = { running: 0, bytes: 0, ticks: 0, each: [] };
  for (const member of family(pid)) {
    let running = 0;
    try {
      for (const task of readdirSync(`/proc/${member}/task`))
        running += fields(`/proc/${member}/task/${task}/stat`)[0] === 'R' ? 1 : 0;
    } catch {
      continue;
    }
    const stat = fields(`/proc/${member}/stat`);
    one.running += running;
    one.each.push(running);
    one.bytes += Number(read(`/proc/${member}/statm`).split(' ')[1] ?? 0) * 4096;
    one.ticks += [11, 12, 13, 14].reduce((sum, at) => sum + Number(stat[at] ?? 0), 0);
  }
  return one;
}

/** Ticks that the machine has spent working, for anybody. */
function busyTicks() {
  const [user, nice, system, , , irq, softirq, steal] = read('/proc/stat')
    .split('\n')[0]
    .split(/\s+/u)
    .slice(1)
    .map(Number);
  return user + nice + system + irq + softirq + steal;
}

/** Runs `evaluate` and watches it four times a second. */
async function measure(files, backend, args, asked) {
  const [beside, threads] = asked.split('@');
  const out = mkdtempSync(join(scratch, 'out-'));
  const folds = ['--folds', '5', '--fold', env.FOLDS ?? '0,1', '--backend', backend, '--jobs', beside];
  const all = ['evaluate', ...files, ...args, ...folds, '--out', join(out, 'evaluation'), '--json'];
  const started = performance.now();
  const busy = busyTicks();
  const child = spawn(process.execPath, [cli, ...all], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: threads === undefined ? env : { ...env, SPAGENE_THREADS: threads },
  });
  const at = {};
  let label = '';
  child.stdout.on('data', (chunk) => {
    for (const line of chunk.toString().split('\n')) {
      const name = /"kind":"stage","name":"(\w+)"/u.exec(line)?.[1];
      if (name === undefined) continue;
      at[name] = (performance.now() - started) / 1000;
      label = name === 'evaluating' ? /· ([^"]*)"/u.exec(line)[1] : label;
    }
  });
  const looks = [];
  const timer = setInterval(() => looks.push({ ...look(child.pid), at: performance.now() - started }), 250);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`evaluate ended with ${code}`);
  const seconds = (performance.now() - started) / 1000;
  const inside = looks.filter((one) => one.at / 1000 > at.evaluating && one.at / 1000 < at.reporting);
  const scores = read(join(out, 'evaluation', 'per_gene.csv'));
  rmSync(out, { recursive: true, force: true });
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
  const own = Math.max(0, ...looks.map(({ ticks }) => ticks));
  return {
    label,
    scores,
    seconds,
    inJobs: at.reporting - at.evaluating,
    running: mean(inside.map((one) => one.running)),
    crowded: mean(inside.map((one) => (one.running > availableParallelism() ? 1 : 0))),
    peak: Math.max(0, ...looks.map(({ bytes }) => bytes)) / 2 ** 20,
    others: Math.max(0, busyTicks() - busy - own) / 100 / seconds,
  };
}

/** How much two processes get done beside one, in plain arithmetic: what the machine itself allows. */
async function machineLimit() {
  const program = 'let x=1;for(let i=0;i<8e8;i++)x=(x*1664525+1013904223)|0;process.exitCode=x===7?1:0';
  const spin = () => new Promise((resolve) => spawn(process.execPath, ['-e', program]).on('close', resolve));
  const timed = async (count) => {
    const started = performance.now();
    await Promise.all(Array.from({ length: count }, spin));
    return performance.now() - started;
  };
  await spin();
  const [one, two] = [await timed(1), await timed(2)];
  return (2 * one) / two;
}

function usable(name) {
  const out = spawnSync(process.execPath, [cli, 'backends', '--json'], { encoding: 'utf8' }).stdout;
  return new RegExp(`"name":"${name}","usable":true`, 'u').test(out.replaceAll(/\s/gu, ''));
}

const files = env.PAIR === undefined ? simulated() : realPair(env.PAIR);
const limit = await machineLimit();
console.log(
  `${env.PAIR ?? 'simulated: 2,000 cells × 150 genes, reference 800 × 1,200'}, folds ${env.FOLDS ?? '0,1'}`,
);
console.log(
  `${availableParallelism()} cores; two processes of plain arithmetic do ${limit.toFixed(2)}× the work of one`,
);
const head = [
  'case',
  'processes',
  'all s',
  'jobs s',
  'ratio',
  'of limit',
  'threads R',
  '> cores',
  'MB',
  'others',
];
const widths = [10, 50, 7, 7, 7, 8, 9, 10, 8, 6, 7];
const line = (cells) =>
  cells.map((cell, i) => String(cell)[i < 2 ? 'padEnd' : 'padStart'](widths[i])).join(' ');
console.log(line(head));
for (const backend of (env.BACKENDS ?? 'wasm,native').split(',')) {
  if (backend !== 'wasm' && !usable(backend)) {
    console.log(`${backend} is not usable here`);
    continue;
  }
  for (const [name, args] of cases) {
    const best = new Map();
    // In turn, so that whatever else the machine does hits all of them.
    for (let round = 0; round < rounds; round++) {
      for (const beside of jobs) {
        const one = await measure(files, backend, args, beside);
        console.error(`  ${name}, ${backend}, --jobs ${beside}: ${one.seconds.toFixed(1)} s`);
        if (!(one.seconds > best.get(beside)?.seconds)) best.set(beside, one);
      }
    }
    const first = best.get(jobs[0]);
    for (const [beside, one] of best) {
      const ratio = first.seconds / one.seconds;
      const inJobs = `${(first.inJobs / one.inJobs).toFixed(2)}×`;
      const cells = [one.seconds.toFixed(1), one.inJobs.toFixed(1), `${ratio.toFixed(2)}×`, inJobs];
      const share = `${((100 * ratio) / limit).toFixed(0)} %`;
      const threads = [one.running.toFixed(2), `${(100 * one.crowded).toFixed(0)} %`];
      const load = `${(100 * one.others).toFixed(0)} %`;
      console.log(line([name, one.label || beside, ...cells, share, ...threads, one.peak.toFixed(0), load]));
      if (one.scores !== first.scores) console.log('  the scores differ from those of the first line');
    }
    if (name !== 'networks' || !best.has('2')) continue;
    for (const [asked, against] of [
      ['1@1', 'one after another on one thread'],
      ['1', 'one after another on all'],
    ]) {
      if (!best.has(asked)) continue;
      const ratio = best.get(asked).seconds / best.get('2').seconds;
      const verdict = ratio >= bar ? 'reached' : 'MISSED';
      console.log(`two folds against ${against}: bar at least ${bar}×; ${verdict} with ${ratio.toFixed(2)}×`);
      if (ratio < bar) process.exitCode = 1;
    }
  }
}
console.log(
  'ratio: of the whole command; in jobs: of its folds, without reading before and reporting behind them',
);
console.log('others: what everybody else took of one core meanwhile; above 10 % the times say little');
rmSync(scratch, { recursive: true, force: true });
