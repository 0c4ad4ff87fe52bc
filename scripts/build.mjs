// Bundles the command line, its workers, the page and the Electron shell into dist/. `--if-stale` skips when dist/ is
// newer than the sources.
import { build } from 'esbuild';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
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

const common = { bundle: true, sourcemap: true, logLevel: 'warning', metafile: true };
const paths = (files) => files.map((file) => join(root, file));
const present = (files) => paths(files).filter(existsSync);

/** Everything that runs in Node, one file an entry, with what they share split off. */
function buildNode() {
  return build({
    ...common,
    entryPoints: present([
      'src-main/cli.ts',
      'src-main/io/reader-worker.ts',
      'src-main/io/h5ad-writer-worker.ts',
      'src-main/engine/evaluate-worker.ts',
      'src-main/service/backends-worker.ts',
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
function buildPreload(name) {
  const entryPoints = present([`src-main/${name}.ts`]);
  return build({
    ...common,
    entryPoints,
    outfile: join(dist, `${name}.cjs`),
    external: ['electron'],
    platform: 'node',
    target: 'node22',
    format: 'cjs',
  });
}

/** The page: no library comes from elsewhere, views are loaded when they are first opened. */
async function buildPage() {
  const result = await build({
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
    loader: { '.css': 'empty', '.svg': 'dataurl', '.woff2': 'file' },
  });
  mkdirSync(join(dist, 'page'), { recursive: true });
  cpSync(join(root, 'src-renderer', 'index.html'), join(dist, 'page', 'index.html'));
  cpSync(join(root, 'assets', 'icon.svg'), join(dist, 'page', 'icon.svg'));
  return result;
}

/** The page of the hidden window that trains by WebGPU, all in one file. */
async function buildGpuPage() {
  const result = await build({
    ...common,
    entryPoints: paths(['src-main/gpu/page.ts']),
    outfile: join(dist, 'page', 'gpu.js'),
    minify: true,
    platform: 'browser',
    target: 'chrome130',
    format: 'esm',
  });
  cpSync(join(root, 'src-main', 'gpu', 'gpu.html'), join(dist, 'page', 'gpu.html'));
  return result;
}

/** One stylesheet for all views: esbuild would not load the one of a view that is opened later. */
function buildStyles() {
  const page = join(root, 'src-renderer');
  const first = ['theme/tokens.css', 'theme/base.css', 'components/components.css', 'frame/frame.css'];
  const others = readdirSync(page, { recursive: true })
    .map((name) => name.split(sep).join('/'))
    .filter((name) => name.endsWith('.css') && !first.includes(name))
    .sort();
  const contents = [...first, ...others].map((name) => `@import './${name}';`).join('\n');
  return build({
    ...common,
    stdin: { contents, loader: 'css', resolveDir: page },
    outfile: join(dist, 'page', 'main.css'),
    minify: true,
    target: ['chrome130', 'firefox130', 'safari18'],
    loader: { '.svg': 'dataurl', '.woff2': 'file' },
  });
}

/** Chunks of earlier builds, which nothing names any more. */
function removeOldChunks(outputs) {
  const written = new Set(outputs.map((path) => resolve(path)));
  for (const folder of [dist, join(dist, 'page', 'chunks')].filter(existsSync)) {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const isChunk = /-[A-Z0-9]{8}\.(?:js|css)(?:\.map)?$/u.test(name);
      if (isChunk && !written.has(path)) rmSync(path, { force: true });
    }
  }
}

const sources = ['src-main', 'src-shared', 'src-renderer', 'scripts'].map((name) => join(root, name));
const stale = !existsSync(output) || Math.max(...sources.map(newest)) > statSync(output).mtimeMs;
if (stale || !process.argv.includes('--if-stale')) {
  const results = await Promise.all([
    buildNode(),
    buildPreload('preload'),
    buildPreload('gpu-preload'),
    buildPage(),
    buildGpuPage(),
    buildStyles(),
  ]);
  removeOldChunks(results.flatMap(({ metafile }) => Object.keys(metafile.outputs)));
  chmodSync(output, 0o755);
}
