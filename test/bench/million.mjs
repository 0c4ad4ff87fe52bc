// A million spatial cells × 300 genes imputed from 100,000 × 20,000: time of each stage, memory, rate of the disk.
// Flags: --cells 100000,300000,1000000 (one run each) --reference-cells N --genes N --panel N --members N
//   --backend NAME --folder DIR (pairs of files there are kept and used again) --disk-mb N
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { parseArgs } from 'node:util';
import { load, root } from './support/bundle.mjs';

/** Bytes of resident memory that a run may reach. */
const BAR = 4e9;
const { diskWriteRate } = await load({ file: 'src-main/engine/machine-bench.ts' }, 'machine-bench');
const text = (value) => ({ type: 'string', default: value });
const { values: flags } = parseArgs({
  options: {
    cells: text('1000000'),
    'reference-cells': text('100000'),
    genes: text('20000'),
    panel: text('300'),
    members: { type: 'string' },
    backend: text('auto'),
    folder: { type: 'string' },
    'disk-mb': text('2048'),
  },
});
const folder = flags.folder ? resolve(flags.folder) : mkdtempSync(join(tmpdir(), 'spagene-million-'));
mkdirSync(folder, { recursive: true });

async function simulate(pair, cells) {
  if (existsSync(join(pair, 'reference.h5ad'))) return;
  mkdirSync(pair, { recursive: true });
  const { writePair } = await load({ file: 'test/bench/support/simulated-pair.ts' }, 'simulated-pair');
  await writePair(pair, {
    cells,
    panelGenes: Number(flags.panel),
    referenceCells: Number(flags['reference-cells']),
    genes: Number(flags.genes),
    seed: 1,
  });
}

/** Resident bytes now and the high-water mark of a process; undefined when it is gone. */
function memoryOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const bytes = (name) => 1024 * Number(new RegExp(`${name}:\\s+(\\d+)`, 'u').exec(status)?.[1] ?? 0);
    return { now: bytes('VmRSS'), peak: bytes('VmHWM'), parent: Number(/PPid:\s+(\d+)/u.exec(status)[1]) };
  } catch {
    return undefined;
  }
}

/** A process and all that come from it. */
function family(first) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number);
  const parents = new Map(all.map((pid) => [pid, memoryOf(pid)?.parent]));
  const members = new Set([first]);
  for (let grew = true; grew;) {
    grew = false;
    for (const [pid, parent] of parents) {
      if (members.has(parent) && !members.has(pid)) grew = Boolean(members.add(pid));
    }
  }
  return [...members];
}

/** Runs the command line; the peak is the sum of the high-water marks of its processes. */
async function impute(pair, out) {
  const members = flags.members ? ['--set', `ensemble.members=${flags.members}`] : [];
  const files = ['--spatial', join(pair, 'spatial.h5ad'), '--reference', join(pair, 'reference.h5ad')];
  const args = ['impute', ...files, '--out', out, '--backend', flags.backend, ...members, '--json'];
  const child = spawn(process.execPath, [join(root, 'dist/cli.js'), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const marks = new Map();
  const look = setInterval(() => {
    for (const pid of family(child.pid)) {
      const memory = memoryOf(pid);
      if (memory) marks.set(pid, Math.max(memory.peak, marks.get(pid) ?? 0));
    }
  }, 500);
  const started = performance.now();
  const code = await new Promise((done) => child.on('exit', done));
  clearInterval(look);
  if (code !== 0) throw new Error(`spagene impute ended with ${code}`);
  return {
    seconds: (performance.now() - started) / 1000,
    processes: marks.size,
    peak: [...marks.values()].reduce((sum, mark) => sum + mark, 0),
  };
}

const say = (name, value, note = '') => console.log(`  ${name.padEnd(30)} ${value.padStart(12)}  ${note}`);
const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(2)} GB`;
const rate = (bytes) => `${(bytes / 1e6).toFixed(0)} MB/s`;
const summary = [];

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${gigabytes(totalmem())}`);
try {
  for (const cells of flags.cells.split(',').map(Number)) {
    const pair = join(folder, `${cells}x${flags.panel}-${flags['reference-cells']}x${flags.genes}`);
    await simulate(pair, cells);
    const disk = diskWriteRate(folder, Number(flags['disk-mb']) * 2 ** 20);
    const out = join(folder, `run-${process.pid}-${cells}`);
    const run = await impute(pair, out);
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
    const result = statSync(join(out, 'imputed.h5ad')).size;
    rmSync(out, { recursive: true, force: true });
    const imputing = report.stages.find(({ name }) => name === 'imputing').seconds;
    const { cells: done, genes } = report.result;
    const logical = done * genes * 4;
    console.log(`\n${cells} cells × ${flags.panel} genes, ${flags['reference-cells']} × ${flags.genes}`);
    console.log(
      `  ${report.backend.label ?? report.backend.name}, blend ${JSON.stringify(report.blend?.weights)}`,
    );
    for (const { name, seconds, peakMemoryBytes } of report.stages) {
      say(name, `${seconds.toFixed(1)} s`, `peak until then ${gigabytes(peakMemoryBytes)}`);
    }
    say('whole run', `${run.seconds.toFixed(1)} s`);
    say('imputing', `${(done / imputing).toFixed(0)} cells/s`, `${done} cells × ${genes} genes`);
    say('values', rate(logical / imputing), `${gigabytes(logical)} of float32`);
    say('written', rate(result / imputing), `${gigabytes(result)}, the file as it is`);
    say(
      'disk, one stream with fsync',
      rate(disk),
      `written: ${((100 * result) / imputing / disk).toFixed(0)} % of it`,
    );
    say(
      'peak memory',
      gigabytes(run.peak),
      `${run.processes} process(es); bar ${gigabytes(BAR)}: ${run.peak < BAR ? 'met' : 'MISSED'}`,
    );
    summary.push({ cells, peak: run.peak, speed: done / imputing });
  }
  if (summary.length > 1) {
    console.log('\n       cells   cells/s   peak memory');
    for (const { cells, speed, peak } of summary) {
      console.log(
        `${String(cells).padStart(12)}${speed.toFixed(0).padStart(10)}${gigabytes(peak).padStart(14)}`,
      );
    }
    const [first, last] = [summary[0], summary.at(-1)];
    const each = (last.peak - first.peak) / (last.cells - first.cells);
    console.log(`Memory grows by ${each.toFixed(0)} bytes a cell (names, columns, positions, depth).`);
  }
} finally {
  if (!flags.folder) rmSync(folder, { recursive: true, force: true });
}
