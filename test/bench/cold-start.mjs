// Whole runs: osmFISH cortex with `recommended`, from cold start to imputed.h5ad, per backend (needs ../shared/data).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const pairs = join(root, '..', 'shared', 'data', 'pairs');
const cli = join(root, 'dist', 'cli.js');
const bars = { wasm: 90, native: 45 };
const usable = JSON.parse(
  spawnSync(process.execPath, [cli, 'backends', '--json'], { encoding: 'utf8' }).stdout,
)
  .filter(({ usable, name }) => usable && name in bars)
  .map(({ name }) => name);

console.log('backend  seconds  bar  peak MB  reading processing training blending imputing');
for (const backend of usable) {
  const out = mkdtempSync(join(tmpdir(), 'spagene-cold-'));
  const started = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      ...[cli, 'impute', '--out', join(out, 'run'), '--backend', backend],
      ...['--spatial', join(pairs, 'osmfish_zeisel', 'st_counts.csv.gz')],
      ...['--coordinates', join(pairs, 'osmfish_zeisel', 'st_coords.csv.gz')],
      ...['--reference', join(pairs, 'reference_zeisel550', 'counts.csv.gz')],
    ],
    { encoding: 'utf8' },
  );
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(stderr.slice(-600));
  const report = JSON.parse(readFileSync(join(out, 'run', 'report.json'), 'utf8'));
  const parts = report.stages.map((stage) => stage.seconds.toFixed(1).padEnd(8)).join(' ');
  const memory = Math.round(report.peakMemoryBytes / 1e6);
  console.log(
    `${backend.padEnd(8)} ${seconds.toFixed(1).padEnd(8)} ${String(bars[backend]).padEnd(4)} ${String(memory).padEnd(8)} ${parts}`,
  );
  rmSync(out, { recursive: true, force: true });
}
