// `npm start`: the app in a window of its own where Electron is there or can be fetched, else in the browser. Flags of
// `spagene serve` (npm start -- --port 5000) ask for the browser.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { electronBinary } from './start/electron-binary.mjs';

/** Milliseconds; an Electron that ends with an error before is one that cannot run here, as without its libraries. */
const SOON = 5000;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const flags = process.argv.slice(2);

const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--if-stale'], {
  stdio: 'inherit',
});
if (built.status !== 0) process.exit(built.status ?? 1);

const why = flags.some((flag) => flag.startsWith('-')) ? '' : await inWindow();
if (why !== undefined) inBrowser(why);

/** Runs the app in Electron. Resolves to why that is not possible; not before it ends otherwise. */
function inWindow() {
  const program = join(root, 'dist', 'main.js');
  if (!existsSync(program)) return 'the part for a window is not built';
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
    return 'this session has no screen';
  const binary = electronBinary(root);
  if (binary === undefined) return 'Electron is not installed and cannot be fetched';
  const began = performance.now();
  const app = spawn(binary, [root, ...flags], { stdio: 'inherit' });
  return new Promise((resolve) => {
    app.on('error', (error) => resolve(`Electron cannot be started: ${error.message}`));
    app.on('exit', (code) => {
      if (code !== 0 && performance.now() - began < SOON)
        resolve('Electron ended with an error when it was started');
      else process.exit(code ?? 1);
    });
  });
}

function inBrowser(reason) {
  if (reason !== '') console.log(`SpaGene opens in the browser, since ${reason}.`);
  const server = spawn(process.execPath, [join(root, 'dist', 'cli.js'), 'serve', ...flags], {
    stdio: 'inherit',
  });
  // Ctrl-C reaches the server too, which says what it does with jobs that run.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => server.kill('SIGTERM'));
  server.on('exit', (code) => process.exit(code ?? 1));
}
