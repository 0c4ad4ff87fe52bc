// Finds a Chromium for the tests: an installed one; else Playwright's download; else, as root on Debian, apt-get's.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = process.env[name];
    if (folder === undefined) return [];
    return [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ];
  }),
];

/** Path of a browser that is already here; undefined when there is none. SPAGENE_TEST_BROWSER names one. */
export function installedBrowser() {
  const asked = process.env.SPAGENE_TEST_BROWSER;
  if (asked) return existsSync(asked) ? asked : undefined;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...elsewhere, chromium.executablePath()].find((path) => existsSync(path));
}

function attempt(program, args, seconds) {
  const { status } = spawnSync(program, args, {
    stdio: 'ignore',
    timeout: seconds * 1000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}

/** A browser, fetched where that is possible. @returns its path, or undefined */
export function obtainBrowser() {
  const here = installedBrowser();
  if (here !== undefined) return here;
  const playwright = join(import.meta.dirname, '..', 'node_modules', 'playwright-core', 'cli.js');
  attempt(process.execPath, [playwright, 'install', 'chromium'], 120);
  const fetched = installedBrowser();
  if (fetched !== undefined) return fetched;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync('/etc/debian_version')) {
    attempt('apt-get', ['update', '-qq'], 120);
    attempt('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], 300);
  }
  return installedBrowser();
}
