// The map on the software renderer: first picture, changing gene, panning, beside plain deck.gl (needs Chromium).
import { build } from 'esbuild';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const browserPath = [process.env.SPAGENE_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
if (!browserPath) {
  console.log('No Chromium was found; name one with SPAGENE_CHROMIUM.');
  process.exit(0);
}
const sizes = (process.env.SPAGENE_BENCH_CELLS ?? '100000,1000000').split(',').map(Number);
const folder = mkdtempSync(join(tmpdir(), 'spagene-map-'));
await build({
  entryPoints: [join(root, 'test', 'renderer', 'bench', 'map-page.ts')],
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'chrome130',
  outfile: join(folder, 'page.js'),
  logLevel: 'error',
});
writeFileSync(
  join(folder, 'index.html'),
  '<!doctype html><body style="margin:0;overflow:hidden"><script type="module" src="page.js"></script>',
);
// Served with the app's own rule: no eval.
const server = createServer(async (request, response) => {
  const name = request.url === '/' ? 'index.html' : 'page.js';
  response.setHeader('Content-Security-Policy', "default-src 'self'; style-src 'self' 'unsafe-inline'");
  response.setHeader('Content-Type', name === 'page.js' ? 'text/javascript' : 'text/html');
  response.end(await readFile(join(folder, name)));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({
  executablePath: browserPath,
  args: [
    ...['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    ...[
      '--disable-component-update',
      '--disable-sync',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
    ],
  ],
});

const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
page.on('pageerror', (error) => console.error(error.message));
page.on('console', (message) => message.type() === 'error' && console.error(message.text()));
await page.goto(`http://127.0.0.1:${server.address().port}/`);
const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
console.log('cells    panels drawn by          first ms  gene ms   frame p50  p95   worst  over 50 ms');
for (const cells of sizes) {
  for (const panels of [1, 2]) {
    for (const [title, name] of [
      ['SpaGene', 'measureOurs'],
      ['ScatterplotLayer', 'measurePlain'],
    ]) {
      const { first, gene, panning } = await page.evaluate(
        ([name, cells, panels]) => globalThis[name](cells, panels),
        [name, cells, panels],
      );
      const sorted = [...panning].sort((a, b) => a - b);
      const cut = (value) => value.toFixed(0);
      console.log(
        [
          String(cells).padEnd(8),
          String(panels).padEnd(6),
          title.padEnd(17),
          cut(first).padEnd(9),
          cut(gene).padEnd(9),
          cut(quantile(sorted, 0.5)).padEnd(10),
          cut(quantile(sorted, 0.95)).padEnd(5),
          cut(sorted.at(-1)).padEnd(6),
          panning.filter((interval) => interval > 50).length,
        ].join(' '),
      );
    }
  }
}
await browser.close();
server.close();
rmSync(folder, { recursive: true, force: true });
