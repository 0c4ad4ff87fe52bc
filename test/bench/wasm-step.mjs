// Training steps per second: our WASM backend against tfjs-backend-wasm as shipped (at least 9×), and native.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, root } from './support/bundle.mjs';

// Inside the project, so that the packages are found from there.
const folder = join(root, 'dist', 'bench');
const bar = 9;
const rounds = 4;

/** Runs in a process of its own: the autoencoder 1000-512-128-512-1000, Linear + ReLU, batch 512, MSE, SGD. */
const program = `
import * as tf from '@tensorflow/tfjs-core';
// tfjs-core's build for Node leaves its gradients out; the package that has them, tfjs, is large.
import './node_modules/@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { selectBackend } from './src-main/backend/select.ts';

const [kind, seconds, threads] = process.argv.slice(2);
let label = 'tfjs-backend-wasm as shipped';
if (kind === 'shipped') {
  await import('@tensorflow/tfjs-backend-wasm');
  await tf.setBackend('wasm');
} else {
  label = (await selectBackend(kind, threads ? { threads: Number(threads) } : {})).label;
}
const widths = [1000, 512, 128, 512, 1000];
const wave = (n, k, size) => Float32Array.from({ length: n }, (_, i) => Math.sin(i * k + k) * size);
const weights = [];
const biases = [];
for (let i = 0; i + 1 < widths.length; i++) {
  const [a, b] = [widths[i], widths[i + 1]];
  weights.push(tf.variable(tf.tensor2d(wave(a * b, 0.7 + i, 1 / Math.sqrt(a)), [a, b])));
  biases.push(tf.variable(tf.zeros([b])));
}
const x = tf.tensor2d(wave(512 * 1000, 0.31, 1), [512, 1000]);
const loss = () => {
  let h = x;
  weights.forEach((w, i) => {
    h = tf.add(tf.matMul(h, w), biases[i]);
    if (i + 1 < weights.length) h = tf.relu(h);
  });
  return tf.mean(tf.mean(tf.square(tf.sub(h, x)), 1));
};
const step = () =>
  tf.tidy(() => {
    const { value, grads } = tf.variableGrads(loss);
    for (const p of [...weights, ...biases]) p.assign(tf.sub(p, tf.mul(grads[p.name], 0.01)));
    return value.dataSync()[0];
  });
const first = step();
let last = step();
let steps = 0;
const start = performance.now();
while (performance.now() - start < Number(seconds) * 1000) {
  last = step();
  steps++;
}
const rate = steps / ((performance.now() - start) / 1000);
console.log(JSON.stringify({ label, rate, first, last }));
process.exit(0);
`;

function measure(kind, seconds, threads = '') {
  const args = [join(folder, 'wasm-step.mjs'), kind, String(seconds), threads];
  const done = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return done.status === 0 ? JSON.parse(done.stdout.trim().split('\n').at(-1)) : undefined;
}

const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

await bundle({ text: program }, join(folder, 'wasm-step.mjs'));
// Taken in turn, so that whatever else the machine does hits all of them.
const kinds = [
  ['shipped', 6],
  ['wasm', 3, '1'],
  ['wasm', 3],
  ['native', 3],
];
const rates = kinds.map(() => []);
const seen = [];
for (let round = 0; round < rounds; round++) {
  kinds.forEach((kind, i) => {
    const result = measure(...kind);
    if (result === undefined) return;
    rates[i].push(result.rate);
    seen[i] = result;
  });
}
rmSync(folder, { recursive: true, force: true });
console.log(
  `${'backend'.padEnd(40)} ${'steps/s'.padStart(8)} ${'ratio'.padStart(7)} ${'first loss'.padStart(11)}`,
);
const shipped = median(rates[0]);
kinds.forEach((kind, i) => {
  if (seen[i] === undefined) return console.log(`${kind[0].padEnd(40)} not usable here`);
  const rate = median(rates[i]);
  const ratio = `${(rate / shipped).toFixed(1)}×`;
  const line = [seen[i].label.padEnd(40), rate.toFixed(2).padStart(8), ratio.padStart(7)];
  console.log([...line, seen[i].first.toFixed(6).padStart(11)].join(' '));
});
const reached = median(rates[2]) / shipped;
console.log(`bar: at least ${bar}×; ${reached >= bar ? 'reached' : 'MISSED'} with ${reached.toFixed(1)}×`);
if (reached < bar) process.exitCode = 1;
