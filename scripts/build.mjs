// Bundles the command line, its workers, the page and the Electron shell into dist/. `--if-stale` skips when dist/ is
// newer than the sources.
import { build } from 'esbuild';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const output = join(dist, 'cli.js');

function newest(folder) {
  return Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true }).map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
    }),
  );
}

const common = { bundle: true, sourcemap: true, logLevel: 'warning' };
const paths = (files) => files.map((file) => join(root, file));
const present = (files) => paths(files).filter(existsSync);

/** Everything that runs in Node, one file an entry, with what they share split off. */
function buildNode() {
  return build({
    ...common,
    entryPoints: present([
      'src-main/cli.ts',
      'src-main/io/reader-worker.ts',
      'src-main/engine/evaluate-worker.ts',
      'src-main/engine-process.ts',
      'src-main/engine/job-worker.ts',
      'src-main/main.ts',
    ]),
    outdir: dist,
    entryNames: '[name]',
    splitting: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
  });
}

/** A sandboxed preload script has to be one CommonJS file. */
async function buildPreload() {
  const entryPoints = present(['src-main/preload.ts']);
  if (entryPoints.length === 0) return;
  await build({
    ...common,
    entryPoints,
    outfile: join(dist, 'preload.cjs'),
    external: ['electron'],
    platform: 'node',
    target: 'node22',
    format: 'cjs',
  });
}

/** The page: no library comes from elsewhere, views are loaded when they are first opened. */
async function buildPage() {
  await build({
    ...common,
    entryPoints: paths(['src-renderer/main.tsx']),
    outdir: join(dist, 'page'),
    splitting: true,
    minify: true,
    platform: 'browser',
    target: ['chrome130', 'firefox130', 'safari18'],
    format: 'esm',
    jsx: 'automatic',
    chunkNames: 'chunks/[name]-[hash]',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'dataurl', '.woff2': 'file' },
  });
  mkdirSync(join(dist, 'page'), { recursive: true });
  cpSync(join(root, 'src-renderer', 'index.html'), join(dist, 'page', 'index.html'));
}

const sources = ['src-main', 'src-shared', 'src-renderer', 'scripts'].map((name) => join(root, name));
const stale = !existsSync(output) || Math.max(...sources.map(newest)) > statSync(output).mtimeMs;
if (stale || !process.argv.includes('--if-stale')) {
  await Promise.all([buildNode(), buildPreload(), buildPage()]);
  chmodSync(output, 0o755);
}
