// Obtains what computes faster than WASM into .native/ (`npm run setup:native`; `-- --check` only reports; `-- kernels`
// or `-- tensorflow` for one of the two): native kernels for the WASM backend, and tfjs-node. The latter is not a plain dependency because its install script downloads libtensorflow from a cloud
// bucket, and where a network refuses that, `npm ci` would fail for everybody.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBinding, downloadWheel, placeLibraries, requireTools } from './native/from-wheel.mjs';
import { FILE, buildKernels, tryKernels } from './native/kernels.mjs';
import { SetupError, failureOf, npm } from './native/programs.mjs';

const version = '4.22.0';
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const prefix = join(root, '.native');
const scope = join(prefix, 'node_modules', '@tensorflow');
const say = (text) => console.log(text);

function installPackage(name, withScripts) {
  for (const name of ['node_modules', 'package-lock.json']) {
    rmSync(join(prefix, name), { recursive: true, force: true });
  }
  mkdirSync(prefix, { recursive: true });
  writeFileSync(join(prefix, 'package.json'), '{ "private": true }\n');
  const scripts = withScripts ? '--ignore-scripts=false' : '--ignore-scripts';
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--save-exact'];
  return npm(['install', '--prefix', prefix, scripts, ...quiet, `${name}@${version}`], { cwd: prefix });
}

/**
 * Removes the packages that the project has too, in the same version: Node then finds the project's own
 * tfjs-core from .native/, and there is one registry of tensors and kernels.
 */
function removeDuplicates() {
  const versionOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  for (const name of readdirSync(scope)) {
    const own = join(root, 'node_modules', '@tensorflow', name);
    if (!existsSync(own) || name.startsWith('tfjs-node')) continue;
    if (versionOf(own) !== versionOf(join(scope, name))) {
      throw new SetupError(`.native has another version of ${name} than the project; run npm ci first.`);
    }
    rmSync(join(scope, name), { recursive: true });
  }
}

/** @returns {{name: string, report?: string, problem?: string} | undefined} what lies in .native and whether it works */
function tryInstalled() {
  const name = ['tfjs-node-gpu', 'tfjs-node'].find((each) => existsSync(join(scope, each, 'package.json')));
  if (name === undefined) return undefined;
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' };
  const done = spawnSync(
    process.execPath,
    [join(root, 'scripts', 'native', 'trial.mjs'), root, prefix, `@tensorflow/${name}`],
    {
      encoding: 'utf8',
      env,
      cwd: root,
    },
  );
  if (done.status === 0) return { name, report: done.stdout.trim().split('\n').at(-1) };
  const lines = done.stderr.split('\n');
  return {
    name,
    problem: lines.find((line) => line.includes('Error')) ?? `it ended with ${done.signal ?? done.status}`,
  };
}

function officialDownload() {
  const hasDriver = failureOf('nvidia-smi', ['-L'], { minutes: 1 }) === undefined;
  const gpu = hasDriver && process.arch === 'x64' && process.platform !== 'darwin';
  const name = gpu ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node';
  say(`1. Official download: ${name} ${version}${gpu ? ' (an NVIDIA driver is here)' : ''}.`);
  const failure = installPackage(name, true);
  if (failure !== undefined) return `the official download failed (${failure})`;
  removeDuplicates();
  const found = tryInstalled();
  return found?.problem === undefined
    ? undefined
    : `the downloaded package does not work here (${found.problem})`;
}

function buildFromWheel() {
  if (process.platform !== 'linux')
    throw new SetupError('Building from a TensorFlow wheel works on Linux only.');
  requireTools();
  say(`2. Build: @tensorflow/tfjs-node ${version} without its download.`);
  const failure = installPackage('@tensorflow/tfjs-node', false);
  if (failure !== undefined) throw new SetupError(`npm could not fetch tfjs-node (${failure}).`);
  removeDuplicates();
  const temporary = mkdtempSync(join(tmpdir(), 'spagene-native-'));
  try {
    say('   Fetching a tensorflow-cpu wheel with pip (about 250 MB).');
    const wheel = downloadWheel(temporary);
    say(`   Taking the C library from ${wheel.split('/').at(-1)}.`);
    const packageFolder = join(scope, 'tfjs-node');
    placeLibraries(wheel, temporary, join(packageFolder, 'deps'));
    buildBinding(packageFolder, prefix, say);
    rmSync(join(packageFolder, 'deps', 'include'), { recursive: true, force: true });
    rmSync(join(packageFolder, 'build'), { recursive: true, force: true });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  const found = tryInstalled();
  if (found?.problem !== undefined)
    throw new SetupError(`The binding was built but does not work (${found.problem}).`);
}

function report(found) {
  say(`The native backend works: ${found.name}, ${found.report}.`);
}

function setUpKernels() {
  const folder = join(prefix, 'kernels');
  const works = (text) => say(`The native kernels work: ${text}.`);
  const { report: found, problem } = tryKernels(join(folder, FILE));
  if (found !== undefined) return works(found);
  if (process.argv.includes('--check'))
    throw new SetupError(`The native kernels cannot be used: ${problem}.`);
  say(`The native kernels cannot be used: ${problem}.`);
  buildKernels(folder, say);
  works(tryKernels(join(folder, FILE)).report);
}

function setUpTensorflow() {
  const found = tryInstalled();
  if (found?.report !== undefined) return report(found);
  const state =
    found === undefined
      ? 'nothing is installed in .native'
      : `${found.name} in .native does not work (${found.problem})`;
  if (process.argv.includes('--check')) throw new SetupError(`The native backend is not set up: ${state}.`);
  say(`The native backend is not set up: ${state}.`);
  const failure = officialDownload();
  if (failure !== undefined) {
    say(`   So not: ${failure}.`);
    buildFromWheel();
  }
  report(tryInstalled());
}

const parts = { kernels: setUpKernels, tensorflow: setUpTensorflow };
const asked = Object.keys(parts).filter((name) => process.argv.includes(name));
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  try {
    parts[name]();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`${error.message}\nSpaGene goes on working without it.`);
    process.exitCode = 1;
  }
}
