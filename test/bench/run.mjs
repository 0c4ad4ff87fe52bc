// `npm run bench` lists the benches; `npm run bench -- NAME…` runs some of them, `-- all` every one.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs') && file !== 'run.mjs')
  .map((file) => file.slice(0, -'.mjs'.length))
  .sort();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => name !== 'all' && !names.includes(name));

if (unknown.length > 0) console.error(`There is no bench called ${unknown.join(', ')}.`);
if (asked.length === 0 || unknown.length > 0) {
  console.log('Benches (npm run bench -- NAME…, or all):');
  for (const name of names) {
    const about = readFileSync(join(folder, `${name}.mjs`), 'utf8')
      .split('\n')[0]
      .replace(/^\/\/ /, '');
    console.log(`  ${name.padEnd(20)} ${about}`);
  }
  process.exitCode = unknown.length > 0 ? 2 : 0;
} else {
  for (const name of asked.includes('all') ? names : asked) {
    console.log(`\n${name}`);
    const { status } = spawnSync(process.execPath, [join(folder, `${name}.mjs`)], { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}
