// Bundles the command line (and its workers) into dist/. `--if-stale` skips when dist/ is newer than the sources.
import { build } from 'esbuild';
import { existsSync, readdirSync, statSync, chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const output = join(root, 'dist', 'cli.js');

function newest(folder) {
  return Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true }).map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
    }),
  );
}

const sources = ['src-main', 'src-shared', 'scripts'].map((name) => join(root, name));
const stale = !existsSync(output) || Math.max(...sources.map(newest)) > statSync(output).mtimeMs;
if (stale || !process.argv.includes('--if-stale')) {
  const workers = ['src-main/io/reader-worker.ts', 'src-main/engine/evaluate-worker.ts'];
  await build({
    entryPoints: [join(root, 'src-main/cli.ts'), ...workers.map((file) => join(root, file))],
    outdir: join(root, 'dist'),
    entryNames: '[name]',
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    banner: { js: '' },
    logLevel: 'warning',
  });
  chmodSync(output, 0o755);
}
