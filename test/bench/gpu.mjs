// For a machine with a graphics card: gradient checks of the tensor-operation path, and steps per second against the CPU.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, root } from './support/bundle.mjs';

const folder = join(root, 'dist', 'bench');
const program = join(folder, 'gpu.mjs');
const fixtures = join(root, '..', 'shared', 'fixtures');

/** Runs in a process of its own: one backend, the path that is asked for. */
const source = `
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { computesOnDevice, forceDevice } from './src-main/backend/device.ts';
import { selectBackend } from './src-main/backend/select.ts';
import { calibrate } from './src-main/engine/calibrate.ts';
import { presetParameters } from './src-shared/domain/run-config.ts';
import { stageWork } from './src-main/methods/training-work.ts';
import { adamDeviations, autoencoderDeviations, blockDeviations } from './test/helpers/golden-checks/blocks.ts';
import { lossDeviations } from './test/helpers/golden-checks/losses.ts';
import { trajectoryDeviations } from './test/helpers/golden-checks/trajectory.ts';

const [backend, path, task, fixtures] = process.argv.slice(2);
const { label } = await selectBackend(backend);
if (path === 'device') forceDevice(true);
const result = { label, onDevice: computesOnDevice() };
if (task === 'checks') {
  const read = (name) => JSON.parse(readFileSync(join(fixtures, name + '.json'), 'utf8'));
  const all = [
    ...(await lossDeviations(read('losses'))),
    ...(await blockDeviations(read('block'))),
    ...(await autoencoderDeviations(read('block'))),
    ...(await adamDeviations(read('adam'))),
    ...(await trajectoryDeviations(read('trajectory'))),
  ];
  const bad = all.filter(({ error, limit }) => !(error < limit));
  Object.assign(result, { checks: all.length, bad: bad.length, first: bad[0]?.what ?? '' });
} else {
  const preset = task;
  const lines = await calibrate(backend, preset === 'recommended' ? 'narrow' : 'wide');
  // Sizes of the larger of calibrate's two cases: 128 cells, a panel of 200, 2000 reference genes.
  const parameters = { ...presetParameters(preset), 'train.batch': 128 };
  const sizes = { cells: { st: 128, sc: 128 }, genes: { st: 200, sc: 2000, shared: 200 } };
  for (const stage of ['autoencoder-sc', 'translation']) {
    const { overhead, perWork } = stage === 'translation' ? lines.translation : lines.autoencoder;
    result[stage] = 1 / (overhead + perWork * stageWork(stage, sizes, parameters).perStep);
  }
}
console.log('RESULT ' + JSON.stringify(result));
process.exit(0);
`;

function run(backend, path, task) {
  const done = spawnSync(process.execPath, [program, backend, path, task, fixtures], {
    encoding: 'utf8',
    cwd: root,
    timeout: 600_000,
  });
  const line = done.stdout.split('\n').find((text) => text.startsWith('RESULT '));
  if (line !== undefined) return JSON.parse(line.slice('RESULT '.length));
  const why = done.stderr.split('\n').find((text) => /^\w*Error:/u.test(text)) ?? `code ${done.status}`;
  return { problem: why.slice(0, 200) };
}

await bundle({ text: source }, program);

const gpu = run('gpu', 'usual', 'recommended');
const hasGpu = gpu.problem === undefined;
if (!hasGpu) {
  console.log(`No GPU was found: ${gpu.problem}`);
  console.log('The path for GPUs is checked on the CPU instead; its speed there says nothing about a GPU.\n');
}
const wasm = ['wasm', 'usual'];
const native = run('native', 'usual', 'recommended').problem === undefined ? [['native', 'usual']] : [];
const device = hasGpu ? ['gpu', 'usual'] : [native.length > 0 ? 'native' : 'wasm', 'device'];

if (existsSync(fixtures)) {
  const { label, onDevice, checks, bad, first, problem } = run(...device, 'checks');
  if (problem !== undefined || bad > 0 || !onDevice) process.exitCode = 1;
  console.log(
    problem === undefined
      ? `golden numbers on ${label}, ${onDevice ? 'tensor operations' : 'PLAIN NUMBERS'}: ${checks - bad} of ${checks} met${bad > 0 ? `; first miss: ${first}` : ''}`
      : `golden numbers: FAILED, ${problem}`,
  );
} else console.log('golden numbers: left out (they need ../shared/fixtures)');

console.log(
  `\n${'backend'.padEnd(34)} ${'preset'.padEnd(12)} ${'stage 1/s'.padStart(10)} ${'stage 2/s'.padStart(10)} ${'against'.padStart(9)}`,
);
for (const preset of ['recommended', 'paper']) {
  let reference;
  for (const [backend, path] of [wasm, ...native, device]) {
    const result = run(backend, path, preset);
    if (result.problem !== undefined) {
      console.log(`${backend.padEnd(34)} ${preset.padEnd(12)} ${result.problem}`);
      continue;
    }
    const two = result.translation;
    reference = two > (reference ?? 0) && backend !== 'gpu' && path === 'usual' ? two : reference;
    const name = result.label + (path === 'device' ? ', GPU path' : '');
    const numbers = [result['autoencoder-sc'], two].map((rate) => rate.toFixed(1).padStart(10));
    console.log(
      `${name.padEnd(34)} ${preset.padEnd(12)} ${numbers.join(' ')} ${`${(two / reference).toFixed(2)}×`.padStart(9)}`,
    );
  }
}
console.log('\nsteps per second; "against": stage 2, against the fastest CPU line before it');
rmSync(program, { force: true });
