// `npm test`: types, lint, format, then all tests; those in a real browser where one can be had.
import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { obtainBrowser } from './browser.mjs';

const steps = [
  ['types', 'tsc', ['--build']],
  ['format', 'prettier', ['--check', '.']],
  ['build', process.execPath, ['scripts/build.mjs']],
  ['tests', 'vitest', ['run']],
];

const browser = obtainBrowser();
if (browser === undefined) {
  console.log(
    'No Chrome or Chromium was found or could be fetched, so the tests in a real browser are left out.',
  );
}

/** Linting takes one core for minutes, and the slow tests leave one idle: it runs beside the rest. */
function startLint() {
  const eslint = join(
    dirname(createRequire(import.meta.url).resolve('eslint/package.json')),
    'bin/eslint.js',
  );
  const child = spawn(process.execPath, [eslint, '.']);
  try {
    setPriority(child.pid, constants.priority.PRIORITY_LOW);
  } catch {
    // Not everywhere allowed, and no more than a courtesy.
  }
  // Nothing of it outlives a test that failed.
  process.on('exit', () => child.kill());
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, said })));
}

function fail(name, status) {
  console.error(`\n${name} failed.`);
  process.exit(status ?? 1);
}

function step([name, program, args]) {
  const local = program === process.execPath ? [program, args] : ['npx', ['--no-install', program, ...args]];
  const { status } = spawnSync(local[0], local[1], { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) fail(name, status);
}

step(steps[0]);
const linting = startLint();
for (const next of steps.slice(1)) step(next);
const { status, said } = await linting;
process.stdout.write(said);
if (status !== 0) fail('lint', status);
console.log('\ntypes, lint, format, build and tests: all passed');
