// Builds the native kernels (src-main/backend/addon): C over a BLAS, one file that Node loads. OpenBLAS comes from a
// wheel of 8 MB in Python's package index or, where that is out of reach, from the system; macOS has Accelerate.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError, failureOf } from './programs.mjs';
import { nodeHeaders } from './from-wheel.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const sources = join(root, 'src-main', 'backend', 'addon');
const WHEEL = 'scipy-openblas32==0.3.34.481.3';
export const FILE = 'spagene-kernels.node';

function headers() {
  const found = nodeHeaders();
  if (found !== undefined) return join(found, 'include', 'node');
  throw new SetupError("The native kernels need Node's headers (node_api.h); install Node with its headers.");
}

function compiler() {
  const found = [process.env.CC, 'cc', 'gcc', 'clang'].find(
    (name) => name && failureOf(name, ['--version'], { minutes: 1 }) === undefined,
  );
  if (found === undefined) {
    throw new SetupError(
      "The native kernels need a C compiler; install gcc with the system's package manager.",
    );
  }
  return found;
}

const unpack = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in wheel.namelist():
        if name.startswith('scipy_openblas32/lib/libscipy_openblas') or 'licenses/' in name:
            wheel.extract(name, sys.argv[2])
`;

/** OpenBLAS of the wheel, put beside the addon; or why not. */
function fromWheel(temporary, target) {
  const pip = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '-d', temporary, WHEEL];
  const failure = failureOf('python3', pip);
  if (failure !== undefined) return { problem: failure };
  const wheel = readdirSync(temporary).find((name) => name.endsWith('.whl'));
  const unpacked = failureOf('python3', ['-c', unpack, join(temporary, wheel), temporary]);
  if (unpacked !== undefined) return { problem: unpacked };
  cpSync(
    join(temporary, 'scipy_openblas32', 'lib', 'libscipy_openblas.so'),
    join(target, 'libscipy_openblas.so'),
  );
  const licences = readdirSync(temporary).find((name) => name.endsWith('.dist-info'));
  if (licences !== undefined) {
    cpSync(join(temporary, licences, 'licenses'), join(target, 'licences'), { recursive: true });
  }
  return { flags: ['-DBLAS_PREFIX=scipy_', `-L${target}`, '-lscipy_openblas'], from: 'a wheel of OpenBLAS' };
}

/** OpenBLAS of the system, found by pkg-config. */
function fromSystem() {
  const asked = spawnSync('pkg-config', ['--libs', 'openblas'], { encoding: 'utf8' });
  return asked.status === 0
    ? { flags: asked.stdout.trim().split(/\s+/u), from: "the system's OpenBLAS" }
    : { problem: 'pkg-config knows no openblas' };
}

function blas(temporary, target) {
  if (process.platform === 'darwin') return { flags: ['-framework', 'Accelerate'], from: 'Accelerate' };
  const wheel = fromWheel(temporary, target);
  if (wheel.problem === undefined) return wheel;
  const system = fromSystem();
  if (system.problem === undefined) return system;
  throw new SetupError(
    `No OpenBLAS is to be had: neither from Python's package index (${wheel.problem}) nor here (${system.problem}); ` +
      "install the system's package of it (libopenblas-dev) and run this again.",
  );
}

/** Compiles the addon with the given BLAS into a file. */
export function compileKernels(file, blasFlags, extraSources = []) {
  const own = readdirSync(sources).filter((name) => name.endsWith('.c'));
  const failure = failureOf(compiler(), [
    ...[
      '-O3',
      '-fno-math-errno',
      '-fno-trapping-math',
      '-std=gnu11',
      '-fPIC',
      '-shared',
      '-I',
      headers(),
      '-o',
      file,
    ],
    ...own.map((name) => join(sources, name)),
    ...extraSources,
    ...blasFlags,
    ...(process.platform === 'darwin'
      ? ['-undefined', 'dynamic_lookup']
      : ['-Wl,-rpath,$ORIGIN', '-lpthread', '-lm']),
  ]);
  if (failure !== undefined) throw new SetupError(`The native kernels could not be compiled (${failure}).`);
}

/** What an addon says of itself after a product that is checked, or its problem; in a process of its own. */
export function tryKernels(file) {
  if (!existsSync(file)) return { problem: 'they are not built' };
  const program = `
    const kernels = require(process.argv[1]);
    kernels.setThreads(2);
    const [a, b, c] = [[1, 2, 3, 4, 5, 6], [1, 0, 2, 1, 0, 3], [0, 0, 0, 0]].map((v) => Float32Array.from(v));
    kernels.multiply(a, b, c, 2, 2, 3, false, false);
    if (String(c) !== '5,11,14,23') throw new Error('a product comes out as ' + c);
    console.log(kernels.description());`;
  const done = spawnSync(process.execPath, ['-e', program, file], { encoding: 'utf8' });
  if (done.status === 0) return { report: done.stdout.trim() };
  const line = done.stderr.split('\n').find((each) => each.includes('Error'));
  return { problem: line ?? `they ended with ${done.signal ?? done.status}` };
}

/** Builds the kernels into `folder`, replacing what is there only when they work. */
export function buildKernels(folder, say) {
  if (process.platform === 'win32') {
    throw new SetupError(
      'The native kernels are not built on Windows; WASM or native TensorFlow computes there.',
    );
  }
  const temporary = mkdtempSync(join(tmpdir(), 'spagene-kernels-'));
  try {
    const made = join(temporary, 'made');
    mkdirSync(made);
    const { flags, from } = blas(temporary, made);
    say(`   Compiling the kernels over ${from}.`);
    compileKernels(join(made, FILE), flags);
    const { problem } = tryKernels(join(made, FILE));
    if (problem !== undefined) throw new SetupError(`The native kernels do not work here (${problem}).`);
    rmSync(folder, { recursive: true, force: true });
    cpSync(made, folder, { recursive: true });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
