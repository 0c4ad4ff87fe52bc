// Training steps per second with 2,000, 20,000 and 100,000 cells: flat within noise, since a step sees one batch.
// Options by environment: CELLS=2000,20000,100000 BACKEND=wasm THREADS=1 ROUNDS=2 STEPS=60
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, root } from './support/bundle.mjs';

// Inside the project, so that the packages are found from there.
const folder = join(root, 'dist', 'bench-scaling');
const sizes = (process.env.CELLS ?? '2000,20000,100000').split(',').map(Number);
const { BACKEND = 'wasm', THREADS = '1', ROUNDS = '2', STEPS = '60' } = process.env;
/** A rate below this share of the one with the fewest cells is more than noise. */
const bar = 0.9;

/** Runs in a process of its own: the recommended networks on made-up processed data, both stages. */
const program = `
import { presetParameters } from './src-shared/domain/run-config.ts';
import { selectBackend } from './src-main/backend/select.ts';
import { noStore, trainMembers } from './src-main/methods/train-members.ts';

const [cells, backend, threads, steps] = process.argv.slice(2).map((word, i) => (i === 1 ? word : Number(word)));
const { label } = await selectBackend(backend, { threads });
let state = 1;
const domain = (rows, columns) => {
  const values = new Float32Array(rows * columns);
  for (let i = 0; i < values.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    values[i] = (state >>> 0) / 2 ** 32;
  }
  return {
    values: { rows, columns, values },
    mean: new Float64Array(columns).fill(0.5),
    sd: new Float64Array(columns).fill(0.3),
  };
};
const all = Int32Array.from({ length: 200 }, (_, i) => i);
const data = {
  spatial: domain(cells, 200),
  reference: domain(cells, 1000),
  shared: { names: Array.from(all, (i) => 'gene ' + i), spatial: all, reference: all },
};
const warmUp = 20;
const parametersFor = (most) => ({
  ...presetParameters('recommended'),
  'ensemble.members': 1,
  'train.epochsStage1': 1e6,
  'train.epochsStage2': 1e6,
  'train.maxStepsStage1': most,
  'train.maxStepsStage2': most,
});
/** Seconds of each stage, by when its last point came. */
async function secondsOf(most) {
  const ends = {};
  let last = performance.now();
  let began = last;
  let current;
  const training = trainMembers(data, parametersFor(most), 1, noStore);
  for (let next = await training.next(); next.done !== true; next = await training.next()) {
    const { stage } = next.value;
    if (current !== undefined && stage !== current) began = last;
    current = stage;
    last = performance.now();
    ends[stage] = (last - began) / 1000;
  }
  return ends;
}
// Points come once an epoch at most, so the rate is that of the steps by which one training is longer than another;
// what a stage does once at its start falls out of the difference.
const short = await secondsOf(warmUp);
const long = await secondsOf(warmUp + steps);
const rates = Object.fromEntries(Object.keys(long).map((stage) => [stage, steps / (long[stage] - short[stage])]));
const kept = process.memoryUsage.rss() / 2 ** 20;
console.log(JSON.stringify({ label, rates, kept }));
process.exit(0);
`;

function measure(cells) {
  const args = [join(folder, 'scaling.mjs'), String(cells), BACKEND, THREADS, STEPS];
  const options = { encoding: 'utf8', cwd: root, stdio: ['ignore', 'pipe', 'inherit'] };
  const done = spawnSync(process.execPath, ['--max-old-space-size=8192', ...args], options);
  if (done.status !== 0) throw new Error(`${cells} cells: the process ended with ${done.status}`);
  return JSON.parse(done.stdout.trim().split('\n').at(-1));
}

await bundle({ text: program }, join(folder, 'scaling.mjs'));
const stages = ['autoencoder-st', 'autoencoder-sc', 'translation'];
// The best of the rounds, taken in turn: what else the machine does only ever slows a step down.
const best = new Map(sizes.map((cells) => [cells, {}]));
let label = '';
for (let round = 0; round < Number(ROUNDS); round++) {
  for (const cells of sizes) {
    const result = measure(cells);
    label = result.label;
    const kept = best.get(cells);
    for (const stage of stages) kept[stage] = Math.max(kept[stage] ?? 0, result.rates[stage]);
    kept.megabytes = result.kept;
  }
}
rmSync(folder, { recursive: true, force: true });
console.log(
  `${label}: recommended networks, 200 panel genes, 1,000 reference genes, as many reference cells`,
);
console.log(
  'steps a second'.padEnd(18) + stages.map((stage) => stage.padStart(26)).join('') + 'MB'.padStart(8),
);
let worst = Infinity;
for (const cells of sizes) {
  const [own, first] = [best.get(cells), best.get(sizes[0])];
  const shown = stages.map((stage) => {
    const share = own[stage] / first[stage];
    worst = Math.min(worst, share);
    return `${own[stage].toFixed(2)} (${share.toFixed(2)}×)`.padStart(26);
  });
  console.log(
    `${cells.toLocaleString('en')} cells`.padEnd(18) + shown.join('') + own.megabytes.toFixed(0).padStart(8),
  );
}
console.log(
  `bar: at least ${bar}× of the smallest's; ${worst >= bar ? 'reached' : 'MISSED'} with ${worst.toFixed(2)}×`,
);
if (worst < bar) process.exitCode = 1;
