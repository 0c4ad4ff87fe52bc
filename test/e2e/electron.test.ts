import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../helpers/spagene.ts';
import { electronBinary } from '../helpers/electron-binary.ts';

const binary = electronBinary();
const built = existsSync(join(root, 'dist', 'main.js')) && existsSync(join(root, 'dist', 'preload.cjs'));
const screen =
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

/** A person's walk through the app in Electron itself. */
describe.skipIf(binary === undefined || !built || !screen)(
  "the desktop app in Electron (needs Electron's binary: npx install-electron; dist/: npm run build; a screen)",
  () => {
    let app: ElectronApplication;
    let page: Page;
    let home: string;
    const faults: string[] = [];

    beforeAll(async () => {
      home = mkdtempSync(join(tmpdir(), 'spagene-walk-'));
      // In a container and as root the sandbox of the system is not to be had.
      const args = [root, ...(process.platform === 'linux' ? ['--no-sandbox'] : [])];
      const env = { ...process.env, SPAGENE_HOME: home, HOME: home, USERPROFILE: home } as Record<
        string,
        string
      >;
      app = await _electron.launch({ executablePath: binary!, args, env });
      page = await app.firstWindow();
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
    });
    afterAll(async () => {
      await app.close();
      rmSync(home, { recursive: true, force: true });
    });

    it('shows the start page under its own address, isolated and in the sandbox', async () => {
      expect(page.url()).toBe('app://spagene/');
      expect(await page.title()).toContain('SpaGene');
      await page.getByRole('button', { name: /example/iu }).waitFor();
      const inPage = await page.evaluate<[string, string, string[]]>(
        `[typeof require, typeof process, Object.keys(window.spagene).sort()]`,
      );
      expect(inPage).toEqual(['undefined', 'undefined', ['connect', 'onPush', 'pathOf', 'request']]);
      expect(
        await page.evaluate(`fetch('https://example.com/').then(() => 'reached', () => 'refused')`),
      ).toBe('refused');
      expect(await page.evaluate(`fetch('file:///etc/hosts').then(() => 'reached', () => 'refused')`)).toBe(
        'refused',
      );
      // What was refused just now is told on the console.
      faults.length = 0;
    });

    it('opens the example with one click, and its map', async () => {
      await page.getByRole('button', { name: /example/iu }).click();
      const map = page.getByRole('navigation').getByRole('button', { name: /map/iu });
      await map.waitFor({ timeout: 120_000 });
      await map.click();
      await page.locator('canvas').first().waitFor({ timeout: 60_000 });
      const title = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getTitle());
      expect(title).toMatch(/ – SpaGene Desktop$/u);
      await page.screenshot({ path: join(root, '.tsbuild', 'electron-map.png') });
    });

    it('finds everything again when the page is loaded anew', async () => {
      await page.reload();
      await page.getByRole('navigation').waitFor({ timeout: 60_000 });
      expect(faults).toEqual([]);
    });

    it('touches nothing of the user’s own settings', () => {
      expect(readdirSync(home)).toContain('desktop');
      expect(home.startsWith(homedir())).toBe(false);
    });
  },
);
