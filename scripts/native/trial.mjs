// One training step on the native backend and on WASM, in a process of its own: node trial.mjs ROOT PREFIX PACKAGE
import { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';

util.isNullOrUndefined ??= (v) => v === null || v === undefined;
util.isArray ??= Array.isArray;
const [root, prefix, name] = process.argv.slice(2);
const project = createRequire(join(root, 'package.json'));
const native = createRequire(join(prefix, 'package.json'));
const tf = project('@tensorflow/tfjs-core');
if (
  createRequire(native.resolve(name)).resolve('@tensorflow/tfjs-core') !==
  project.resolve('@tensorflow/tfjs-core')
)
  throw new Error('it brings its own copy of tfjs-core');
tf.enableProdMode();
native(name);
project('@tensorflow/tfjs-backend-wasm');
const wave = (n, k) => Float32Array.from({ length: n }, (_, i) => Math.sin(i * k));
async function step(backend) {
  await tf.setBackend(backend);
  const x = tf.tensor2d(wave(64 * 50, 0.37), [64, 50]);
  const w = tf.variable(tf.tensor2d(wave(50 * 20, 0.11), [50, 20]));
  const { value, grads } = tf.variableGrads(() =>
    x.matMul(w).relu().matMul(w, false, true).sub(x).square().mean(),
  );
  return [...value.dataSync(), ...grads[w.name].dataSync()];
}
(async () => {
  const a = await step('tensorflow');
  const { binding, isUsingGpuDevice } = tf.backend();
  const b = await step('wasm');
  const size = Math.max(...b.map(Math.abs));
  const worst = Math.max(...a.map((v, i) => Math.abs(v - b[i]))) / size;
  if (!(worst < 1e-5)) throw new Error('its training step differs from WASM by ' + worst);
  console.log(
    'TensorFlow ' +
      binding.TF_Version +
      (isUsingGpuDevice ? ' on the GPU' : ' on the CPU') +
      '; a training step agrees with WASM to ' +
      worst.toExponential(0) +
      ' of the largest gradient',
  );
})().catch((error) => {
  console.error('Error: ' + error.message);
  process.exitCode = 1;
});
