import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserPath, launchBrowser, needsBrowser, openPage, startApp, type App } from '../helpers/app.ts';
import { hasData, needsData, sharedFolder } from '../helpers/shared-folder.ts';
import {
  choosePath,
  drawnPoints,
  exportH5ad,
  findGene,
  geneOfKind,
  lasso,
  LONG,
  openExample,
  panel,
  panelShows,
  selectedCount,
  setParameters,
  SMALL,
  startTraining,
  untilFinished,
} from './steps.ts';

/** The columns of a CSV's first line. */
const headerOf = (path: string): string[] =>
  execFileSync('gzip', ['-dc', path], { encoding: 'utf8', maxBuffer: 1 << 28 })
    .split('\n')[0]!
    .split(',');

/** Rows and columns of an .h5ad as anndata sees it where Python has it, else as our own reader does. */
function shapeOf(path: string): [number, number] {
  const python = process.env['SPAGENE_PYTHON_NEW'] ?? 'python3';
  const script = resolve(import.meta.dirname, '../reference/anndata-opens.py');
  const hasAnndata = spawnSync(python, ['-c', 'import anndata']).status === 0;
  if (hasAnndata) {
    const answer = execFileSync(python, [script, path], { encoding: 'utf8', maxBuffer: 1 << 28 });
    return (JSON.parse(answer) as { X: { shape: [number, number] } }).X.shape;
  }
  console.log('anndata is not installed: the export is opened by spagene inspect.');
  const answer = execFileSync(process.execPath, ['dist/cli.js', 'inspect', path, '--json'], {
    encoding: 'utf8',
  });
  const [{ cells, genes }] = JSON.parse(answer) as [{ cells: number; genes: number }];
  return [cells, genes];
}

/** Saves the map through the dialog and takes the download. */
async function downloadFigure(page: Page): Promise<Buffer> {
  await page.getByRole('button', { name: 'Figure' }).click();
  const download = page.waitForEvent('download', { timeout: LONG });
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  return readFileSync(await (await download).path());
}

function expectPng(bytes: Buffer): void {
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  expect(bytes.readUInt32BE(16)).toBeGreaterThan(800);
  expect(bytes.readUInt32BE(20)).toBeGreaterThan(600);
  expect(bytes.length).toBeGreaterThan(50_000);
}

describe.skipIf(browserPath === undefined)(`a walk through the app in a browser ${needsBrowser}`, () => {
  let app: App;
  let browser: Browser;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), launchBrowser()]);
    ({ page, faults } = await openPage(browser, app.url));
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  describe('of the example', () => {
    it('trains, and the curves move while it does', async () => {
      await openExample(page);
      await setParameters(page, { ...SMALL, 'train.maxStepsStage1': 120 });
      await startTraining(page);
      await expect.poll(() => drawnPoints(page, 'Reconstruction'), { timeout: LONG }).toBeGreaterThan(2);
      const before = await drawnPoints(page, 'Reconstruction');
      await expect.poll(() => drawnPoints(page, 'Reconstruction'), { timeout: LONG }).toBeGreaterThan(before);
      await untilFinished(page);
      expect(await drawnPoints(page, 'Cycle')).toBeGreaterThan(4);
    });

    it('finds a gene by typing and shows it', async () => {
      await page.getByRole('button', { name: 'Show on the map' }).click();
      await panel(page, 2).waitFor({ timeout: LONG });
      const imputed = await geneOfKind(page, /^imputed$/u);
      const measured = await geneOfKind(page, /measured, imputed/u);
      await findGene(page, imputed);
      await panelShows(page, 2, imputed, /imputed/u);
      await expect.poll(() => panel(page, 1).textContent()).toMatch(/not measured/iu);
      await findGene(page, measured);
      await panelShows(page, 1, measured, /measured/u);
      await panelShows(page, 2, measured, /imputed/u);
    });

    it('selects cells with the lasso and saves them as a group', async () => {
      const count = await lasso(page);
      expect(count).toBeGreaterThan(20);
      expect(count).toBeLessThan(1500);
      await page.getByRole('textbox', { name: 'Name of the group' }).fill('Middle');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      const group = page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: /Middle/u });
      await group.first().waitFor();
      // The group brings the same cells back.
      await page.getByRole('button', { name: 'Clear', exact: true }).click();
      await group.first().click();
      expect(await selectedCount(page)).toBe(count);
    });

    it('saves the map as PNG', async () => {
      expectPng(await downloadFigure(page));
    });

    it('exports an h5ad that opens elsewhere', async () => {
      const path = await exportH5ad(page);
      const [cells, genes] = shapeOf(path);
      expect(cells).toBe(3000);
      expect(genes).toBeGreaterThan(900);
      expect(faults).toEqual([]);
    });
  });

  const pairs = join(sharedFolder, 'data', 'pairs');
  const reference = join(pairs, 'reference_zeisel550', 'counts.csv.gz');
  const isThere = hasData && existsSync(join(pairs, 'starmap_zeisel')) && existsSync(reference);

  describe.skipIf(!isThere)(`of a published pair ${needsData}`, () => {
    const spatial = join(pairs, 'starmap_zeisel', 'st_counts.csv.gz');

    it('makes a project and imports both datasets', async () => {
      await page.getByRole('button', { name: /^Example/u }).click();
      await page.getByRole('button', { name: 'Close project' }).click();
      await page.getByRole('button', { name: 'New project' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('STARmap');
      await page.getByRole('button', { name: 'Make the project' }).click();
      const column = (name: string) => page.getByRole('region', { name, exact: true });
      for (const [name, path] of [
        ['Spatial data', spatial],
        ['Single-cell reference', reference],
      ] as const) {
        await column(name).getByRole('button', { name: 'Choose file' }).click();
        await choosePath(page, path);
        const take = column(name).getByRole('button', { name: /^Import the/u });
        await take.waitFor({ timeout: LONG });
        if (name === 'Spatial data') {
          const positions = column(name).getByRole('combobox', { name: 'Positions of the cells' });
          const tables = await positions.locator('option').allTextContents();
          await positions.selectOption(tables.find((text) => text.includes('st_coords'))!);
          await column(name).locator('.import-map canvas').waitFor({ timeout: LONG });
        }
        await take.click();
        await column(name).getByRole('button', { name: 'Remove' }).waitFor({ timeout: LONG });
      }
      const inReference = new Set(
        headerOf(reference)
          .slice(1)
          .map((name) => name.toLowerCase()),
      );
      const panelGenes = headerOf(spatial).slice(1);
      const shared = panelGenes.filter((name) => inReference.has(name.toLowerCase())).length;
      const overlap = page.getByRole('region', { name: 'Shared genes' });
      await expect
        .poll(() => overlap.textContent(), { timeout: LONG })
        .toContain(`${shared} of ${panelGenes.length} genes`);
    });

    it('trains, shows and exports it', async () => {
      await setParameters(page, SMALL);
      await startTraining(page);
      await untilFinished(page);
      await page.getByRole('button', { name: 'Show on the map' }).click();
      await panel(page, 2).waitFor({ timeout: LONG });
      await findGene(page, 'Gad1');
      await panelShows(page, 1, 'Gad1', /measured/u);
      await panelShows(page, 2, 'Gad1', /imputed/u);
      expect(await lasso(page)).toBeGreaterThan(5);
      expectPng(await downloadFigure(page));
      const [cells, genes] = shapeOf(await exportH5ad(page));
      expect(cells).toBeGreaterThan(1000);
      expect(genes).toBeGreaterThan(100);
      expect(faults).toEqual([]);
    });
  });
});
