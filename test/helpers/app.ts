import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { installedBrowser } from '../../scripts/browser.mjs';

/** Path of a browser to test in; undefined where there is none, and then the tests say that they skip. */
export const browserPath: string | undefined = installedBrowser();

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

/** The built app in browser mode, with folders of its own. */
export interface App {
  readonly root: string;
  readonly url: string;
  readonly process: ChildProcess;
  /** Ends the app and removes its folders. */
  close(): Promise<void>;
}

export async function startApp(env: Record<string, string> = {}): Promise<App> {
  const root = mkdtempSync(join(tmpdir(), 'spagene-e2e-'));
  const child = spawn(process.execPath, ['dist/cli.js', 'serve', '--no-open', '--port', '0'], {
    env: { ...process.env, SPAGENE_HOME: join(root, 'settings'), HOME: root, USERPROFILE: root, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (data: Buffer) => {
      said += data.toString();
      const found = /http:\/\/\S+/u.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', (code) => reject(new Error(`spagene serve ended (${code ?? 'signal'}): ${said}`)));
  });
  const close = async () => {
    if (child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 15_000))]);
      child.kill('SIGKILL');
    }
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  };
  return { root, url, process: child, close };
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath!, args: FLAGS });
}

/** A page that fails the test when a script of the app throws or the policy of its contents is broken. */
export async function openPage(
  browser: Browser,
  url: string,
  { width = 1280, height = 800, dark = false } = {},
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`.trim());
  });
  await page.goto(url);
  return { page, faults };
}

/** Goes to a step of the rail. */
export async function goTo(page: Page, step: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: step }).click();
}
