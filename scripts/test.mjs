// `npm test`: types, lint, format, fast tests, then the slow ones (real files, the command line, damaged input).
import { spawnSync } from 'node:child_process';

const steps = [
  ['types', 'tsc', ['--build']],
  ['lint', 'eslint', ['.']],
  ['format', 'prettier', ['--check', '.']],
  ['build', process.execPath, ['scripts/build.mjs']],
  ['tests', 'vitest', ['run']],
];

for (const [name, program, args] of steps) {
  const local = program === process.execPath ? [program, args] : ['npx', ['--no-install', program, ...args]];
  const { status } = spawnSync(local[0], local[1], { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    console.error(`\n${name} failed.`);
    process.exit(status ?? 1);
  }
}
console.log('\ntypes, lint, format, build and tests: all passed');
