import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { installedBrowser } from '../../scripts/browser.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Path of a browser to work in; undefined where there is none. */
export const browserPath = installedBrowser();

/** WebGL in software, and nothing that calls out. */
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

export function launchBrowser() {
  return chromium.launch({ executablePath: browserPath, args: FLAGS });
}

export async function startApp(env = {}) {
  const home = mkdtempSync(join(tmpdir(), 'spagene-app-'));
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), 'serve', '--no-open', '--port', '0'], {
    env: { ...process.env, SPAGENE_HOME: join(home, 'settings'), HOME: home, USERPROFILE: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const url = await new Promise((resolve, reject) => {
    const hear = (data) => {
      said += data.toString();
      const found = /http:\/\/\S+/u.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`spagene serve ended (${code ?? 'signal'}): ${said}`)));
  });
  const close = async () => {
    if (child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 15_000))]);
      child.kill('SIGKILL');
    }
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  return { root: home, url, process: child, close };
}
