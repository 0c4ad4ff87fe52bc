// `npm test`: types, lint, format, then all tests; those in a real browser where one can be had.
import { spawnSync } from 'node:child_process';
import { obtainBrowser } from './browser.mjs';

const steps = [
  ['types', 'tsc', ['--build']],
  ['lint', 'eslint', ['.']],
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

for (const [name, program, args] of steps) {
  const local = program === process.execPath ? [program, args] : ['npx', ['--no-install', program, ...args]];
  const { status } = spawnSync(local[0], local[1], { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    console.error(`\n${name} failed.`);
    process.exit(status ?? 1);
  }
}
console.log('\ntypes, lint, format, build and tests: all passed');
